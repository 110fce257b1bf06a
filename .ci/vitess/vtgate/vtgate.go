// Package vtgate runs SQL through VTGate's gRPC API.
package vtgate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
)

// Conn is a connection to one VTGate. Its methods may be called concurrently.
type Conn struct {
	grpc *grpc.ClientConn
	api  vtgateservice.VitessClient
}

// Session is one MySQL session; transactions and session variables live in it.
// It is not for concurrent use.
type Session struct {
	conn  *Conn
	state *vtgate.Session
}

// quick is for VTGates that are killed and started again.
var quick = backoff.Config{BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: time.Second}

// Open prepares a connection to the VTGate at addr, which is dialled when it is first used.
func Open(addr string) (*Conn, error) {
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: quick, MinConnectTimeout: time.Second}))
	if err != nil {
		return nil, fmt.Errorf("open VTGate at %s: %w", addr, err)
	}
	return &Conn{grpc: conn, api: vtgateservice.NewVitessClient(conn)}, nil
}

// Close ends the connection.
func (c *Conn) Close() error {
	return c.grpc.Close()
}

// Session begins a session on a target, in Vitess's syntax KEYSPACE[:SHARD][@TABLET_TYPE].
func (c *Conn) Session(target string) *Session {
	return &Session{conn: c, state: &vtgate.Session{TargetString: target, Autocommit: true}}
}

// Execute runs one statement. VTGate reports a failed statement inside the
// response, of which it makes an error like any other.
func (s *Session) Execute(ctx context.Context, sql string) (*sqltypes.Result, error) {
	response, err := s.conn.api.Execute(ctx, &vtgate.ExecuteRequest{
		Session: s.state,
		Query:   &query.BoundQuery{Sql: sql},
	})
	if err != nil {
		return nil, fmt.Errorf("execute on %s: %w", s.state.GetTargetString(), err)
	}
	if response.Session != nil {
		s.state = response.Session
	}
	if response.Error != nil {
		return nil, errors.New(response.Error.Message)
	}
	return sqltypes.Proto3ToResult(response.Result), nil
}

// VStream opens a stream of changes.
func (c *Conn) VStream(ctx context.Context, request *vtgate.VStreamRequest) (vtgateservice.Vitess_VStreamClient, error) {
	return c.api.VStream(ctx, request)
}
