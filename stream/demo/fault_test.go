package demo

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
	vtgateservicepb "vitess.io/vitess/go/vt/proto/vtgateservice"
)

// follow opens a stream of one shard at its end.
func follow(t *testing.T, s *Server) *client {
	t.Helper()
	c := open(t, s, request(at("current")))
	for range s.Shards("shop") {
		c.next()
	}
	return c
}

func wantError(t *testing.T, err error, code codes.Code, text string) {
	t.Helper()
	if status.Code(err) != code || !strings.Contains(err.Error(), text) {
		t.Errorf("error %v, want %v with %q", err, code, text)
	}
}

func TestCutMidTransaction(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300})
	c := follow(t, s)
	s.Step(3)
	before := c.commits(3)
	s.CutMidTransaction("-")
	s.Step(40)
	events, err := c.end()
	wantError(t, err, codes.Unavailable, "")
	last := events[len(events)-1]
	if last.Type != binlogdatapb.VEventType_ROW {
		t.Errorf("the last event is %v", last)
	}
	if err := s.AwaitStreams(t.Context(), 0); err != nil {
		t.Error(err)
	}
	var from []*shardPos
	for _, ev := range append(before, events...) {
		if ev.Vgtid != nil {
			from = ev.Vgtid.ShardGtids
		}
	}
	whole := open(t, s, request(from...)).until(func(ev *event) bool {
		return ev.Type == binlogdatapb.VEventType_COMMIT && ev.EventGtid == last.EventGtid
	})
	again := slices.ContainsFunc(whole, func(ev *event) bool { return proto.Equal(ev.RowEvent, last.RowEvent) })
	if begins := whole[0].EventGtid; begins != "" && begins != last.EventGtid || !again {
		t.Errorf("from the last commit on, the stream begins with %v and does not bring the row that was cut off", whole[0])
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300})
	c := follow(t, s)
	s.Silence(true)
	s.Step(3)
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		c.commits(3)
	}()
	select {
	case <-heard:
		t.Error("a silent server spoke")
	case <-time.After(50 * time.Millisecond):
	}
	s.Silence(false)
	<-heard
}

func TestEndAndRefuse(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	c := follow(t, s)
	s.EndStreams(status.Error(codes.Unavailable, "vstream failed liveness checks"))
	_, err := c.end()
	wantError(t, err, codes.Unavailable, "liveness")
	c = follow(t, s)
	s.EndStreams(nil)
	if _, err := c.end(); err != nil {
		t.Errorf("a clean end gave %v", err)
	}
	s.RefuseNext(1, status.Error(codes.ResourceExhausted, "no"))
	_, err = open(t, s, request(at("current"))).end()
	wantError(t, err, codes.ResourceExhausted, "no")
	follow(t, s)
}

func TestIntercept(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	remove := s.Intercept(func(r *Response) error {
		if r.Stream == 1 && r.Shard == "-" {
			return io.EOF
		}
		return nil
	})
	_, err := open(t, s, request(at("current"))).end()
	if err == nil || errors.Is(err, io.EOF) {
		t.Errorf("an interceptor's error came as %v", err)
	}
	remove()
	follow(t, s)
}

func TestInjected(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	c := follow(t, s)
	if err := s.Inject(&event{Type: 99}); err != nil {
		t.Fatal(err)
	}
	if ev := c.next()[0]; ev.Type != 99 {
		t.Errorf("got %v", ev)
	}
	// A row without FIELD, and one whose lengths do not fit.
	row := &binlogdatapb.RowEvent{TableName: "corder", RowChanges: []*binlogdatapb.RowChange{{After: &querypb.Row{Lengths: []int64{99}, Values: []byte("x")}}}}
	gtid, err := s.Commit("-", &event{Type: binlogdatapb.VEventType_ROW, RowEvent: row})
	if err != nil {
		t.Fatal(err)
	}
	events := c.next()
	if have := shape(events); have != "BEGIN ROW(shop.corder) VGTID COMMIT" || events[1].EventGtid != gtid || events[1].Timestamp == 0 {
		t.Errorf("got %s with %v", have, events[1])
	}
	if _, err := s.Commit("-", &event{Type: binlogdatapb.VEventType_DDL, Statement: "drop table \xff"}); err != nil {
		t.Fatal(err)
	}
	_, err = c.end()
	wantError(t, err, codes.Internal, "invalid UTF-8")
	// The workload goes on where it was.
	c = follow(t, s)
	s.Step(200)
	c.commits(200)
	s.InjectBytes([]byte{0xff, 0xff})
	if _, err = c.end(); err == nil {
		t.Error("bytes that are no message were received")
	}
}

