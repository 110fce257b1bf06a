package stream_test

import (
	"runtime"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"vtscope/stream"
)

// overhead is what a store may keep of a change beyond its encoded ROW event.
const overhead = 64

// rowBytes adds up the encoded ROW events of a frame: the events larger than
// those of a BEGIN, a VGTID or a COMMIT say so by their type.
func rowBytes(b []byte) (total int) {
	for len(b) > 0 {
		_, _, n := protowire.ConsumeTag(b)
		event, size := protowire.ConsumeBytes(b[n:])
		if isRow := len(event) > 1 && event[0] == 1<<3 && event[1] == 12; isRow {
			total += len(event)
		}
		b = b[n+size:]
	}
	return total
}

// fill decodes at least n rows of a shape into a store, and gives how many and
// how large their events were.
func fill(t testing.TB, s *shape, store *stream.Store, n int) (rows, wire int) {
	d := stream.NewDecoder(store, nil)
	decode := func(frames []stream.Frame) {
		for _, f := range frames {
			if d.Decode(f) != nil || store.Flush() != nil {
				t.Fatal("a store takes everything")
			}
		}
	}
	decode(s.before)
	for rows < n {
		decode(s.frames)
		rows += s.rows
		for _, f := range s.frames {
			wire += rowBytes(f.Bytes)
		}
	}
	return rows, wire
}

// heap is what is in use after a collection.
func heap() int {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC() // the first one only begins to free what has finalizers
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// keptPerRow measures the memory that a store takes for a row, and the size of
// its event.
func keptPerRow(t testing.TB, s *shape) (kept, wire float64) {
	before := heap()
	store := stream.NewStore(1 << 30)
	rows, bytes := fill(t, s, store, 200_000)
	after := heap()
	if n := store.Snapshot().Len(); n != rows {
		t.Fatalf("%d rows kept of %d", n, rows)
	}
	runtime.KeepAlive(store)
	return float64(after-before) / float64(rows), float64(bytes) / float64(rows)
}

// TestMemoryPerRow does not run beside other tests: it measures the heap.
func TestMemoryPerRow(t *testing.T) {
	all := smallShapes(t)
	for i := range all {
		kept, wire := keptPerRow(t, &all[i])
		t.Logf("%s: %.1f bytes kept a row, %.1f on the wire", all[i].name, kept, wire)
		if kept > wire+overhead {
			t.Errorf("%s: %.1f bytes kept a row, more than %.1f and %d", all[i].name, kept, wire, overhead)
		}
	}
}

// TestAllocations decodes into a full store: only pages are allocated.
func TestAllocations(t *testing.T) {
	all := smallShapes(t)
	for i := range all {
		s := &all[i]
		store := stream.NewStore(8 << 20)
		d := stream.NewDecoder(store, nil)
		frames := s.before
		decode := func() {
			for _, f := range frames {
				if d.Decode(f) != nil || store.Flush() != nil {
					t.Fatal("a store takes everything")
				}
			}
		}
		decode()
		frames = s.frames
		if each := testing.AllocsPerRun(20, decode) / float64(s.rows); each >= 0.01 {
			t.Errorf("%s: %.3f allocations a row", s.name, each)
		}
	}
}

// BenchmarkMemory reports what a store keeps of a row beside its size on the wire.
func BenchmarkMemory(b *testing.B) {
	for _, s := range smallShapes(b) {
		b.Run(s.name, func(b *testing.B) {
			var kept, wire float64
			for b.Loop() {
				kept, wire = keptPerRow(b, &s)
			}
			b.ReportMetric(kept, "kept-B/row")
			b.ReportMetric(wire, "wire-B/row")
			b.ReportMetric(kept-wire, "overhead-B/row")
			b.ReportMetric(0, "ns/op")
		})
	}
}
