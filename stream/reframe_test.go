package stream_test

import (
	"fmt"
	"slices"
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// keptOf gives what a store keeps of frames, as text, and the store's snapshot.
func keptOf(t *testing.T, frames []stream.Frame) ([]string, *stream.Snapshot) {
	t.Helper()
	store := stream.NewStore(64 << 20)
	decoder := stream.NewDecoder(store, nil)
	for _, f := range frames {
		if err := decoder.Decode(f); err != nil {
			t.Fatal(err)
		}
	}
	store.Flush()
	var lines []string
	s := store.Snapshot()
	for seq := s.First(); seq < s.End(); seq++ {
		var r stream.Record
		s.At(seq, &r)
		table := ""
		if r.Table != nil {
			table = r.Table.Name
		}
		lines = append(lines, fmt.Sprintf("%v %v %s %v %d %x %s %v %v", r.Kind, r.Shard, table, r.GTID, r.Time, r.Payload, r.Query, r.Open, r.Abandoned))
	}
	return lines, s
}

// TestReframe: what a store keeps is the same once more, when it has gone through frames.
func TestReframe(t *testing.T) {
	frames := []stream.Frame{frame(t, fieldEvent(0)), copyFrame(t, 30)}
	many := transactions(t, 5, 1)
	frames = append(append(frames, many.before...), many.frames[:40]...)
	queried := transaction(0, 5, 9000, &binlogdata.RowChange{After: customerRow(3)})
	queried = slices.Insert(queried, 1, at(&binlogdata.VEvent{Type: binlogdata.VEventType_ROWS_QUERY, Statement: "update customer set x = 1"}, 0, 9000))
	ddl := at(&binlogdata.VEvent{Type: binlogdata.VEventType_DDL, Statement: "alter table customer add y int"}, 2, 9001)
	two := transaction(1, 5, 9002, &binlogdata.RowChange{Before: customerRow(3)}, &binlogdata.RowChange{After: customerRow(4)})
	frames = append(frames, frame(t, queried...), frame(t, ddl), frame(t, two...), frame(t, transaction(3, 5, 9003, &binlogdata.RowChange{After: customerRow(5)})[:2]...))
	want, s := keptOf(t, frames)
	var again []stream.Frame
	err := stream.NewReframer(func(f stream.Frame) error { again = append(again, f); return nil }).Snapshot(s)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := keptOf(t, again)
	if len(got) != len(want) {
		t.Fatalf("%d records of %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("record %d is\n%s\nand was\n%s", i, got[i], want[i])
		}
	}
}
