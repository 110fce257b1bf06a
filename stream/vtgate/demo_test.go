package vtgate_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"

	"vtscope/stream"
	"vtscope/stream/demo"
	"vtscope/stream/vtgate"
)

func startDemo(t *testing.T, o demo.Options) *demo.Server {
	t.Helper()
	s, err := demo.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// events decodes what one Recv gives.
func events(t *testing.T, r stream.Receiver) ([]*binlogdata.VEvent, error) {
	t.Helper()
	frame, err := r.Recv()
	if err != nil {
		return nil, err
	}
	m := &vtgatepb.VStreamResponse{}
	if err := proto.Unmarshal(frame.Bytes, m); err != nil {
		t.Fatal(err)
	}
	return m.Events, nil
}

// until reads events until one is wanted, and gives them all.
func until(t *testing.T, r stream.Receiver, wanted func(*binlogdata.VEvent) bool) []*binlogdata.VEvent {
	t.Helper()
	var all []*binlogdata.VEvent
	for {
		got, err := events(t, r)
		if err != nil {
			t.Fatalf("after %d events: %v", len(all), err)
		}
		all = append(all, got...)
		if slices.ContainsFunc(got, wanted) {
			return all
		}
	}
}

func isCopyCompleted(e *binlogdata.VEvent) bool {
	return e.Type == binlogdata.VEventType_COPY_COMPLETED && e.Keyspace == ""
}

func TestDemoSideQueries(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 2, Rows: 100, Catalog: true})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	shards, err := c.Shards(t.Context(), "shop", topodata.TabletType_PRIMARY)
	if err != nil || !slices.Equal(shards["shop"], s.Shards("shop")) {
		t.Errorf("shards %v, %v", shards, err)
	}
	if keyspaces, err := c.Keyspaces(t.Context()); err != nil || !slices.Contains(keyspaces, "shop") {
		t.Errorf("keyspaces %v, %v", keyspaces, err)
	}
	tables, err := c.Tables(t.Context(), "shop")
	if err != nil || !slices.Contains(tables, "customer") {
		t.Errorf("tables %v, %v", tables, err)
	}
	sizes, err := c.Sizes(t.Context(), "shop", s.Shards("shop")[0], topodata.TabletType_PRIMARY)
	if _, known := sizes["customer"]; err != nil || !known {
		t.Errorf("sizes %v, %v", sizes, err)
	}
	if v, err := c.Version(t.Context()); err != nil || v == "" {
		t.Errorf("version %q, %v", v, err)
	}
}

func TestDemoTargetsAndTables(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 2, Rows: 100, Catalog: true})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	first := s.Shards("shop")[0]
	p, r := open(t, c, vtgate.StreamOptions{
		Targets: []string{"shop:" + first}, From: vtgate.Start{Copy: true}, Tables: []string{"customer", "/^order/"},
	})
	defer r.Close()
	if len(p.Warnings) != 0 {
		t.Errorf("warnings %q", p.Warnings)
	}
	seen := map[string]bool{}
	for _, e := range until(t, r, isCopyCompleted) {
		if e.Type == binlogdata.VEventType_ROW {
			seen[e.RowEvent.Keyspace+"/"+e.RowEvent.Shard+" "+e.RowEvent.TableName] = true
		}
	}
	for name := range seen {
		if name != "shop/"+first+" customer" && name != "shop/"+first+" order_item" {
			t.Errorf("rows of %s", name)
		}
	}
	if len(seen) != 2 {
		t.Errorf("rows of %v", seen)
	}

	request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{"shop"}, Tables: []string{"custmer"}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Plan(t.Context(), request)
	wantText(t, err, "unknown table custmer", "did you mean customer?")
	for target, want := range map[string]string{"shp": "did you mean shop?", "shop:" + first + "0": "did you mean " + first + "?"} {
		request, err := vtgate.NewRequest(vtgate.StreamOptions{Targets: []string{target}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Plan(t.Context(), request)
		wantText(t, err, want)
	}
}

// Copies of one table that some keyspace lacks, and of none, do not end the stream.
func TestDemoCopyOfAllKeyspaces(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 2, Rows: 100, Catalog: true})
	for _, noQueries := range []bool{false, true} {
		c := dial(t, vtgate.Options{Address: s.Addr(), NoQueries: noQueries})
		_, r := open(t, c, vtgate.StreamOptions{From: vtgate.Start{Copy: true}})
		keyspaces := map[string]bool{}
		for _, e := range until(t, r, isCopyCompleted) {
			if e.Type == binlogdata.VEventType_ROW {
				keyspaces[e.RowEvent.Keyspace] = true
			}
		}
		if len(keyspaces) != 2 {
			t.Errorf("queries off %v: rows of %v", noQueries, keyspaces)
		}
		_ = r.Close()
	}
}

