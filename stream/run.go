package stream

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Config is what a run needs. Source, Sink and Progress have to be set.
type Config struct {
	Source   Source
	From     Position
	Sink     Sink
	Progress *Progress
	Backoff  Backoff
	// Untold may say of the tables what the stream does not.
	Untold *Untold
	// StopOnReshard ends the run, as asked, when every old shard has told of a
	// reshard; the position is then that of the new shards.
	StopOnReshard bool
	// Only says what of a recording is taken, nil for all of it.
	Only Only
	// Masks mark the columns whose values are left out, and Mask leaves them out; both may
	// be nil. What was recorded with masks is marked alone.
	Masks *Masks
	Mask  *Masker
	// Tap sees every frame before it is decoded, where it is set.
	Tap func(Frame) error
}

// runner is one run: the configuration and what its goroutine owns.
type runner struct {
	Config
	decoder *Decoder
	// cause is the first failure since the stream last gave a frame.
	cause    *Failure
	attempts int
	opened   time.Time         // when the stream was opened last
	stood    map[*Shard]string // where the shards stood when it broke last
	broke    time.Time         // when the stream broke, zero while it has not
	sinkErr  error             // what the sink has returned; it gets nothing more
	ended    func() error      // why the run is to end, nil while it is not
	records  uint              // so far
	only     *onlyFrames       // what of a recording is taken, nil for all
	now      time.Time         // by the clock of a recording, zero for that of the machine
}

func newRunner(ctx context.Context, c Config) *runner {
	r := &runner{Config: c, ended: func() error { return context.Cause(ctx) }}
	r.decoder = NewDecoder(r, c.Untold)
	r.decoder.tables.masks = c.Masks
	if c.Only != nil {
		r.only = &onlyFrames{Only: c.Only, taken: map[string]bool{}}
	}
	return r
}

// Run reads a stream until it ends, the context ends, or an error comes that
// trying again cannot mend. It opens the stream again after the others, at the
// last committed position. It starts no goroutine and never waits for a reader
// of the store.
//
// It returns nil where the stream ended as asked, the context's cause, a
// *Failure of the source, or the error of Sink or Tap.
func Run(ctx context.Context, c Config) error {
	r := newRunner(ctx, c)
	from := c.From
	for {
		err := r.stream(ctx, from)
		var failure *Failure
		if !errors.As(err, &failure) || !failure.Retry {
			return r.end(err)
		}
		if err := r.retry(ctx, failure); err != nil {
			return r.end(err)
		}
		from = c.Progress.Position()
	}
}

// Append passes a record on and takes note of it. It makes the runner the
// decoder's Sink.
//
// A commit counts once the sink has taken it; a VGTID is told as the position
// that holds with its commit.
func (r *runner) Append(record *Record) error {
	if record.Kind == VGTID {
		r.Progress.observe(record)
		record.progress = r.Progress
		return r.keep(record)
	}
	if err := r.keep(record); err != nil {
		return err
	}
	r.Progress.observe(record)
	return nil
}

// keep hands a record to the sink. A frame may hold so many that the end of the
// run does not wait for it.
func (r *runner) keep(record *Record) error {
	if r.records++; r.records%1024 == 0 && r.sinkErr == nil {
		r.sinkErr = r.ended()
	}
	if r.sinkErr == nil {
		r.sinkErr = r.Sink.Append(record)
	}
	return r.sinkErr
}

// Flush makes the runner a Sink.
func (r *runner) Flush() error {
	if r.sinkErr == nil {
		r.sinkErr = r.Sink.Flush()
	}
	return r.sinkErr
}

// stream opens the stream once and reads it to its end.
func (r *runner) stream(ctx context.Context, from Position) error {
	if err := r.status(Connecting, ""); err != nil {
		return err
	}
	r.opened = time.Now()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	receiver, err := r.Source.Open(ctx, from)
	if err != nil {
		return r.classify(ctx, err)
	}
	defer receiver.Close()
	for first := true; ; first = false {
		r.Progress.pacer.clock.stop()
		frame, err := receiver.Recv()
		if err != nil {
			return r.classify(ctx, err)
		}
		r.Progress.pacer.clock.start()
		if first {
			if err := r.status(Streaming, r.gap(from)); err != nil {
				return err
			}
			r.cause, r.broke = nil, time.Time{}
		}
		if err := r.frame(frame); err != nil {
			return err
		}
		if r.StopOnReshard && r.Progress.Summary().Reshards > 0 {
			return nil
		}
	}
}

