package vtgate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// answerOf is an answer of some fields and rows.
func answerOf(fields int, rows ...*query.Row) *vtgatepb.ExecuteResponse {
	result := &query.QueryResult{Rows: rows}
	for range fields {
		result.Fields = append(result.Fields, &query.Field{Name: "c", Type: query.Type_VARCHAR})
	}
	return &vtgatepb.ExecuteResponse{Result: result}
}

func rowOf(values string, lengths ...int64) *query.Row {
	return &query.Row{Lengths: lengths, Values: []byte(values)}
}

// hostileAnswers are what no VTGate sends.
var hostileAnswers = map[string]*vtgatepb.ExecuteResponse{
	"nothing":               {},
	"no result":             {Session: &vtgatepb.Session{}},
	"rows and no fields":    answerOf(0, rowOf("abc", 3)),
	"fields and empty rows": answerOf(3, rowOf("")),
	"fewer values":          answerOf(3, rowOf("ab", 1, 1)),
	"more values":           answerOf(1, rowOf("ab", 1, 1)),
	"too long":              answerOf(2, rowOf("ab", 1, 100)),
	"overflow":              answerOf(2, rowOf("ab", 1<<62, 1<<62)),
	"negative":              answerOf(2, rowOf("ab", -7, 1)),
	"a row of NULL":         answerOf(9, rowOf("", -1, -1, -1, -1, -1, -1, -1, -1, -1)),
	"hostile names":         answerOf(9, rowOf(strings.Repeat("\x1b]52;c;a\x07/\n", 9), 11, 11, 11, 11, 11, 11, 11, 11, 11)),
	"an error without text": {Error: &vtrpc.RPCError{}},
	"an unknown code":       {Error: &vtrpc.RPCError{Code: 4711, Message: "\xff\x1b"}},
	"numbers that are none": answerOf(3, rowOf("abc", 1, 1, 1)),
}

// TestHostileAnswers asks everything that is ever asked, and gets each of them.
func TestHostileAnswers(t *testing.T) {
	for name, response := range hostileAnswers {
		t.Run(name, func(t *testing.T) {
			address := serve(t, &fakeGate{answer: func(context.Context) (*vtgatepb.ExecuteResponse, error) { return response, nil }})
			askEverything(t, dial(t, vtgate.Options{Address: address}))
		})
	}
}

// askEverything asks all that a client can ask. That it comes back is the test.
func askEverything(t *testing.T, c *vtgate.Client) {
	t.Helper()
	ctx, primary := t.Context(), topodata.TabletType_PRIMARY
	position, err := stream.ParsePosition("k:-@be98ad8c-e67e-11f1-a140-02fc00000001:1-5")
	if err != nil {
		t.Fatal(err)
	}
	ask := []func() error{
		func() error { _, err := c.Keyspaces(ctx); return err },
		func() error { _, err := c.Shards(ctx, "k", primary); return err },
		func() error { _, err := c.Tables(ctx, "k"); return err },
		func() error { _, err := c.Version(ctx); return err },
		func() error { _, err := c.Executed(ctx, "k"); return err },
		func() error { _, err := c.Tablets(ctx, "k", "-"); return err },
		func() error { _, err := c.Sizes(ctx, "k", "-", primary); return err },
		func() error { _, _, err := c.KeyRange(ctx, "k", "-", "t", "id", primary); return err },
		func() error { _, err := c.Verdicts(ctx, position, primary); return err },
	}
	for _, from := range []vtgate.Start{{}, {Copy: true}, {Position: position}} {
		for _, targets := range [][]string{nil, {"k"}, {"k:-@replica"}} {
			ask = append(ask, func() error {
				request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: targets, From: from, Tables: []string{"t"}})
				if err != nil {
					return err
				}
				plan, err := c.Plan(ctx, request)
				if err == nil {
					c.Names(ctx, plan)
				}
				return err
			})
		}
	}
	for _, question := range ask {
		if err := question(); err != nil && err.Error() == "" {
			t.Error("an error says nothing")
		}
	}
}

// TestManyRows is an answer of a million rows, and one of more.
func TestManyRows(t *testing.T) {
	rows := make([]*query.Row, 1_000_001)
	for i := range rows {
		rows[i] = rowOf("ab", 1, 1)
	}
	for n, fails := range map[int]bool{1_000_000: false, 1_000_001: true} {
		result := answerOf(2, rows[:n]...).Result
		if got, err := vtgate.RowsOf(result); (err != nil) != fails || !fails && len(got) != n {
			t.Errorf("%d rows: %d, %v", n, len(got), err)
		}
	}
}

// TestNoAnswer never gets one, and says so.
func TestNoAnswer(t *testing.T) {
	address := serve(t, &fakeGate{answer: func(ctx context.Context) (*vtgatepb.ExecuteResponse, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	_, err := dial(t, vtgate.Options{Address: address, QueryTimeout: 50 * time.Millisecond}).Keyspaces(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no answer within 50ms") {
		t.Errorf("got %v", err)
	}
}

// FuzzAnswer takes any answer: its rows fit its fields, or it is none.
func FuzzAnswer(f *testing.F) {
	for _, response := range hostileAnswers {
		if encoded, err := response.GetResult().MarshalVT(); err == nil {
			f.Add(encoded)
		}
	}
	f.Fuzz(func(t *testing.T, encoded []byte) {
		var result query.QueryResult
		if result.UnmarshalVT(encoded) != nil {
			return
		}
		rows, err := vtgate.RowsOf(&result)
		if err != nil {
			return
		}
		for _, row := range rows {
			if len(row) != len(result.Fields) {
				t.Errorf("%d values for %d fields", len(row), len(result.Fields))
			}
			for _, value := range row {
				_ = value.ToString()
			}
		}
	})
}

// TestSecretsAreHidden has a server put the caller's own headers into its errors.
func TestSecretsAreHidden(t *testing.T) {
	const token = "s3cr3t-t0k\"en"
	header, err := vtgate.ParseHeader("authorization=Bearer " + token)
	if err != nil {
		t.Fatal(err)
	}
	tell := func(md metadata.MD) string {
		return fmt.Sprintf("no entry for %q, %s", md["authorization"], strings.TrimPrefix(strings.Join(md["authorization"], ""), "Bearer "))
	}
	gate := &fakeGate{}
	gate.answer = func(ctx context.Context) (*vtgatepb.ExecuteResponse, error) {
		md, _ := metadata.FromIncomingContext(ctx)
		return &vtgatepb.ExecuteResponse{Error: &vtrpc.RPCError{Code: vtrpc.Code_INTERNAL, Message: tell(md)}}, nil
	}
	c := dial(t, vtgate.Options{Address: serve(t, gate), Headers: []vtgate.Header{header}})
	check := func(err error) {
		t.Helper()
		if err == nil || strings.Contains(err.Error(), "s3cr3t") || !strings.Contains(err.Error(), "***") {
			t.Errorf("said %v", err)
		}
	}
	_, err = c.Keyspaces(t.Context())
	check(err) // inside of the answer
	gate.auth = func(md metadata.MD) error { return status.Error(codes.Internal, tell(md)) }
	_, err = c.Keyspaces(t.Context())
	check(err) // of the call
	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{"k:-"}})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := c.Plan(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	for _, warning := range plan.Warnings {
		check(errors.New(warning))
	}
	receiver, err := plan.Source.Open(t.Context(), plan.Start)
	if err == nil {
		_, err = receiver.Recv()
	}
	check(plan.Source.Classify(err)) // of the stream
}
