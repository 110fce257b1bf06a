package stream

import (
	"slices"
	"sort"
)

// A Reader reads the records of a snapshot. It remembers the page of the last
// one, so that going through them, upwards or downwards, looks up few pages. It
// is for one goroutine; the records stay valid as long as the snapshot is held.
type Reader struct {
	snapshot *Snapshot
	page     *page
	end      uint64 // one past the last record of the page
}

// Reader makes a reader of the snapshot.
func (s *Snapshot) Reader() Reader { return Reader{snapshot: s} }

// At reads a record into r. It reports false where the number is not kept.
func (rd *Reader) At(seq uint64, r *Record) bool {
	if rd.page == nil || seq < rd.page.first || seq >= rd.end {
		if !rd.turn(seq) {
			return false
		}
	}
	s, p := rd.snapshot, rd.page
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

// turn finds the page of a record.
func (rd *Reader) turn(seq uint64) bool {
	s := rd.snapshot
	if seq < s.First() || seq >= s.end {
		return false
	}
	next := sort.Search(len(s.pages), func(i int) bool { return s.pages[i].first > seq })
	page := s.pages[next-1].read()
	if page == nil {
		return false
	}
	rd.page, rd.end = page, s.end
	if next < len(s.pages) {
		rd.end = min(s.end, s.pages[next].first)
	}
	return true
}
