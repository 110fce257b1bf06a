package stream

import (
	"slices"
	"time"
)

// A Mark is of a row that a person wants to find again. It names the row so that it is found
// in a replay too, where rows have other numbers, and other tables may be left out.
type Mark struct {
	Keyspace, Shard, Table string
	// Arrived is when the row came, in Unix nanoseconds; Place counts those of the same
	// table that came with it, from 0 on.
	Arrived int64
	Place   int
	// Off takes the mark away.
	Off bool
}

// isOf reports whether a record is one of those that a mark counts.
func (m *Mark) isOf(r *Record) bool {
	table, keyspace, shard := "", "", ""
	if r.Table != nil {
		table = r.Table.Name
	}
	if r.Shard != nil {
		keyspace, shard = r.Shard.Keyspace, r.Shard.Name
	}
	return r.Arrived == m.Arrived && table == m.Table && keyspace == m.Keyspace && shard == m.Shard
}

// MarkOf gives the mark of a row, false where it is not kept.
func (s *Snapshot) MarkOf(row uint64) (m Mark, kept bool) {
	reader, r := s.Reader(), Record{}
	if !reader.At(row, &r) {
		return m, false
	}
	m.Arrived = r.Arrived
	if r.Table != nil {
		m.Table = r.Table.Name
	}
	if r.Shard != nil {
		m.Keyspace, m.Shard = r.Shard.Keyspace, r.Shard.Name
	}
	for before := row - 1; reader.At(before, &r) && r.Arrived == m.Arrived; before-- {
		if m.isOf(&r) {
			m.Place++
		}
	}
	return m, true
}

// Marked gives the row that has a mark, false where there is none.
func (s *Snapshot) Marked(m Mark) (row uint64, kept bool) {
	reader, r, place := s.Reader(), Record{}, m.Place
	others := 0
	for row = s.From(time.Unix(0, m.Arrived)); reader.At(row, &r) && others < othersPassed; row++ {
		switch {
		case r.Arrived != m.Arrived:
			others++
		case !m.isOf(&r):
		case place == 0:
			return row, true
		default:
			place--
		}
	}
	return 0, false
}

// othersPassed is how many records of another time are passed over beside those of one:
// the stream's own have the time at which they were made, which is a little later than that
// of the message behind them.
const othersPassed = 16

// marksKept bounds the marks of a run.
const marksKept = 100_000

// Mark takes a mark, or takes one away.
func (p *Progress) Mark(m Mark) {
	p.mu.Lock()
	if len(p.marks) < marksKept {
		p.marks = append(p.marks, m)
	}
	p.mu.Unlock()
	p.tell(&Fact{Mark: &m})
}

// Marks gives what was marked and unmarked, from the nth on, in its order.
func (p *Progress) Marks(n int) []Mark {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.marks[min(n, len(p.marks)):])
}
