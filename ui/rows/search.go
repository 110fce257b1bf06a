package rows

import (
	"slices"
	"sync/atomic"
	"time"

	"vtscope/stream"
)

// A Search looks for the next of the rows shown that has something. It goes
// through them piece by piece, each a command of its own, until it is ended.
type Search struct {
	// What names in a word what is searched for, Has finds it. It runs beside the event
	// loop.
	What string
	Has  func(*stream.Record) bool
	// None is said where there is none, "" for what is said of a What.
	None string
	// Down says that it goes to newer rows.
	Down bool
	// First says that it is the first of its kind: with nothing above, it looks
	// below.
	First bool
	// More is how many rows to pass by: how often the key came again meanwhile.
	More int

	next   uint64 // the row to go on from
	origin uint64 // the row that it began at
	size   int    // how many rows the next piece has
	ended  atomic.Bool
}

// The first piece of a search has few rows, since most matches are near; each one
// after it has more.
const (
	fewestSearched = 1 << 10
	mostSearched   = 64 << 10
)

// NewSearch begins at a row: the first of its kind with the row itself, another
// beside it.
func NewSearch(at uint64, down, first bool) *Search {
	s := &Search{Down: down, First: first, next: at, origin: at, size: fewestSearched}
	if down || first {
		s.next++
	}
	return s
}

// End ends the search; what still runs comes back soon.
func (s *Search) End() { s.ended.Store(true) }

// A Piece is one command's share of a search. It runs beside the event loop.
type Piece struct {
	search   *Search
	rows     []uint64 // in the order of the search
	snapshot *stream.Snapshot
	now      func() time.Time
}

// Next gives the next piece, nil where every row has been looked at.
func (s *Search) Next(m *Matches, snapshot *stream.Snapshot, now func() time.Time) *Piece {
	rows := s.piece(m)
	if len(rows) == 0 && s.First && !s.Down {
		s.Down, s.next = true, s.origin+1
		rows = s.piece(m)
	}
	if len(rows) == 0 {
		return nil
	}
	s.size = min(4*s.size, mostSearched)
	return &Piece{s, rows, snapshot, now}
}

// piece gives the rows to search next, in the order of the search.
func (s *Search) piece(m *Matches) []uint64 {
	at := m.Index(s.next)
	if s.Down {
		return m.Rows(nil, at, s.size)
	}
	n := min(at, s.size)
	rows := m.Rows(nil, at-n, n)
	slices.Reverse(rows)
	return rows
}

// Found is what a piece has found.
type Found struct {
	Search *Search
	Row    uint64 // that was looked at last
	Has    bool   // it has what is searched for
}

// Run looks at the rows, for a while.
func (p *Piece) Run() Found {
	f := Found{Search: p.search}
	reader, start := p.snapshot.Reader(), p.now()
	var record stream.Record
	for i, seq := range p.rows {
		if i%checkEvery == checkEvery-1 && (p.search.ended.Load() || p.now().Sub(start) >= lastSlice) {
			break
		}
		f.Row = seq
		if reader.At(seq, &record) && p.search.Has(&record) {
			f.Has = true
			break
		}
	}
	return f
}

// GoOn goes on from what a piece has found. It reports whether that was the row
// that is searched for.
func (s *Search) GoOn(f Found) bool {
	s.next = f.Row
	if s.Down {
		s.next++
	}
	if !f.Has {
		return false
	}
	if s.More == 0 {
		return true
	}
	s.More--
	s.size = fewestSearched
	return false
}
