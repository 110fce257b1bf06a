package vtgate_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// statement is a message with one event, whose statement has size bytes.
func statement(size int) *vtgatepb.VStreamResponse {
	return &vtgatepb.VStreamResponse{Events: []*binlogdata.VEvent{{
		Type: binlogdata.VEventType_OTHER, Statement: string(bytes.Repeat([]byte{'x'}, size)),
	}}}
}

// open plans a request and opens its stream.
func open(t *testing.T, c *vtgate.Client, o vtgate.StreamOptions) (*vtgate.Plan, stream.Receiver) {
	t.Helper()
	p := plan(t, c, o)
	r, err := p.Source.Open(t.Context(), p.Start)
	if err != nil {
		t.Fatal(err)
	}
	return p, r
}

func plan(t *testing.T, c *vtgate.Client, o vtgate.StreamOptions) *vtgate.Plan {
	t.Helper()
	request, err := vtgate.NewRequest(o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Plan(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Messages of every size arrive byte for byte, whatever came before.
func TestFramesAreTheWiresBytes(t *testing.T) {
	sizes := []int{1, 100, 70_000, 0, 2 << 20, 9 << 20, 10, 500_000, 17}
	g := &fakeGate{vstream: func(_ *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
		for _, size := range sizes {
			if err := s.Send(statement(size)); err != nil {
				return err
			}
		}
		return nil
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g), NoQueries: true})
	_, r := open(t, c, vtgate.StreamOptions{})
	for _, size := range sizes {
		begin := time.Now()
		frame, err := r.Recv()
		if err != nil {
			t.Fatal(err)
		}
		if frame.Arrived.Before(begin) || frame.Arrived.After(time.Now()) {
			t.Errorf("arrived %v", frame.Arrived)
		}
		got := &vtgatepb.VStreamResponse{}
		if err := proto.Unmarshal(frame.Bytes, got); err != nil || !proto.Equal(got, statement(size)) {
			t.Fatalf("a message of %d bytes does not arrive as it was sent: %v", size, err)
		}
	}
	if _, err := r.Recv(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("an end that nobody asked for is %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestRequestOnTheWire(t *testing.T) {
	requests := make(chan *vtgatepb.VStreamRequest, 1)
	g := &fakeGate{vstream: func(r *vtgatepb.VStreamRequest, _ vtgateservice.Vitess_VStreamServer) error {
		requests <- r
		return nil
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g), NoQueries: true})
	_, r := open(t, c, vtgate.StreamOptions{
		Targets: []string{"customer:-80", "commerce@replica"}, From: vtgate.Start{Copy: true},
		Tables: []string{"corder", "/^c/"}, Rules: []string{"product=select id from product"},
		TablesToCopy: []string{"corder"}, MinimizeSkew: true, Heartbeat: 5 * time.Second, StopOnReshard: true,
		Cells: "zone1,zone2", CellPreference: "onlyspecified", KeyspaceHeartbeats: true,
	})
	if _, err := r.Recv(); err != io.EOF {
		t.Errorf("an end that was asked for is %v", err)
	}
	_ = r.Close()
	got := <-requests
	want := &vtgatepb.VStreamRequest{
		CallerId:   got.CallerId,
		TabletType: topodata.TabletType_REPLICA,
		Vgtid: &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{
			{Keyspace: "customer", Shard: "-80"}, {Keyspace: "commerce"},
		}},
		Filter: &binlogdata.Filter{Rules: []*binlogdata.Rule{
			{Match: "product", Filter: "select id from product"},
			{Match: "/^corder$/"},
			{Match: "/^c/"},
		}},
		Flags: &vtgatepb.VStreamFlags{
			MinimizeSkew: true, HeartbeatInterval: 5, StopOnReshard: true, Cells: "zone1,zone2", CellPreference: "onlyspecified",
			StreamKeyspaceHeartbeats: true, IncludeReshardJournalEvents: true, TablesToCopy: []string{"corder"},
			ExcludeKeyspaceFromTableName: true,
		},
	}
	// Flags are numbered by Vitess; a hand-written one shows what this client means.
	if !proto.Equal(got, want) {
		t.Errorf("request\n%v\nwant\n%v", got, want)
	}
	if got.CallerId.GetComponent() != "vtscope" {
		t.Errorf("caller %v", got.CallerId)
	}
	if asked := g.statements(); len(asked) != 0 {
		t.Errorf("asked %q with queries switched off", asked)
	}
}

func TestMessageTooLarge(t *testing.T) {
	g := &fakeGate{vstream: func(_ *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
		return s.Send(statement(100_000))
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g), NoQueries: true, MaxMessageSize: 50_000})
	p, r := open(t, c, vtgate.StreamOptions{})
	defer r.Close()
	_, err := r.Recv()
	f := p.Source.Classify(err)
	wantText(t, f, "larger than max", "--grpc-max-message-size")
	if f.Retry {
		t.Error("a message that is too large is tried again")
	}
}

func TestContextEndsRecv(t *testing.T) {
	started := make(chan struct{})
	g := &fakeGate{vstream: func(_ *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
		close(started)
		<-s.Context().Done()
		return s.Context().Err()
	}}
	c := dial(t, vtgate.Options{Address: serve(t, g), NoQueries: true})
	p := plan(t, c, vtgate.StreamOptions{})
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	r, err := p.Source.Open(ctx, p.Start)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() {
		<-started
		cancel(cause)
	}()
	if _, err := r.Recv(); !errors.Is(err, cause) {
		t.Errorf("error %v, want the context's cause", err)
	}
	if _, err := p.Source.Open(ctx, p.Start); !errors.Is(err, cause) {
		t.Errorf("opening after the end: %v", err)
	}
}

// A connection that is cut while a stream is open, and a VTGate that comes back.
func TestReconnect(t *testing.T) {
	g := &fakeGate{vstream: func(_ *vtgatepb.VStreamRequest, s vtgateservice.Vitess_VStreamServer) error {
		if err := s.Send(statement(1)); err != nil {
			return err
		}
		<-s.Context().Done()
		return nil
	}}
	run := func(listener net.Listener) (*grpc.Server, chan struct{}) {
		server, done := grpc.NewServer(), make(chan struct{})
		vtgateservice.RegisterVitessServer(server, g)
		go func() {
			defer close(done)
			_ = server.Serve(listener)
		}()
		return server, done
	}
	listener := listen(t)
	server, done := run(listener)
	c := dial(t, vtgate.Options{Address: listener.Addr().String(), NoQueries: true})
	p, r := open(t, c, vtgate.StreamOptions{})
	if _, err := r.Recv(); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	<-done
	_, err := r.Recv()
	if f := p.Source.Classify(err); err == nil || !f.Retry {
		t.Errorf("a cut connection is %+v", f)
	}
	_ = r.Close()

	// Nobody listens: the error says so, and is worth another try.
	_, err = p.Source.Open(t.Context(), p.Start)
	if f := p.Source.Classify(err); err == nil || !f.Retry {
		t.Errorf("a VTGate that is away is %v", err)
	} else {
		wantText(t, f, "connection refused")
	}

	again, err := net.Listen("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, done = run(again)
	defer func() { server.Stop(); <-done }()
	r, err = p.Source.Open(t.Context(), p.Start)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Recv(); err != nil {
		t.Errorf("after the restart: %v", err)
	}
}
