package tables

import (
	"cmp"
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A column is one of the list's.
type column struct {
	title string
	width int
	// rank is how soon it gives way on a narrow screen: the highest goes first.
	rank int
	text func(c *pane.Context, e *entry) (string, draw.Style)
	// compare orders two tables as they come first; nil where they are not ordered by
	// it.
	compare func(a, b *entry) int
	// copies says that it is about copies: where there is none, it is left out.
	copies bool
}

// columns are the list's, from left to right, without the tables' names and the
// sparkline at the end.
var columns = []column{
	{"KEPT", 9, 3, func(_ *pane.Context, e *entry) (string, draw.Style) { return draw.Count(e.kept), "" },
		func(a, b *entry) int { return cmp.Compare(b.kept, a.kept) }, false},
	counts("COPIED", stream.Copy, 6),
	counts("INSERTS", stream.Insert, 2),
	counts("UPDATES", stream.Update, 2),
	counts("DELETES", stream.Delete, 2),
	{"COPY", 12, 5, copyText, nil, true},
	{"SIZE", 10, 4, sizeText, func(a, b *entry) int { return cmp.Compare(b.size.Bytes, a.size.Bytes) }, false},
	{"LAST", 7, 1, lastText, func(a, b *entry) int { return b.state.LastRow.Compare(a.state.LastRow) }, false},
	{"CHANGES/S", 9, 0, func(_ *pane.Context, e *entry) (string, draw.Style) { return draw.PerSecond(e.rate), "" },
		func(a, b *entry) int { return cmp.Compare(b.rate, a.rate) }, false},
}

// counts is the column of the row changes of a kind.
func counts(title string, kind stream.Kind, rank int) column {
	return column{title, 9, rank, func(c *pane.Context, e *entry) (string, draw.Style) {
		n := e.state.Rows(kind).Total
		if n == 0 {
			return "0", c.Theme.Dim
		}
		return draw.Count(n), c.Theme.Kinds[kind]
	}, func(a, b *entry) int { return cmp.Compare(b.state.Rows(kind).Total, a.state.Rows(kind).Total) }, kind == stream.Copy}
}

func sizeText(c *pane.Context, e *entry) (string, draw.Style) {
	if e.size.isWhole() {
		return "~" + draw.Size(int(min(e.size.Bytes, 1<<62))), ""
	}
	return "?", c.Theme.Dim
}

func lastText(c *pane.Context, e *entry) (string, draw.Style) {
	if e.state.LastRow.IsZero() {
		return "none", c.Theme.Dim
	}
	return draw.Age(c.Now.Sub(e.state.LastRow)), ""
}

// leastSpark is what the sparkline should have.
const leastSpark = 10

// fit finds the columns that have room beside the names: those of the highest rank
// give way. What is left is the sparkline's.
func (p *Pane) fit(c *pane.Context) {
	p.nameWidth = len("TABLE") + 1 // with the mark of the order
	copies := false
	for i := range p.entries {
		e := &p.entries[i]
		p.nameWidth = max(p.nameWidth, draw.TextWidth(p.shownName(e)))
		copies = copies || e.state.Rows(stream.Copy).Total > 0
	}
	for i := range c.Shards {
		copies = copies || c.Shards[i].Phase == stream.Copying
	}
	p.nameWidth = min(p.nameWidth, max(p.room.Width/4, 12))
	for rank := 9; rank >= 0; rank-- {
		p.shown = p.shown[:0]
		width := 1 + p.nameWidth + 1
		for i := range columns {
			if columns[i].rank <= rank && (copies || !columns[i].copies) {
				p.shown, width = append(p.shown, i), width+columns[i].width+1
			}
		}
		if width+leastSpark <= p.room.Width {
			return
		}
	}
}

// compare orders two tables, by their names where the column does not tell them
// apart.
func (p *Pane) compare(a, b entry) int {
	by := cmp.Or(strings.Compare(a.name.keyspace, b.name.keyspace), strings.Compare(a.name.table, b.name.table))
	if p.order != 0 {
		by = cmp.Or(columns[p.order-1].compare(&a, &b), by)
	}
	if p.upside {
		return -by
	}
	return by
}

// nextOrder orders by the next column that can be ordered by, after the last by name.
func (p *Pane) nextOrder() {
	p.upside = false
	for _, i := range p.shown {
		if i >= p.order && columns[i].compare != nil {
			p.order = i + 1
			return
		}
	}
	p.order = 0
}
