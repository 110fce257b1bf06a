package vtgate_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

type discard struct{}

func (discard) Append(*stream.Record) error { return nil }
func (discard) Flush() error                { return nil }

// arrived is the progress of a stream of customer/-80 that has brought one row
// and come to transaction 5, long ago.
func arrived(t *testing.T, ago time.Duration) *stream.Progress {
	t.Helper()
	at := func(kind binlogdata.VEventType) *binlogdata.VEvent {
		return &binlogdata.VEvent{Type: kind, Keyspace: "customer", Shard: "-80", Timestamp: 1795356899}
	}
	vgtid := at(binlogdata.VEventType_VGTID)
	vgtid.Vgtid = &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{entry("customer", "-80", "MySQL56/"+setA)}}
	encoded, err := proto.Marshal(&vtgatepb.VStreamResponse{Events: []*binlogdata.VEvent{
		at(binlogdata.VEventType_BEGIN), vgtid, at(binlogdata.VEventType_COMMIT),
	}})
	if err != nil {
		t.Fatal(err)
	}
	progress := stream.NewProgress(stream.Position{})
	frames := &oneFrame{stream.Frame{Arrived: time.Now().Add(-ago), Bytes: encoded}}
	_ = stream.Run(t.Context(), stream.Config{Source: frames, Sink: discard{}, Progress: progress})
	return progress
}

// TestWatch compares the stream with what the gate says, and looks for why it
// is silent and where the tables are.
func TestWatch(t *testing.T) {
	executed, lag, served := setA, "42", "customer"
	gate := &fakeGate{execute: func(_, sql string) ([][]string, *vtrpc.RPCError) {
		switch {
		case sql == "show global gtid_executed from `customer`" && executed == "":
			return nil, &vtrpc.RPCError{Code: vtrpc.Code_PERMISSION_DENIED, Message: "not for you"}
		case sql == "show global gtid_executed from `customer`":
			return [][]string{{"customer", executed, "-80"}}, nil
		case sql == "show tables from `customer`":
			return [][]string{{"corder"}}, nil
		case strings.HasPrefix(sql, "vexplain plan select 1 from `customer`.`corder`"):
			return [][]string{{`{"OperatorType": "Route", "Keyspace": {` + "\n\t" + `"Name": "` + served + `"}}`}}, nil
		case strings.HasPrefix(sql, "show vitess_replication_status"):
			return [][]string{{"customer", "-80", "REPLICA", "zone1-101", "h", "h:1",
				`{"EventStreamRunning":"No","EventApplierRunning":"Yes","LastError":""}`, lag, `{"state":"THRESHOLD_EXCEEDED","load":0,"message":"lag is high"}`}}, nil
		}
		return nil, &vtrpc.RPCError{Code: vtrpc.Code_INVALID_ARGUMENT, Message: "syntax error: " + sql}
	}}
	c := dial(t, vtgate.Options{Address: serve(t, gate)})
	progress := arrived(t, time.Hour)
	told := 0
	w := &vtgate.Watch{
		Client: c, Plan: plan(t, c, vtgate.StreamOptions{From: vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{entry("", "", "current")}}}}),
		Progress: progress, Told: func() { told++ },
	}
	state := func() stream.ShardState { return progress.Shards(nil)[0] }

	answered := w.Round(t.Context())
	if s := state(); !answered || !s.Standing.Known() || s.Standing.Behind != 0 || s.Remark != "" {
		t.Errorf("caught up: %+v", s)
	}
	executed = strings.Replace(setA, "1-5", "1-9", 1)
	w.Round(t.Context())
	if s := state().Standing; s.Behind != 4 || s.Stalled {
		t.Errorf("behind: %+v", s)
	}
	executed = ""
	answered = w.Round(t.Context())
	if s := state().Standing; answered || s.Known() || s.Unknown != "not for you" {
		t.Errorf("refused: %+v", s)
	}
	if told != 3 {
		t.Errorf("told %d times", told)
	}

	late := time.Now().Add(-time.Hour)
	progress.Compare([]stream.Executed{{Keyspace: "customer", Shard: "-80", GTID: strings.Replace(setA, "1-5", "1-9", 1), At: late}})
	executed = strings.Replace(setA, "1-5", "1-9", 1)
	w.Round(t.Context())
	if s := state().Standing; !s.Stalled || s.Why != "replica zone1-101 lags 42 s, its replication is stopped, its throttler says THRESHOLD_EXCEEDED (lag is high)" {
		t.Errorf("stalled: %+v", s)
	}

	w.Plan = plan(t, c, vtgate.StreamOptions{MinimizeSkew: true, From: vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{entry("", "", "current")}}}})
	w.Round(t.Context())
	if s := state().Standing; !strings.HasSuffix(s.Why, "(lag is high); VTGate may hold it for a slower shard, by --minimize-skew") {
		t.Errorf("held back: %+v", s)
	}

	served = "warehouse"
	again := &vtgate.Watch{Client: c, Plan: w.Plan, Progress: progress}
	again.Round(t.Context())
	if s := state(); s.Remark != "VTGate serves corder of customer from keyspace warehouse: stream that one" {
		t.Errorf("moved: %q", s.Remark)
	}
}

