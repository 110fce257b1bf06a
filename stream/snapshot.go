package stream

import (
	"slices"
	"sort"
)

// A Snapshot is what a store held at one moment. It never changes; the records
// it gives are valid as long as it is held.
type Snapshot struct {
	pages   []*page
	end     uint64 // one past the last record
	dropped uint64
	bytes   int
	open    []uint64
	lost    []lostTxn
	names
}

// Snapshot takes a snapshot. It costs the same however much is kept.
func (s *Store) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Snapshot{
		pages: s.pages[:len(s.pages):len(s.pages)], end: s.published, dropped: s.dropped,
		bytes: s.bytes, open: s.openNow, lost: s.lostNow, names: s.names,
	}
}

// First is the sequence number of the oldest record, equal to End where there is none.
func (s *Snapshot) First() uint64 {
	if len(s.pages) == 0 {
		return s.end
	}
	return s.pages[0].first
}

// End is one past the sequence number of the newest record.
func (s *Snapshot) End() uint64 { return s.end }

// Len is the number of records.
func (s *Snapshot) Len() int { return int(s.end - s.First()) }

// Dropped counts the records that gave way to newer ones.
func (s *Snapshot) Dropped() uint64 { return s.dropped }

// Bytes is the memory that the records take.
func (s *Snapshot) Bytes() int { return s.bytes }

// At reads a record into r. It reports false where the number is not kept.
func (s *Snapshot) At(seq uint64, r *Record) bool {
	if seq < s.First() || seq >= s.end {
		return false
	}
	i := sort.Search(len(s.pages), func(i int) bool { return s.pages[i].first > seq }) - 1
	p := s.pages[i]
	e := p.entry(int(seq - p.first))
	*r = Record{
		Seq: seq, Kind: e.kind, Txn: e.txn, Time: int64(e.time), Arrived: int64(e.arrived), State: e.state,
		Payload: p.slice(e.start, e.size), Query: p.slice(e.query, e.length),
	}
	if e.shard != 0 {
		r.Shard = s.shards[e.shard-1]
	}
	if e.table != 0 {
		r.Table = s.tables[e.table-1]
	}
	if e.server != 0 {
		r.GTID = GTID{Server: s.servers[e.server-1], Number: e.number}
	}
	if e.txn != 0 {
		_, r.Abandoned = slices.BinarySearchFunc(s.lost, e.txn, lostTxn.compare)
		r.Open = slices.Contains(s.open, e.txn)
	}
	return true
}
