package rows

import (
	"slices"
	"sort"
	"sync/atomic"
	"time"

	"vtscope/stream"
)

// A Tally counts the rows shown that have something, from the oldest on. It goes through
// them piece by piece, each a command of its own, as a Search does.
type Tally struct {
	has   func(*stream.Record) bool
	of    *Matches
	next  uint64   // the row to go on from
	found []uint64 // the oldest first
	busy  bool     // a piece is under way
	ended atomic.Bool
}

// tallyLimit bounds how many rows are found, for the memory that their numbers take.
const tallyLimit = 1 << 20

// NewTally counts the rows of some matches that have something.
func NewTally(m *Matches, has func(*stream.Record) bool) *Tally { return &Tally{has: has, of: m} }

// IsOf reports whether it counts among these rows.
func (t *Tally) IsOf(m *Matches) bool { return t.of == m }

// End ends the counting; what still runs comes back soon.
func (t *Tally) End() { t.ended.Store(true) }

// A TallyPiece is one command's share. It runs beside the event loop.
type TallyPiece struct {
	tally    *Tally
	rows     []uint64
	snapshot *stream.Snapshot
	now      func() time.Time
}

// Tallied is what a piece has counted.
type Tallied struct {
	Tally *Tally
	found []uint64
	next  uint64
}

// Next gives the next piece, nil where every row has been looked at, where the rows are
// others by now, or where a piece is under way.
func (t *Tally) Next(m *Matches, snapshot *stream.Snapshot, now func() time.Time) *TallyPiece {
	if t.busy || m != t.of || m.Looking() || len(t.found) >= tallyLimit {
		return nil
	}
	rows := m.Rows(nil, m.Index(t.next), mostSearched)
	if len(rows) == 0 {
		return nil
	}
	t.busy = true
	return &TallyPiece{t, rows, snapshot, now}
}

// Run counts, for a while.
func (p *TallyPiece) Run() Tallied {
	result := Tallied{Tally: p.tally, next: p.rows[0]}
	reader, start := p.snapshot.Reader(), p.now()
	var record stream.Record
	for i, seq := range p.rows {
		if i%checkEvery == checkEvery-1 && (p.tally.ended.Load() || p.now().Sub(start) >= lastSlice) {
			break
		}
		if reader.At(seq, &record) && p.tally.has(&record) {
			result.found = append(result.found, seq)
		}
		result.next = seq + 1
	}
	return result
}

// Take takes over what a piece has counted.
func (t *Tally) Take(r Tallied) {
	t.busy, t.next = false, r.next
	t.found = append(t.found, r.found...)
}

// At says which of the rows found a row is, counted from 1, and how many there are: of
// those that are still kept. All is false where there may be more. The row has to be one of
// them; where it has not been looked at, n is 0.
func (t *Tally) At(row uint64, s *stream.Snapshot) (n, of int, all bool) {
	gone := sort.Search(len(t.found), func(i int) bool { return t.found[i] >= s.First() })
	kept := t.found[gone:]
	at, is := slices.BinarySearch(kept, row)
	if is {
		n = at + 1
	}
	return n, len(kept), !t.busy && !t.of.Looking() && t.of.Index(t.next) == t.of.Len()
}
