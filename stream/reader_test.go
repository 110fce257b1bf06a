package stream_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"vtscope/stream"
)

// TestReaderReadsWhatAtReads goes through snapshots upwards, downwards and
// across, out of their bounds too.
func TestReaderReadsWhatAtReads(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	store := stream.NewStore(300_000)
	m := &storeModel{open: map[uint64]bool{}, lost: map[uint64]bool{}}
	for range 30 {
		for range 40 {
			m.step(t, random, store)
		}
		if err := store.Flush(); err != nil {
			t.Fatal(err)
		}
		s := store.Snapshot()
		var up, down, across []uint64
		for seq := s.First() - 1; seq <= s.End()+1; seq++ {
			up = append(up, seq)
			across = append(across, seq)
		}
		down = slices.Clone(up)
		slices.Reverse(down)
		random.Shuffle(len(across), func(i, j int) { across[i], across[j] = across[j], across[i] })
		for _, order := range [][]uint64{up, down, across} {
			reader := s.Reader()
			for _, seq := range order {
				var got, want stream.Record
				if found := reader.At(seq, &got); found != s.At(seq, &want) || found && recordText(&got) != recordText(&want) {
					t.Fatalf("record %d of %d to %d is read as\n%.300s, want\n%.300s", seq, s.First(), s.End(), recordText(&got), recordText(&want))
				}
			}
		}
	}
	if store.Snapshot().Dropped() == 0 {
		t.Error("nothing was dropped")
	}
}

func TestReaderDoesNotAllocate(t *testing.T) {
	store := stream.NewStore(1 << 20)
	for txn := range uint64(5000) {
		insert(store, txn+1, "some payload of a row", "")
	}
	s := store.Snapshot()
	var r stream.Record
	if allocs := testing.AllocsPerRun(10, func() {
		reader := s.Reader()
		for seq := s.First(); reader.At(seq, &r); seq++ {
		}
	}); allocs != 0 {
		t.Errorf("reading %d records allocates %.0f times", s.Len(), allocs)
	}
}

// TestSnapshotNamesTablesAndShards: each table in its newest version, in
// whatever order they come, also when their rows are gone.
func TestSnapshotNamesTablesAndShards(t *testing.T) {
	t.Parallel()
	store := stream.NewStore(1)
	if s := store.Snapshot(); len(s.Tables()) != 0 || len(s.Shards()) != 0 {
		t.Errorf("an empty store knows %v and %v", s.Tables(), s.Shards())
	}
	tables := []*stream.Table{
		{ID: 1, Keyspace: "ks", Name: "a", Version: 1},
		{ID: 2, Keyspace: "ks", Name: "b", Version: 1},
		{ID: 3, Keyspace: "ks", Name: "a", Version: 2},
		{ID: 4, Keyspace: "other", Name: "a", Version: 1},
	}
	row := func(table int, shard int) *stream.Snapshot {
		store.Append(&stream.Record{
			Kind: stream.Insert, Table: tables[table], Shard: modelShards[shard], Payload: make([]byte, 60_000),
		})
		store.Flush()
		return store.Snapshot()
	}
	first := row(2, 1) // a later number comes first
	row(0, 1)
	if got := first.Tables(); !slices.Equal(got, []*stream.Table{tables[2]}) {
		t.Errorf("an old snapshot names %v", got)
	}
	row(1, 1)
	third := row(3, 0)
	if want := []*stream.Table{tables[2], tables[1], tables[3]}; !slices.Equal(third.Tables(), want) {
		t.Errorf("tables are %v, want %v", third.Tables(), want)
	}
	if !slices.Equal(third.Shards(), modelShards) || !slices.Equal(first.Shards(), modelShards[1:]) {
		t.Errorf("shards are %v, were %v", third.Shards(), first.Shards())
	}
	if third.Dropped() == 0 {
		t.Error("nothing was dropped")
	}
}