func TestOversized(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	conn := dial(t, s, grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(1<<20)))
	rx, err := conn.VStream(t.Context(), request(at("current")))
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t, rx}
	c.next()
	if _, err := s.CommitOversized("-", 2<<20); err != nil {
		t.Fatal(err)
	}
	_, err = c.end()
	wantError(t, err, codes.ResourceExhausted, "received message larger than max")
}

func TestPurgedAndAhead(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300, PickTimeout: 30 * time.Millisecond})
	pos, err := s.Position("-")
	if err != nil {
		t.Fatal(err)
	}
	s.Step(10)
	if err := s.Purge("-", 0); err != nil {
		t.Fatal(err)
	}
	_, err = open(t, s, request(&shardPos{Keyspace: "shop", Shard: "-", Gtid: pos})).end()
	wantError(t, err, codes.Canceled, "failed to find a PRIMARY tablet for VStream in shop/- within the zone1 cell(s): context has expired")

	now, _ := s.Position("-")
	set, err := parseGTIDSet(now, now[len(flavor):len(flavor)+36])
	if err != nil {
		t.Fatal(err)
	}
	set.add(set.last() + 1)
	ahead := flavor + set.String()
	c := open(t, s, request(&shardPos{Keyspace: "shop", Shard: "-", Gtid: ahead}))
	if err := s.AwaitStreams(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	s.Step(2)
	if ev := c.next()[0]; ev.SequenceNumber != set.last()+1 && ev.Vgtid == nil {
		t.Errorf("after a position ahead came %v", ev)
	}
}

func TestStalledAccept(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	s.StallAccept(true)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	rx, err := dial(t, s).VStream(ctx, request(at("current")))
	if err == nil {
		_, err = rx.Recv()
	}
	wantError(t, err, codes.DeadlineExceeded, "")
	s.StallAccept(false)
	follow(t, s)
}

func TestSlowClientBlocksOnlyItself(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 2000})
	follow(t, s) // reads no more
	quick := follow(t, s)
	s.Step(5000)
	quick.commits(5000)
}

func TestStaticAuth(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Users: map[string]string{"ada": "secret"}})
	_, err := open(t, s, request(at("current"))).end()
	wantError(t, err, codes.Unauthenticated, "username and password must be provided")
	for _, tt := range []struct {
		password string
		code     codes.Code
	}{{"wrong", codes.PermissionDenied}, {"secret", codes.OK}} {
		conn, err := grpc.NewClient(s.Addr(), grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithPerRPCCredentials(basic{"ada", tt.password}))
		if err != nil {
			t.Fatal(err)
		}
		rx, err := vtgateservicepb.NewVitessClient(conn).VStream(t.Context(), request(at("current")))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = rx.Recv(); status.Code(err) != tt.code {
			t.Errorf("password %s: %v", tt.password, err)
		}
		_ = conn.Close()
	}
}

type basic struct{ user, password string }

func (b basic) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"username": b.user, "password": b.password}, nil
}
func (basic) RequireTransportSecurity() bool { return false }

func TestCloseJoins(t *testing.T) {
	t.Parallel()
	s, err := Start(Options{Rate: 500})
	if err != nil {
		t.Fatal(err)
	}
	c := open(t, s, request(at("current")))
	c.commits(5)
	s.Close()
	if _, err := c.end(); err == nil {
		t.Error("the stream outlived the server")
	}
	if conn, err := net.DialTimeout("tcp", s.Addr(), time.Second); err == nil {
		_ = conn.Close()
		t.Error("the server still listens")
	}
	if n := s.Streams(); n != 0 {
		t.Errorf("%d streams are open after Close", n)
	}
}
