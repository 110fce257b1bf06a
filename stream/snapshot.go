package stream

import (
	"slices"
	"sort"
	"time"
)

// A Snapshot is what a store held at one moment. It never changes; the records
// it gives are valid as long as it is held.
type Snapshot struct {
	pages   []*page
	end     uint64 // one past the last record
	dropped uint64
	bytes   int
	limit   int
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
		bytes: s.bytes, limit: s.limit, open: s.openNow, lost: s.lostNow, names: s.names,
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

// PerRecord is how much memory a record has taken, in bytes, by the pages that are full;
// 0 before there is one.
func (s *Snapshot) PerRecord() float64 {
	last := len(s.pages) - 1
	if last < 1 {
		return 0
	}
	newest, first := s.pages[last], s.pages[0].first
	if i := slices.IndexFunc(s.pages, func(p *page) bool { return p.away == nil }); i > 0 {
		first = s.pages[i].first
	}
	return float64(s.bytes-len(newest.buf)) / float64(max(newest.first-first, 1))
}

// Limit is the memory that the store may take, in bytes.
func (s *Snapshot) Limit() int { return s.limit }

// From is the first record that came at a time or later, End where none did.
func (s *Snapshot) From(t time.Time) uint64 {
	reader, r := s.Reader(), Record{}
	n := sort.Search(s.Len(), func(i int) bool {
		return reader.At(s.First()+uint64(i), &r) && r.Arrived >= t.UnixNano()
	})
	return s.First() + uint64(n)
}

// At reads a record into r. It reports false where the number is not kept.
// A Reader does the same faster for records that stand beside each other.
func (s *Snapshot) At(seq uint64, r *Record) bool {
	reader := s.Reader()
	return reader.At(seq, r)
}

// RowsOf counts the rows kept of each table version, by Table.ID-1, writing over dst
// where it has room. It looks at the records of the newest page alone.
func (s *Snapshot) RowsOf(dst []uint64) []uint64 {
	dst = dst[:0]
	for i, p := range s.pages {
		if i == len(s.pages)-1 {
			return p.tally(dst, int(s.end-p.first))
		}
		for _, r := range p.rows {
			for len(dst) < int(r.table) {
				dst = append(dst, 0)
			}
			dst[r.table-1] += uint64(r.rows)
		}
	}
	return dst
}

// Tables are the tables that records were of so far, each in its newest
// version. The list must not be changed; asking for it costs nothing.
func (s *Snapshot) Tables() []*Table { return s.newest }

// Shards are the shards that records were of so far.
func (s *Snapshot) Shards() []*Shard {
	shards := slices.Clone(s.shards)
	return slices.DeleteFunc(shards, func(shard *Shard) bool { return shard == nil })
}
