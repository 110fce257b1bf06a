package stream_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"vtscope/stream"
)

// insert appends one row to a store and flushes it.
func insert(store *stream.Store, txn uint64, payload, query string) {
	r := stream.Record{Kind: stream.Insert, Shard: modelShards[0], Table: modelTables[0], Txn: txn,
		Payload: []byte(payload), Query: []byte(query)}
	if store.Append(&r) != nil || store.Flush() != nil {
		panic("a store takes everything")
	}
}

// end appends what ends a transaction.
func end(store *stream.Store, kind stream.Kind, txn uint64) {
	if store.Append(&stream.Record{Kind: kind, Shard: modelShards[0], Txn: txn}) != nil || store.Flush() != nil {
		panic("a store takes everything")
	}
}

func TestSnapshotOutsideOfItsRange(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(1 << 20)
	empty := store.Snapshot()
	insert(store, 1, "a", "")
	one := store.Snapshot()
	var r stream.Record
	for _, seq := range []uint64{0, 1, 2, 1 << 63} {
		if empty.At(seq, &r) {
			t.Errorf("an empty snapshot has record %d", seq)
		}
		if one.At(seq, &r) != (seq == 1) {
			t.Errorf("a snapshot of one record, at %d", seq)
		}
	}
	if empty.Len() != 0 || empty.First() != empty.End() || one.First() != 1 || one.End() != 2 {
		t.Error("ranges are wrong")
	}
}

// TestSnapshotNeverChanges takes snapshots all along, and reads them again at the end.
func TestSnapshotNeverChanges(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	store := stream.NewStore(200_000)
	m := &storeModel{open: map[uint64]bool{}, lost: map[uint64]bool{}}
	var snapshots []*stream.Snapshot
	var texts []string
	for range 60 {
		for range 10 {
			m.step(t, random, store)
		}
		if random.IntN(2) == 0 {
			if err := store.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		s := store.Snapshot()
		snapshots, texts = append(snapshots, s), append(texts, snapshotText(s))
	}
	for i, s := range snapshots {
		if snapshotText(s) != texts[i] {
			t.Errorf("snapshot %d has changed", i)
		}
	}
}

// TestStoreWriterAndReaders is for the race detector: readers take snapshots
// and read them while a writer fills and drops pages.
func TestStoreWriterAndReaders(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(200_000)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for running := true; running; {
				select {
				case <-store.Changed():
				case <-done:
					running = false
				}
				s := store.Snapshot()
				var r stream.Record
				for seq := s.First(); seq < s.End(); seq++ {
					if !s.At(seq, &r) || r.Seq != seq || bytes.Count(r.Payload, []byte{byte(r.Txn)}) != len(r.Payload) {
						t.Errorf("record %d is wrong", seq)
						return
					}
				}
			}
		})
	}
	for txn := range uint64(2000) {
		insert(store, txn+1, strings.Repeat(string([]byte{byte(txn + 1)}), 500), "")
		kind := stream.Commit
		if txn%3 == 0 {
			kind = stream.Abandoned
		}
		end(store, kind, txn+1)
	}
	close(done)
	readers.Wait()
}

func TestStoreMarksTransactions(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(1 << 20)
	insert(store, 1, "a", "")
	insert(store, 2, "b", "")
	insert(store, 3, "c", "")
	before := store.Snapshot()
	end(store, stream.Commit, 1)
	end(store, stream.Abandoned, 2)
	for _, test := range []struct {
		snapshot        *stream.Snapshot
		open, abandoned []bool
	}{
		{before, []bool{true, true, true}, []bool{false, false, false}},
		{store.Snapshot(), []bool{false, false, true}, []bool{false, true, false}},
	} {
		for i := range test.open {
			var r stream.Record
			test.snapshot.At(uint64(i+1), &r)
			if r.Open != test.open[i] || r.Abandoned != test.abandoned[i] {
				t.Errorf("transaction %d: open %v, abandoned %v", r.Txn, r.Open, r.Abandoned)
			}
		}
	}
}

// TestAbandonedOutOfOrder keeps the mark of a transaction whose rows come after
// those of a later one.
func TestAbandonedOutOfOrder(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(1)
	insert(store, 2, "later", "")
	insert(store, 1, "earlier", "")
	end(store, stream.Abandoned, 1)
	insert(store, 3, strings.Repeat("x", 60_000), "")
	insert(store, 4, strings.Repeat("x", 60_000), "")
	var r stream.Record
	if s := store.Snapshot(); !s.At(2, &r) || !r.Abandoned {
		t.Errorf("record 2 of %d to %d is not marked", s.First(), s.End())
	}
}

// TestStoreKeepsStatements keeps a statement once a page, whether the decoder
// numbers it or not, and reads it back from every page.
func TestStoreKeepsStatements(t *testing.T) {
	t.Parallel()
	statement := strings.Repeat("insert ", 4000) // 28 kB
	store := stream.NewStore(1 << 20)
	for range 3000 {
		insert(store, 1, strings.Repeat("x", 60), statement)
	}
	s := store.Snapshot()
	if s.Bytes() > 15*65536 {
		t.Errorf("%d bytes for %d rows", s.Bytes(), s.Len())
	}
	for seq := s.First(); seq < s.End(); seq++ {
		var r stream.Record
		if !s.At(seq, &r) || string(r.Query) != statement {
			t.Fatalf("record %d has the statement %.20q", seq, r.Query)
		}
	}
	insert(store, 1, "x", "")
	insert(store, 1, "x", "another")
	s = store.Snapshot()
	for i, want := range []string{"", "another"} {
		var r stream.Record
		if s.At(s.End()-2+uint64(i), &r); string(r.Query) != want {
			t.Errorf("statement %q, want %q", r.Query, want)
		}
	}
}

func TestStoreWakesOnce(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(1)
	for range 3 {
		insert(store, 1, "a", "")
	}
	<-store.Changed()
	select {
	case <-store.Changed():
		t.Error("three changes wake twice")
	default:
	}
}

// TestHeldSnapshotCounts: what a reader holds and what came since take an eighth
// more than the limit together, and a page.
func TestHeldSnapshotCounts(t *testing.T) {
	t.Parallel()
	const limit, size = 8 << 20, 1000
	store := stream.NewStore(limit)
	fill := func(bytes int) *stream.Snapshot {
		for range bytes / size {
			store.Append(&stream.Record{Kind: stream.Status, Payload: make([]byte, size)})
		}
		store.Flush()
		return store.Snapshot()
	}
	held := fill(3 * limit)
	if held.Bytes() < limit*3/4 {
		t.Fatalf("%d bytes of %d are kept", held.Bytes(), limit)
	}
	store.Hold(held)
	page := limit / 64
	for range 30 {
		now := fill(limit / 10)
		shared := max(int(held.End())-int(now.First()), 0) * held.Bytes() / held.Len()
		if all := held.Bytes() + now.Bytes() - shared; all > limit+limit/8+2*page {
			t.Fatalf("%d bytes are held for a limit of %d", all, limit)
		}
		if now.Len() == 0 || now.Dropped() != now.First()-1 {
			t.Fatalf("%d records are kept from %d on, %d dropped", now.Len(), now.First(), now.Dropped())
		}
	}
	var r stream.Record
	for seq := held.First(); seq < held.End(); seq++ {
		if !held.At(seq, &r) {
			t.Fatalf("record %d of the snapshot is gone", seq)
		}
	}
	store.Hold(nil)
	if now := fill(3 * limit); now.Bytes() < limit*3/4 {
		t.Errorf("after it, %d bytes of %d are kept", now.Bytes(), limit)
	}
}
