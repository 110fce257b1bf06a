package rows

import (
	"slices"
	"sort"

	"vtscope/filter"
	"vtscope/stream"
)

// Matches are which rows of a snapshot the log shows, by their sequence numbers:
// all of them without a filter, else those that are known to match it. Rows
// that nobody has looked at yet are not shown; todo says which they are, so
// what is not known is never taken for what does not match.
type Matches struct {
	generation uint64
	filter     *filter.Filter // nil shows every row
	first, end uint64         // the snapshot's

	// With a filter:
	blocks []block // without a gap, from the one that holds first
	count  int     // rows in blocks
	todo   []span  // not looked at yet, in order, apart from each other
	busy   []span  // of todo, what a command looks at

	slices   int // commands started
	matchers []*filter.Matcher
	Failed   uint64 // rows that could not be evaluated
	Reason   error  // of the first
}

// A span is a range of sequence numbers: from is in it, to is not.
type span struct{ from, to uint64 }

func (s span) len() int {
	if s.to <= s.from {
		return 0
	}
	return int(s.to - s.from)
}

func (s span) overlap(o span) span { return span{max(s.from, o.from), min(s.to, o.to)} }

// NewMatches makes those of a snapshot; with a filter nothing is looked at yet.
func NewMatches(generation uint64, f *filter.Filter, s *stream.Snapshot) *Matches {
	m := &Matches{generation: generation, filter: f, first: s.First(), end: s.First()}
	m.Extend(s)
	return m
}

// Extend goes on to a newer snapshot: new rows are to be looked at,
// evicted ones are gone.
func (m *Matches) Extend(s *stream.Snapshot) {
	news := span{max(m.end, s.First()), s.End()}
	m.first, m.end = s.First(), s.End()
	if m.filter == nil {
		return
	}
	m.todo = without(m.todo, span{0, m.first})
	m.trim()
	if news.len() == 0 {
		return
	}
	if last := len(m.todo) - 1; last >= 0 && m.todo[last].to == news.from {
		m.todo[last].to = news.to
	} else {
		m.todo = append(m.todo, news)
	}
}

// without takes a span out of spans.
func without(spans []span, s span) []span {
	rest := make([]span, 0, len(spans)+1)
	for _, t := range spans {
		for _, part := range []span{{t.from, min(t.to, s.from)}, {max(t.from, s.to), t.to}} {
			if part.len() > 0 {
				rest = append(rest, part)
			}
		}
	}
	return rest
}

// fill takes over what was found in a span. Only what was still to be looked at
// counts, so whatever commands looked at, a row counts once.
func (m *Matches) fill(looked span, found []block) {
	for _, t := range m.todo {
		fresh := t.overlap(looked)
		for i := range found {
			m.add(found[i].number, found[i].within(fresh))
		}
	}
	m.todo = without(m.todo, looked)
}

// Len is the number of rows shown.
func (m *Matches) Len() int {
	if m.filter == nil {
		return int(m.end - m.first)
	}
	return m.count
}

// Filter is what the rows match, nil where they are all.
func (m *Matches) Filter() *filter.Filter { return m.filter }

// Looked is how many rows of the snapshot have been looked at.
func (m *Matches) Looked() int {
	n := int(m.end - m.first)
	for _, t := range m.todo {
		n -= t.len()
	}
	return n
}

// Looking reports whether there are rows that nobody has looked at.
func (m *Matches) Looking() bool { return len(m.todo) > 0 }

// Share is how much of the snapshot has been looked at, in percent; 100 is all.
func (m *Matches) Share() int {
	if !m.Looking() {
		return 100
	}
	return min(m.Looked()*100/max(int(m.end-m.first), 1), 99)
}

// Index counts the rows shown that are older than a sequence number.
func (m *Matches) Index(seq uint64) int {
	if m.filter == nil {
		return int(min(max(seq, m.first), m.end) - m.first)
	}
	n := 0
	for i := range m.blocks {
		b := &m.blocks[i]
		if b.number == seq>>blockBits {
			return n + b.index(seq)
		}
		if b.number > seq>>blockBits {
			break
		}
		n += len(b.rows)
	}
	return n
}

// Since counts the rows shown from a sequence number on.
func (m *Matches) Since(seq uint64) int { return max(m.Len()-m.Index(seq), 0) }

// Nearest is the index of the row shown at a sequence number, of the next older
// one, or else of the oldest. There has to be a row.
func (m *Matches) Nearest(seq uint64) int { return max(m.Index(seq+1)-1, 0) }

// Row is the sequence number of the row at an index below len.
func (m *Matches) Row(index int) uint64 {
	if m.filter == nil {
		return m.first + uint64(index)
	}
	for i := range m.blocks {
		b := &m.blocks[i]
		if index < len(b.rows) {
			return b.seq(index)
		}
		index -= len(b.rows)
	}
	return m.end
}

// Rows appends the sequence numbers of at most n rows from an index on.
func (m *Matches) Rows(dst []uint64, index, n int) []uint64 {
	if m.filter == nil {
		for seq := m.first + uint64(index); seq < m.end && n > 0; seq++ {
			dst = append(dst, seq)
			n--
		}
		return dst
	}
	for i := range m.blocks {
		b := &m.blocks[i]
		for ; index < len(b.rows) && n > 0; index++ {
			dst = append(dst, b.seq(index))
			n--
		}
		index -= len(b.rows)
	}
	return dst
}

// add puts rows into a block; none of them is there.
func (m *Matches) add(number uint64, rows []uint16) {
	if len(rows) == 0 {
		return
	}
	at := sort.Search(len(m.blocks), func(i int) bool { return m.blocks[i].number >= number })
	if at == len(m.blocks) || m.blocks[at].number != number {
		m.blocks = slices.Insert(m.blocks, at, block{number: number})
	}
	m.blocks[at].insert(rows)
	m.count += len(rows)
}

// trim drops the rows before first.
func (m *Matches) trim() {
	gone := 0
	for gone < len(m.blocks) && m.blocks[gone].number < m.first>>blockBits {
		m.count -= len(m.blocks[gone].rows)
		gone++
	}
	m.blocks = slices.Delete(m.blocks, 0, gone)
	if len(m.blocks) > 0 {
		b := &m.blocks[0]
		n := b.index(m.first)
		b.rows = b.rows[n:]
		m.count -= n
	}
}
