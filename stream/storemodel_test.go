package stream_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"vtscope/stream"
)

// storeModel is what a store has to say, kept the plain way.
type storeModel struct {
	records []stream.Record // by Seq-1, dropped ones too
	open    map[uint64]bool
	lost    map[uint64]bool
}

var (
	modelShards = []*stream.Shard{{ID: 1, Keyspace: "ks", Name: "-80"}, {ID: 2, Keyspace: "ks", Name: "80-"}}
	modelTables = []*stream.Table{{ID: 1, Keyspace: "ks", Name: "t", Version: 1}, {ID: 2, Keyspace: "ks", Name: "u", Version: 1}}
	modelServer = &stream.Server{ID: 1, UUID: uuid}
)

// step appends a random record to the store and to the model.
func (m *storeModel) step(t *testing.T, random *rand.Rand, store *stream.Store) {
	txn := uint64(1 + len(m.records)/8 + random.IntN(4))
	r := stream.Record{Shard: modelShards[random.IntN(2)], Txn: txn, Arrived: int64(len(m.records))}
	switch n := random.IntN(20); {
	case n == 0:
		r.Kind = stream.Commit
		delete(m.open, txn)
	case n == 1 && m.open[txn]:
		r.Kind = stream.Abandoned
		delete(m.open, txn)
		m.lost[txn] = true
	case n == 2:
		r.Kind, r.Shard, r.Txn, r.State = stream.Status, nil, 0, stream.Retrying
	case n == 3:
		r.Kind = stream.VGTID
	case m.lost[txn]:
		return // a decoder gives numbers once
	default:
		r.Kind, r.Table, r.GTID, r.Time = stream.Insert, modelTables[random.IntN(2)], stream.GTID{Server: modelServer, Number: txn}, 7
		r.Payload = bytes.Repeat([]byte{byte(txn)}, random.IntN(9000))
		if random.IntN(200) == 0 {
			r.Payload = make([]byte, 100_000) // larger than a page
		}
		if random.IntN(2) == 0 {
			r.Query = fmt.Appendf(nil, "statement %d", random.IntN(3))
		}
		m.open[txn] = true
	}
	if err := store.Append(&r); err != nil {
		t.Fatal(err)
	}
	if r.Kind == stream.Status || r.Kind == stream.Insert {
		r.Seq = uint64(len(m.records) + 1)
		m.records = append(m.records, r)
	}
}

// compare reads a whole snapshot.
func (m *storeModel) compare(t *testing.T, s *stream.Snapshot) {
	t.Helper()
	if s.End() != uint64(len(m.records)+1) || s.Dropped() != s.First()-1 || s.Len() != int(s.End()-s.First()) {
		t.Fatalf("records %d to %d, %d dropped, %d long; %d came", s.First(), s.End(), s.Dropped(), s.Len(), len(m.records))
	}
	var rows [2]uint64
	for seq := s.First(); seq < s.End(); seq++ {
		var got stream.Record
		if !s.At(seq, &got) {
			t.Fatalf("no record %d", seq)
		}
		want := m.records[seq-1]
		want.Open, want.Abandoned = m.open[want.Txn], m.lost[want.Txn]
		if a, b := recordText(&got), recordText(&want); a != b {
			t.Fatalf("record %d is\n%.300s, want\n%.300s", seq, a, b)
		}
		if got.Table != nil {
			rows[got.Table.ID-1]++
		}
	}
	kept := s.RowsOf([]uint64{7, 7, 7, 7})
	for i := range rows {
		if got := append(kept, 0, 0)[i]; got != rows[i] || len(kept) > len(rows) {
			t.Fatalf("%d rows of table %d are kept, want %d", got, i+1, rows[i])
		}
	}
}

// recordText says all that a store keeps of a record.
func recordText(r *stream.Record) string {
	return fmt.Sprintf("%d %v %v open=%v abandoned=%v %p %p %d %v %d %d %q %x",
		r.Seq, r.Kind, r.State, r.Open, r.Abandoned, r.Shard, r.Table, r.Txn, r.GTID, r.Time, r.Arrived, r.Query, r.Payload)
}

func TestStoreEqualsModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1))
			const limit = 300_000
			store := stream.NewStore(limit)
			m := &storeModel{open: map[uint64]bool{}, lost: map[uint64]bool{}}
			for range 40 {
				for range random.IntN(40) {
					m.step(t, random, store)
				}
				if err := store.Flush(); err != nil {
					t.Fatal(err)
				}
				s := store.Snapshot()
				m.compare(t, s)
				if s.Bytes() > limit+100_100 {
					t.Fatalf("%d bytes held", s.Bytes())
				}
			}
			if s := store.Snapshot(); s.Dropped() == 0 {
				t.Error("nothing was dropped")
			}
		})
	}
}

// snapshotText reads all of a snapshot.
func snapshotText(s *stream.Snapshot) string {
	var text strings.Builder
	fmt.Fprintln(&text, s.First(), s.End(), s.Dropped(), s.Bytes())
	for seq := s.First(); seq < s.End(); seq++ {
		var r stream.Record
		s.At(seq, &r)
		text.WriteString(recordText(&r) + "\n")
	}
	return text.String()
}
