package demo

import (
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
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

// TestCopyRate limits a copy: it arrives in batches of a tick's rows, no faster
// than its rate, and complete.
func TestCopyRate(t *testing.T) {
	t.Parallel()
	const rate, rows = 1000, 400
	s := start(t, Options{Shards: 2, Rows: rows, CopyRate: rate})
	begin := time.Now()
	f := newTables(t)
	events := open(t, s, request(at(""))).until(copyDone)
	least := time.Duration(float64(rows-2*rate*copyTick.Seconds()) / rate * float64(time.Second))
	if took := time.Since(begin); took < least {
		t.Errorf("%d rows took %v, less than %v", rows, took, least)
	}
	if f.apply(events); f.count != rows {
		t.Errorf("%d rows of %d", f.count, rows)
	}
	batch := 0
	for _, ev := range events {
		switch ev.Type {
		case binlogdatapb.VEventType_ROW:
			batch += len(ev.RowEvent.RowChanges)
		case binlogdatapb.VEventType_COMMIT:
			batch = 0
		}
		if most := int(rate * copyTick.Seconds()); batch > most {
			t.Fatalf("a batch has %d rows, more than %d", batch, most)
		}
	}
	st := &stream{server: s}
	before := time.Now()
	st.pace(250)
	if wait := st.copyNext.Sub(before); wait < 250*time.Millisecond || wait > 250*time.Millisecond+time.Since(before) {
		t.Errorf("after 250 rows the next batch comes in %v", wait)
	}
}
