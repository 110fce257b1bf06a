package vtgate

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

// execute runs one statement in a session of its own and gives its rows. The
// target is Vitess's: "" or "@replica" for statements that VTGate answers
// itself, "keyspace:shard@type" for those that one tablet's MySQL answers. A
// target with a shard sends every SHOW to MySQL, past VTGate
// (go/vt/vtgate/planbuilder/bypass.go). Errors are ErrNoQueries, the cause of
// the context's end, or a *QueryError.
func (c *Client) execute(ctx context.Context, target, sql string) ([]sqltypes.Row, error) {
	if c.options.NoQueries {
		return nil, ErrNoQueries
	}
	limited, cancel := context.WithTimeout(ctx, c.options.QueryTimeout)
	defer cancel()
	c.reconnect(limited)
	response, err := c.vitess.Execute(c.outgoing(limited), &vtgatepb.ExecuteRequest{
		CallerId: callerID(),
		Session:  &vtgatepb.Session{TargetString: target, Autocommit: true},
		Query:    &query.BoundQuery{Sql: sql},
	})
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, c.queryError(target, sql, err)
	case response.GetError() != nil:
		// A refused statement is a successful call with the error inside
		// (go/vt/vtgate/grpcvtgateservice/server.go).
		refused := response.GetError()
		text := c.secrets().hide(refused.GetMessage())
		e := c.queryError(target, sql, status.Error(codes.Code(refused.GetCode()), text))
		e.answered = true
		return nil, e
	}
	rows, err := rowsOf(response.GetResult())
	if err != nil {
		return nil, &QueryError{Target: target, Statement: sql, Code: codes.DataLoss, Cause: err.Error(), Err: err, answered: true}
	}
	return rows, nil
}

func (c *Client) queryError(target, sql string, err error) *QueryError {
	e := &QueryError{Target: target, Statement: sql, Code: status.Code(err), Err: err}
	_, e.Cause = unfold(message(err))
	if e.Code == codes.DeadlineExceeded {
		e.Cause = "no answer within " + c.options.QueryTimeout.String()
	}
	return e
}

// isAuthError reports whether VTGate does not know the caller, which ends the
// stream as well. A table's ACL, which only queries are held against, speaks
// from inside of a successful call.
func isAuthError(err error) bool {
	var q *QueryError
	if !errors.As(err, &q) || q.answered {
		return false
	}
	return q.Code == codes.Unauthenticated || q.Code == codes.PermissionDenied
}