// gap says how long the stream was away and what that cost, "" where it was not.
func (r *runner) gap(from Position) string {
	if r.broke.IsZero() {
		return ""
	}
	away := "after " + time.Since(r.broke).Round(100*time.Millisecond).String()
	if !from.IsResumable() {
		return away + " from current, for want of a position: changes made meanwhile may be missing"
	}
	return away + " from the last committed position: nothing is lost"
}

func (r *runner) frame(f Frame) (err error) {
	if r.only != nil {
		if f.Bytes = r.only.frame(f.Bytes); len(f.Bytes) == 0 {
			return nil
		}
	}
	if r.Mask != nil {
		if f, err = r.Mask.Frame(f); err != nil {
			return r.problem(err.Error())
		}
	}
	if r.Tap != nil {
		if err := r.Tap(f); err != nil {
			return err
		}
	}
	r.Progress.count(f)
	if err := r.decoder.Decode(f); err != nil {
		return err
	}
	return r.Flush()
}

// classify turns an error of the source into what it means. The end of the
// context goes before what the source makes of it.
func (r *runner) classify(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if failure := r.Source.Classify(err); failure != nil {
		return failure
	}
	return nil
}

// retry takes leave of a broken stream and waits before the next.
func (r *runner) retry(ctx context.Context, failure *Failure) error {
	if r.cause == nil {
		r.cause = failure
	}
	if r.broke.IsZero() {
		r.broke = time.Now()
	}
	if r.Mask.lostCopy() && r.Progress.isCopying() {
		return &Failure{Cause: failure.Cause, Err: failure, Hint: "the copy cannot go on where it broke: its position holds keys, which are masked; begin it anew"}
	}
	if r.hasGoneOn(failure) {
		r.attempts = 0
	}
	r.attempts++
	if err := r.decoder.Reset(); err != nil {
		return err
	}
	r.Progress.reopen()
	if err := r.status(Retrying, failure.Error()); err != nil {
		return err
	}
	return Sleep(ctx, r.Backoff.after(r.attempts))
}

// hasGoneOn reports whether the stream was worth opening since it broke last: it
// has lived longer than the longest wait, or what failed stands elsewhere now.
// That is the shard that the failure names, or else every one.
func (r *runner) hasGoneOn(failure *Failure) bool {
	before, now := r.stood, r.Progress.stands()
	r.stood = now
	if time.Since(r.opened) > r.Backoff.orDefault().Max {
		return true
	}
	moved := false
	for shard, gtid := range now {
		if failure.Shard != "" && (failure.Shard != shard.Name || failure.Keyspace != "" && failure.Keyspace != shard.Keyspace) {
			continue
		}
		if before[shard] == gtid {
			return false
		}
		moved = true
	}
	return moved
}

// An AskedEnd is a cause that ends a run as it was asked to.
type AskedEnd interface {
	error
	// AskedEnd says nothing more.
	AskedEnd()
}

// isAsked reports whether the end of a run is no failure.
func isAsked(err error) bool {
	var asked AskedEnd
	return errors.Is(err, context.Canceled) || errors.As(err, &asked)
}

// end reports the end of the run and names the first cause of a final failure.
func (r *runner) end(err error) error {
	text := ""
	if err != nil && !isAsked(err) {
		text = err.Error()
	}
	var failure *Failure
	if errors.As(err, &failure) && r.cause != nil && r.cause.Cause != failure.Cause {
		err = fmt.Errorf("%w; it began with: %v", err, r.cause)
		text = err.Error()
	}
	if sinkErr := r.status(Ended, text); err == nil {
		err = sinkErr
	}
	return err
}

// status tells the sink of a new state of the stream.
func (r *runner) status(state State, text string) error {
	now := r.now
	if now.IsZero() {
		now = time.Now()
	}
	failure := text
	if state == Streaming {
		failure = ""
	}
	r.Progress.setState(state, failure, now)
	record := Record{Kind: Status, State: state, Arrived: now.UnixNano(), Payload: []byte(text)}
	if err := r.keep(&record); err != nil {
		return err
	}
	return r.Flush()
}
