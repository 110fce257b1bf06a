package vtgate

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/grpc/codes"
)

// ErrNoQueries is what every side query returns where Options.NoQueries is set.
var ErrNoQueries = errors.New("side queries are switched off")

// A UsageError is a mistake of the user's that no VTGate can mend: a flag's
// value, a file that cannot be read, a keyspace, shard or table that does not
// exist. Its text says what is wrong and what would be right.
type UsageError struct {
	// Text is the whole message, in one line.
	Text string
	// Err is what lies under it, nil where nothing does.
	Err error
}

func (e *UsageError) Error() string { return e.Text }

// Unwrap returns the error under it.
func (e *UsageError) Unwrap() error { return e.Err }

// usagef builds a UsageError; a %w in the format becomes its Err.
func usagef(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &UsageError{Text: err.Error(), Err: errors.Unwrap(err)}
}

// A ConnectError says that there is no connection to the VTGate: nobody
// listens, nobody answers in time, or the two sides do not agree on TLS.
type ConnectError struct {
	// Address is VTGate's HOST:PORT.
	Address string
	// Cause is what happened, in one line.
	Cause string
	// Hint names what to check or which flag to try.
	Hint string
	// Err is the transport's error, nil where the time ran out in silence.
	Err error
}

func (e *ConnectError) Error() string {
	text := "no connection to " + e.Address + ": " + e.Cause
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return text
}

// Unwrap returns the transport's error.
func (e *ConnectError) Unwrap() error { return e.Err }

// A QueryError is a side query that VTGate or MySQL refused.
type QueryError struct {
	// Target is where the query went, as in a Vitess session's target string.
	Target string
	// Statement is the query's text.
	Statement string
	// Code is the status code of the answer.
	Code codes.Code
	// Cause is the innermost message, in one line.
	Cause string
	// Err is the error as it came.
	Err error

	// answered says that the call succeeded and its answer held the error.
	answered bool
}

func (e *QueryError) Error() string {
	where := ""
	if strings.Trim(e.Target, "@") != "" {
		where = " on " + e.Target
	}
	return fmt.Sprintf("query %q%s: %s", e.Statement, where, e.Cause)
}

// Unwrap returns the error as it came.
func (e *QueryError) Unwrap() error { return e.Err }

// causeOf is the innermost message of a side query's error, in one line.
func causeOf(err error) string {
	var q *QueryError
	if errors.As(err, &q) {
		return q.Cause
	}
	return oneLine(err.Error())
}
