package stream

import "context"

// A Source is where frames come from: a VTGate, the demo, a capture file.
type Source interface {
	// Open starts a stream at from. The context ends it, and everything that
	// Recv waits for.
	Open(ctx context.Context, from Position) (Receiver, error)

	// Classify says what an error of Open or Recv means for the run: whether
	// trying again can mend it, where it happened and what to do.
	Classify(err error) *Failure
}

// A Receiver is one open stream.
type Receiver interface {
	// Recv waits for the next frame. It returns io.EOF where the other side
	// ended the stream as asked.
	Recv() (Frame, error)

	// Close lets go of what the stream holds. It is called once, after the
	// last Recv.
	Close() error
}

// A Failure is an error of a stream, taken apart for the reader: what
// happened, where, and what to do.
type Failure struct {
	// Retry says that opening the stream again can mend it.
	Retry bool
	// Code is the status code's name as gRPC prints it, "" where there is none.
	Code string
	// Keyspace, Shard and Tablet say where, as far as the error tells.
	Keyspace, Shard, Tablet string
	// Cause is the innermost message, in one line.
	Cause string
	// Hint says what the user can do, "" where nothing is known.
	Hint string
	// Err is the error as it came.
	Err error
}

// Error gives the place, the cause and the hint in one line.
func (f *Failure) Error() string {
	text := f.Cause
	if where := f.Where(); where != "" {
		text = where + ": " + text
	}
	if f.Hint != "" {
		text += " (" + f.Hint + ")"
	}
	return text
}

// Unwrap returns the error as it came.
func (f *Failure) Unwrap() error { return f.Err }

// Where names keyspace, shard and tablet as "keyspace/shard tablet", or "".
func (f *Failure) Where() string {
	where := f.Keyspace
	if f.Shard != "" {
		where += "/" + f.Shard
	}
	if f.Tablet != "" {
		if where != "" {
			where += " "
		}
		where += f.Tablet
	}
	return where
}