// TestPurgedWhileAway has VTGate say, after its 90 s, that it found no tablet,
// where the truth is that the position is purged.
func TestPurgedWhileAway(t *testing.T) {
	gate := &fakeGate{execute: sharded, vstream: func(*vtgatepb.VStreamRequest, vtgateservice.Vitess_VStreamServer) error {
		return status.Error(codes.Canceled, "failed to find a PRIMARY tablet for VStream in customer/-80 within the zone1 cell(s): context has expired")
	}}
	c := dial(t, vtgate.Options{Address: serve(t, gate)})
	p, r := open(t, c, vtgate.StreamOptions{Targets: []string{"customer:-80"}})
	_, err := r.Recv()
	if f := p.Source.Classify(err); !f.Retry {
		t.Errorf("final at once: %v", f)
	}
	_, err = p.Source.Open(t.Context(), stream.Position{Shards: []*binlogdata.ShardGtid{entry("customer", "-80", "MySQL56/"+server+"1-5")}})
	wantText(t, err, "purged")
	if f := p.Source.Classify(err); f.Retry || f.Shard != "-80" {
		t.Errorf("%+v", f)
	}
}

// oneFrame is a source of one frame, after which the stream ends as asked.
type oneFrame struct{ frame stream.Frame }

func (s *oneFrame) Open(context.Context, stream.Position) (stream.Receiver, error) { return s, nil }
func (s *oneFrame) Classify(error) *stream.Failure                                 { return nil }
func (s *oneFrame) Close() error                                                   { return nil }

func (s *oneFrame) Recv() (stream.Frame, error) {
	f := s.frame
	s.frame = stream.Frame{}
	if f.Bytes == nil {
		return f, io.EOF
	}
	return f, nil
}

// TestWatchBacksOff: a VTGate that does not answer, or is slow to, is asked less
// and less often, and again at the usual pace once it answers.
func TestWatchBacksOff(t *testing.T) {
	t.Parallel()
	const usual = stream.CompareInterval
	for _, test := range []struct {
		wait     time.Duration
		answered bool
		took     time.Duration
		want     time.Duration
	}{
		{time.Second, true, 0, usual},
		{time.Second, false, 0, 2 * usual},
		{usual, false, 0, 2 * usual},
		{2 * usual, false, 0, 4 * usual},
		{2 * usual, true, 3 * time.Second, 4 * usual},
		{50 * time.Second, false, 0, time.Minute},
		{time.Minute, true, 10 * time.Millisecond, usual},
	} {
		if got := vtgate.NextRound(test.wait, test.answered, test.took); got != test.want {
			t.Errorf("after %+v: %v", test, got)
		}
	}
}
