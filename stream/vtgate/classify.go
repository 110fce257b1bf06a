package vtgate

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"vtscope/stream"
)

// Classify says what an error of a stream means for the run: whether opening
// it again at the last committed position can mend it, where it happened, its
// innermost cause, and what the user can do. It returns nil for no error, and
// for io.EOF itself, with which a Receiver says that the stream ended as asked.
func Classify(err error) *stream.Failure {
	if err == nil || err == io.EOF { //nolint:errorlint // not one that is wrapped
		return nil
	}
	if known := (*stream.Failure)(nil); errors.As(err, &known) {
		return known
	}
	f := &stream.Failure{Err: err}
	var usage *UsageError
	var connect *ConnectError
	switch {
	case errors.As(err, &usage):
		f.Cause = oneLine(usage.Text)
		return f
	case errors.As(err, &connect):
		// There was a connection before, or this would not be a stream's error.
		f.Retry, f.Cause, f.Hint = true, connect.Cause, connect.Hint
		return f
	}
	s, isStatus := status.FromError(err)
	if !isStatus && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		// The run's own end, which no new stream outlives. A server's CANCELED
		// comes as a status and goes through the table.
		f.Cause = oneLine(err.Error())
		return f
	}
	text := err.Error()
	if isStatus {
		f.Code, text = s.Code().String(), s.Message()
	}
	at, cause := unfold(text)
	f.Keyspace, f.Shard, f.Tablet, f.Cause = at.keyspace, at.shard, at.tablet, cause
	if f.Cause == "" {
		f.Cause = "no message"
	}
	c := classOf(err)
	f.Retry, f.Hint = c.retry, c.hint
	if c.connection {
		f.Hint = reconnectHint(cause)
	}
	return f
}

// A class is one kind of error that a stream meets.
type class struct {
	// name is for tests and readers.
	name string
	// codes are the status codes that it comes with; none means any.
	codes []codes.Code
	// texts are parts of the message of which one must be in it; none means any.
	texts []string
	// retry says that opening the stream again can mend it.
	retry bool
	// position says that it may come from a position that cannot be used: where no
	// tablet has the logs, VTGate only says that it has found none.
	position bool
	// connection says that the connection is lost, so that its cause has the hint.
	connection bool
	hint       string
}

// classOf finds the first class that an error belongs to.
func classOf(err error) *class {
	s, isStatus := status.FromError(err)
	if !isStatus {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return &endedClass
		}
		return &unknownClass
	}
	text := oneLine(s.Message())
	for i := range classes {
		if c := &classes[i]; c.matches(s.Code(), text) {
			return c
		}
	}
	return &unknownClass
}

// hidesPosition reports whether an error may come from a position that cannot
// be used.
func hidesPosition(err error) bool { return err != nil && classOf(err).position }

func (c *class) matches(code codes.Code, text string) bool {
	if len(c.codes) > 0 && !slices.Contains(c.codes, code) {
		return false
	}
	return len(c.texts) == 0 || slices.ContainsFunc(c.texts, func(t string) bool { return strings.Contains(text, t) })
}

// reconnectHint is for a lost connection: only what cannot pass by itself is
// worth a hint then, such as a certificate that has changed.
func reconnectHint(cause string) string {
	if strings.Contains(cause, "tls:") || strings.Contains(cause, "x509:") {
		return connectHint(cause, true)
	}
	return ""
}
