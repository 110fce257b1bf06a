package ui

import (
	"slices"
	"sort"

	"vtscope/filter"
	"vtscope/stream"
)

// A view is which rows of a snapshot the log shows, by their sequence numbers:
// all of them without a filter, else those that are known to match it. Rows
// that nobody has looked at yet are not shown; todo says which they are, so
// what is not known is never taken for what does not match.
type view struct {
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
	failed   uint64 // rows that could not be evaluated
	reason   error  // of the first
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

// newView makes a view of a snapshot; with a filter nothing is looked at yet.
func newView(generation uint64, f *filter.Filter, s *stream.Snapshot) *view {
	v := &view{generation: generation, filter: f, first: s.First(), end: s.First()}
	v.extend(s)
	return v
}

// extend takes the view on to a newer snapshot: new rows are to be looked at,
// evicted ones are gone.
func (v *view) extend(s *stream.Snapshot) {
	news := span{max(v.end, s.First()), s.End()}
	v.first, v.end = s.First(), s.End()
	if v.filter == nil {
		return
	}
	v.todo = without(v.todo, span{0, v.first})
	v.trim()
	if news.len() == 0 {
		return
	}
	if last := len(v.todo) - 1; last >= 0 && v.todo[last].to == news.from {
		v.todo[last].to = news.to
	} else {
		v.todo = append(v.todo, news)
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
// counts, so whatever commands looked at, a row is in the view once.
func (v *view) fill(looked span, found []block) {
	for _, t := range v.todo {
		fresh := t.overlap(looked)
		for i := range found {
			v.add(found[i].number, found[i].within(fresh))
		}
	}
	v.todo = without(v.todo, looked)
}

// len is the number of rows that the view shows.
func (v *view) len() int {
	if v.filter == nil {
		return int(v.end - v.first)
	}
	return v.count
}

// looked is how many rows of the snapshot the view knows about.
func (v *view) looked() int {
	n := int(v.end - v.first)
	for _, t := range v.todo {
		n -= t.len()
	}
	return n
}

// looking reports whether there are rows that nobody has looked at.
func (v *view) looking() bool { return len(v.todo) > 0 }

// index counts the rows shown that are older than a sequence number.
func (v *view) index(seq uint64) int {
	if v.filter == nil {
		return int(min(max(seq, v.first), v.end) - v.first)
	}
	n := 0
	for i := range v.blocks {
		b := &v.blocks[i]
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

// since counts the rows shown from a sequence number on.
func (v *view) since(seq uint64) int { return max(v.len()-v.index(seq), 0) }

// nearest is the index of the row shown at a sequence number, of the next older
// one, or else of the oldest. There has to be a row.
func (v *view) nearest(seq uint64) int { return max(v.index(seq+1)-1, 0) }

// row is the sequence number of the row at an index below len.
func (v *view) row(index int) uint64 {
	if v.filter == nil {
		return v.first + uint64(index)
	}
	for i := range v.blocks {
		b := &v.blocks[i]
		if index < len(b.rows) {
			return b.seq(index)
		}
		index -= len(b.rows)
	}
	return v.end
}

// rows appends the sequence numbers of at most n rows from an index on.
func (v *view) rows(dst []uint64, index, n int) []uint64 {
	if v.filter == nil {
		for seq := v.first + uint64(index); seq < v.end && n > 0; seq++ {
			dst = append(dst, seq)
			n--
		}
		return dst
	}
	for i := range v.blocks {
		b := &v.blocks[i]
		for ; index < len(b.rows) && n > 0; index++ {
			dst = append(dst, b.seq(index))
			n--
		}
		index -= len(b.rows)
	}
	return dst
}

// add puts rows into a block; none of them is there.
func (v *view) add(number uint64, rows []uint16) {
	if len(rows) == 0 {
		return
	}
	at := sort.Search(len(v.blocks), func(i int) bool { return v.blocks[i].number >= number })
	if at == len(v.blocks) || v.blocks[at].number != number {
		v.blocks = slices.Insert(v.blocks, at, block{number: number})
	}
	v.blocks[at].insert(rows)
	v.count += len(rows)
}

// trim drops the rows before first.
func (v *view) trim() {
	gone := 0
	for gone < len(v.blocks) && v.blocks[gone].number < v.first>>blockBits {
		v.count -= len(v.blocks[gone].rows)
		gone++
	}
	v.blocks = slices.Delete(v.blocks, 0, gone)
	if len(v.blocks) > 0 {
		b := &v.blocks[0]
		n := b.index(v.first)
		b.rows = b.rows[n:]
		v.count -= n
	}
}
