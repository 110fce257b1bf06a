package demo

import (
	"testing"
	"time"

	"google.golang.org/grpc/codes"
)

// TestDownAndUp restarts the VTGate: refused meanwhile, the same position afterwards.
func TestDownAndUp(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 300})
	c := follow(t, s)
	s.Step(5)
	events := c.commits(5)
	s.Down()
	if _, err := c.end(); err == nil {
		t.Error("the stream outlived the server")
	}
	_, err := dial(t, s).VStream(t.Context(), request(at("current")))
	wantError(t, err, codes.Unavailable, "connection refused")
	s.Step(5)
	if err := s.Up(); err != nil {
		t.Fatal(err)
	}
	from := events[len(events)-2]
	if from.Vgtid == nil {
		t.Fatalf("no VGTID: %v", from)
	}
	if again := open(t, s, request(from.Vgtid.ShardGtids...)).commits(5); again[len(again)-1].SequenceNumber != events[len(events)-1].SequenceNumber+5 {
		t.Errorf("went on with %v", again[len(again)-1])
	}
}

// TestCopyRate limits a copy: it arrives in small batches and still complete.
func TestCopyRate(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 400, CopyRate: 4000})
	begin := time.Now()
	f := newTables(t)
	f.apply(open(t, s, request(at(""))).until(copyDone))
	if f.count != 400 || time.Since(begin) < 50*time.Millisecond {
		t.Errorf("%d rows after %v", f.count, time.Since(begin))
	}
}