func TestDemoCutMidTransaction(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 2, Rows: -1})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	p, r := open(t, c, vtgate.StreamOptions{Targets: []string{"shop"}})
	positioned := 0
	until(t, r, func(e *binlogdata.VEvent) bool {
		if e.Type == binlogdata.VEventType_VGTID {
			positioned++
		}
		return positioned == 2
	})
	s.CutMidTransaction("")
	s.Step(20)
	var err error
	for err == nil {
		_, err = events(t, r)
	}
	f := p.Source.Classify(err)
	if !f.Retry || f.Code != "Unavailable" {
		t.Errorf("a cut is %+v", f)
	}
	_ = r.Close()
	again, err := p.Source.Open(t.Context(), p.Start)
	if err != nil {
		t.Fatalf("after the cut: %v", err)
	}
	defer again.Close()
	if _, err := events(t, again); err != nil {
		t.Errorf("after the cut: %v", err)
	}
}

// A reader that pauses loses nothing: VTGate waits for it.
func TestDemoSlowReader(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 2, Rows: 2000, PacketSize: 2000})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	_, fast := open(t, c, vtgate.StreamOptions{From: vtgate.Start{Copy: true}, Targets: []string{"shop"}})
	_, slow := open(t, c, vtgate.StreamOptions{From: vtgate.Start{Copy: true}, Targets: []string{"shop"}})
	defer fast.Close()
	defer slow.Close()
	rows := func(r stream.Receiver) (n int) {
		for _, e := range until(t, r, isCopyCompleted) {
			if e.Type == binlogdata.VEventType_ROW {
				n += len(e.RowEvent.RowChanges)
			}
		}
		return n
	}
	// The slow one is read only when the fast one has had everything.
	if a, b := rows(fast), rows(slow); a != b || a == 0 {
		t.Errorf("the fast reader got %d rows, the slow one %d", a, b)
	}
}

func oversized(s *demo.Server) error {
	_, err := s.CommitOversized(s.Shards("shop")[0], 2<<20)
	return err
}

func TestDemoFaults(t *testing.T) {
	tests := []struct {
		name  string
		fault func(*demo.Server) error
		from  string
		retry bool
		hint  string
	}{
		{"oversized", oversized, stream.Current, false, "--grpc-max-message-size"},
		{"ended", func(s *demo.Server) error { s.EndStreams(nil); return nil }, stream.Current, true, ""},
		{"cut", func(s *demo.Server) error { s.CutConnections(); return nil }, stream.Current, true, ""},
		{"bad position", func(*demo.Server) error { return nil }, "nonsense", false, "--from"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := startDemo(t, demo.Options{Shards: 1, Rows: -1})
			shard := s.Shards("shop")[0]
			c := dial(t, vtgate.Options{Address: s.Addr(), MaxMessageSize: 1 << 20})
			_, r := open(t, c, vtgate.StreamOptions{From: vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{
				{Keyspace: "shop", Shard: shard, Gtid: test.from},
			}}}})
			defer r.Close()
			var err error
			for step := 0; err == nil; step++ {
				if _, err = events(t, r); err == nil && step == 0 {
					if err := test.fault(s); err != nil {
						t.Fatal(err)
					}
				}
			}
			f := vtgate.Classify(err)
			if f.Retry != test.retry || !strings.Contains(f.Hint, test.hint) {
				t.Errorf("%v: retry %v, hint %q", err, f.Retry, f.Hint)
			}
		})
	}
}

// The clean end after a reshard is io.EOF; the stream is told by its journal.
func TestDemoStopOnReshard(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 1, Rows: -1, ReshardDelay: time.Millisecond})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	old := s.Shards("shop")
	_, r := open(t, c, vtgate.StreamOptions{Targets: []string{"shop"}, StopOnReshard: true})
	defer r.Close()
	if _, err := events(t, r); err != nil {
		t.Fatal(err)
	}
	if err := s.Reshard("shop", old, []string{"-80", "80-"}); err != nil {
		t.Fatal(err)
	}
	journals := 0
	for {
		got, err := events(t, r)
		if err != nil {
			if err != io.EOF {
				t.Errorf("the end is %v", err)
			}
			break
		}
		for _, e := range got {
			if e.Type == binlogdata.VEventType_JOURNAL {
				journals++
			}
		}
	}
	if journals == 0 {
		t.Error("no journal")
	}
}

func TestDemoSilence(t *testing.T) {
	s := startDemo(t, demo.Options{Shards: 1, Rows: -1})
	c := dial(t, vtgate.Options{Address: s.Addr()})
	s.Silence(true)
	p := plan(t, c, vtgate.StreamOptions{Heartbeat: time.Second})
	cause := errors.New("time is up")
	// A deadline's own cause, not what the server makes of the deadline.
	ctx, cancel := context.WithTimeoutCause(t.Context(), shortly, cause)
	defer cancel()
	r, err := p.Source.Open(ctx, p.Start)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Recv(); !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	s.StallAccept(true)
	_, err = vtgate.Dial(t.Context(), vtgate.Options{Address: s.Addr(), ConnectTimeout: shortly})
	wantText(t, err, "spoke no gRPC")
}
