package tables

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Draw draws a title, the columns' names and the tables.
func (p *Pane) Draw(c *pane.Context) []string {
	lines := append(make([]string, 0, p.room.Height), p.title(c), p.heads(c))
	if len(p.entries) == 0 {
		lines = append(lines, draw.NewLine(p.room.Width).Put("", "   ").Put(c.Theme.Dim, nothingYet(c)).String())
	}
	for i := range p.entries[min(p.offset, len(p.entries)):] {
		e := &p.entries[p.offset+i]
		line := p.line(c, e)
		if e.name == p.chosen && (p.room.Focused || p.room.Detailed) {
			line = draw.Selected(c.Theme, line)
		}
		lines = append(lines, line)
	}
	return draw.Filled(lines, p.room.Height)
}

// title says what the lines are, and how they are ordered.
func (p *Pane) title(c *pane.Context) string {
	l := pane.Heading(c, p.room, "Tables")
	return l.Right(c.Theme.Dim, draw.Plural(uint64(len(p.entries)), "table")+" ", p.room.Width).String()
}

// heads are the columns' names, the one marked by which the tables are ordered.
func (p *Pane) heads(c *pane.Context) string {
	l := draw.NewLine(p.room.Width)
	mark := func(title string, order int) (string, draw.Style) {
		switch {
		case p.order != order:
			return title, c.Theme.Dim
		case p.upside:
			return title + "▴", c.Theme.Bold
		}
		return title + "▾", c.Theme.Bold
	}
	title, style := mark("TABLE", 0)
	l.Put("", " ").Cell(style, title, p.nameWidth)
	for _, i := range p.shown {
		title, style := mark(columns[i].title, i+1)
		l.CellRight(style, title, columns[i].width)
	}
	return l.String()
}

// line is one table.
func (p *Pane) line(c *pane.Context, e *entry) string {
	l := draw.NewLine(p.room.Width)
	l.Put("", " ").Cell(c.Theme.Accent, p.shownName(e), p.nameWidth)
	for _, i := range p.shown {
		text, style := columns[i].text(c, e)
		l.CellRight(style, text, columns[i].width)
	}
	if room := l.Limit - l.Width - 2; room > 3 {
		l.Put("", " ").Put(c.Theme.Accent, draw.Sparkline(e.state.History(nil, c.Now, room)))
	}
	return l.String()
}

// shownName is a table's name, with the keyspace where there are several.
func (p *Pane) shownName(e *entry) string {
	if p.several {
		return draw.Safe([]byte(e.name.keyspace + "." + e.name.table))
	}
	return draw.Safe([]byte(e.name.table))
}

// nothingYet says why there is no table.
func nothingYet(c *pane.Context) string {
	switch c.Summary.State {
	case stream.Streaming:
		return "no table yet: VTGate tells of one with its first row"
	case stream.Retrying, stream.Ended:
		return draw.Safe([]byte(c.Summary.Failure))
	}
	return "connecting …"
}
