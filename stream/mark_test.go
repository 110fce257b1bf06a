package stream_test

import (
	"testing"
	"time"

	"vtscope/stream"
)

// TestMarkNamesOneRow: each row of a store has a mark of its own, by which it is found where
// other tables are left out too.
func TestMarkNamesOneRow(t *testing.T) {
	const script = `
-80 field@1 t id
-80 field@1 u id
80- field@1 t id
-80 begin@2
-80 row@2 t +1 +2
-80 row@2 u +3
-80 row@2 t +4
-80 vgtid -80=2 80-=1
-80 commit@2
80- begin@2
80- row@2 t +1
80- vgtid -80=2 80-=2
80- commit@2
-80 ddl@3 alter table t
-80 vgtid -80=3 80-=2
--
-80 begin@4
-80 row@4 t +1
-80 row@4 u +2
-80 row@4 t +5
-80 vgtid -80=4 80-=2
-80 commit@4`
	played := func(only stream.Only) *stream.Snapshot {
		store := stream.NewStore(1 << 20)
		config := stream.Config{Sink: store, Progress: stream.NewProgress(stream.Position{}), Only: only}
		if err := stream.Replay(t.Context(), config, &frameTape{frames(t, script), time.Unix(0, 0)}, nil); err != nil {
			t.Fatal(err)
		}
		return store.Snapshot()
	}
	all, some := played(nil), played(onlyThese{tables: "t"})
	seen := map[stream.Mark]bool{}
	for row := all.First(); row < all.End(); row++ {
		m, kept := all.MarkOf(row)
		if got, found := all.Marked(m); !kept || !found || got != row || seen[m] {
			t.Errorf("the mark of row %d is %+v, and of row %d", row, m, got)
		}
		seen[m] = true
		var was, is stream.Record
		all.At(row, &was)
		there, found := some.Marked(m)
		switch {
		case m.Table == "u" && found:
			t.Errorf("%+v is found, and not in the stream", m)
		case m.Table == "t" && (!found || !some.At(there, &is) || string(is.Payload) != string(was.Payload)):
			t.Errorf("%+v is not of the same row in a part of the stream", m)
		}
	}
	if len(seen) < 9 {
		t.Errorf("%d rows", len(seen))
	}
	if _, kept := all.MarkOf(all.End()); kept {
		t.Error("a row that has not come has a mark")
	}
}
