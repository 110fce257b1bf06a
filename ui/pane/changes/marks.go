package changes

import (
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Marks are of rows, by their sequence numbers: a filter hides a marked row, and does not
// take its mark.
const (
	actMark         pane.Action = "mark"
	actNextMark     pane.Action = "next-mark"
	actPreviousMark pane.Action = "previous-mark"
)

// A markedRow is a row that was marked, and when it arrived.
type markedRow struct {
	row     uint64
	arrived int64
}

// mark marks the row under the cursor, or takes its mark; the cursor goes on to the next
// row, so that several are marked in a row.
func (p *Pane) mark(c *pane.Context) pane.Effect {
	var r stream.Record
	if c.Sieve.Matches.Len() == 0 || !c.Shown.At(p.Cursor, &r) {
		return pane.Effect{}
	}
	row := p.Cursor
	off := p.isMarked(row)
	p.setMark(row, r.Arrived, off)
	p.put(c.Sieve.Matches, c.Sieve.Matches.Index(row)+1, p.lineNow(c.Sieve.Matches)+1, p.page)
	text := "no row is marked"
	if n := len(p.marks); n > 0 {
		text = draw.Plural(uint64(n), "row") + " marked; " + c.Keys.Key(actPreviousMark) + " goes to the one before, " + c.Keys.Key(pane.ActExport) + " writes them"
	}
	effect := pane.Effect{Say: text}
	if m, kept := c.Shown.MarkOf(row); kept {
		m.Off = off
		effect.Mark = &m
	}
	return effect
}

// setMark marks a row, or takes its mark.
func (p *Pane) setMark(row uint64, arrived int64, off bool) {
	at, marked := slices.BinarySearch(p.marks, row)
	switch {
	case marked == !off:
		return
	case off:
		p.marks = slices.Delete(p.marks, at, at+1)
		p.marking = slices.DeleteFunc(p.marking, func(m markedRow) bool { return m.row == row })
	default:
		p.marks = slices.Insert(p.marks, at, row)
		p.marking = append(p.marking, markedRow{row, arrived})
	}
	p.columns.time = 0
}

// MarksTaken is how many of the run's marks were taken over, or wait for their rows.
func (p *Pane) MarksTaken() int { return p.marksTaken }

// TakeMarks takes over what was marked since: here, where nothing is to be done, or in the
// recording that is replayed. A mark waits for its row.
func (p *Pane) TakeMarks(s *stream.Snapshot, news []stream.Mark) {
	p.marksTaken += len(news)
	p.waiting = append(p.waiting, news...)
	var newest stream.Record
	if len(p.waiting) == 0 || s.Len() == 0 || !s.At(s.End()-1, &newest) {
		return
	}
	waiting := p.waiting[:0]
	for _, m := range p.waiting {
		if row, found := s.Marked(m); found {
			p.setMark(row, m.Arrived, m.Off)
		} else if m.Arrived >= newest.Arrived {
			waiting = append(waiting, m)
		}
	}
	p.waiting = waiting
}

// toMark goes to the next mark below the cursor that is shown, or above it.
func (p *Pane) toMark(c *pane.Context, down bool) pane.Effect {
	list := p.marks
	if !down {
		list = slices.Clone(list)
		slices.Reverse(list)
	}
	hidden := false
	for _, row := range list {
		if down && row <= p.Cursor || !down && row >= p.Cursor {
			continue
		}
		if at := c.Sieve.Matches.Index(row); at < c.Sieve.Matches.Len() && c.Sieve.Matches.Row(at) == row {
			p.Jump(c, row)
			return pane.Effect{Top: true}
		}
		hidden = true
	}
	switch {
	case len(p.marks) == 0:
		return pane.Effect{Say: "no row is marked; " + c.Keys.Key(actMark) + " marks one"}
	case hidden:
		return pane.Effect{Say: "the marked rows there are hidden by the filter"}
	case down:
		return pane.Effect{Say: "no further mark below"}
	}
	return pane.Effect{Say: "no further mark above"}
}

// dropMarks forgets marks of rows that are no longer kept, and says so.
func (p *Pane) dropMarks(c *pane.Context) {
	gone, _ := slices.BinarySearch(p.marks, c.Shown.First())
	if gone > 0 {
		p.marks = slices.Delete(p.marks, 0, gone)
		p.marking = slices.DeleteFunc(p.marking, func(m markedRow) bool { return m.row < c.Shown.First() })
		p.say = draw.Plural(uint64(gone), "marked row") + " no longer kept"
	}
}

// Marked are the rows that are marked, the oldest first.
func (p *Pane) Marked() []uint64 { return p.marks }

// isMarked reports whether a row is marked.
func (p *Pane) isMarked(row uint64) bool {
	_, marked := slices.BinarySearch(p.marks, row)
	return marked
}
