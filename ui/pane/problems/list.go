package problems

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

const (
	timeWidth = len(draw.DayForm)
	kindWidth = len("reopened")
)

// Draw draws a title, the columns' names and the entries.
func (p *Pane) Draw(c *pane.Context) []string {
	shards := len("SHARD")
	last := min(p.offset+p.page(), len(p.entries))
	for i := range p.entries[p.offset:last] {
		shards = max(shards, draw.TextWidth(shardName(c, &p.entries[p.offset+i])))
	}
	shards = min(shards, max(p.room.Width/6, 6))
	heads := draw.NewLine(p.room.Width).Put("", " ")
	p.timeCell(heads, c.Theme.Dim, "TIME "+draw.Zone)
	heads.Cell(c.Theme.Dim, "SHARD", shards).Cell(c.Theme.Dim, "WHAT", kindWidth).Put(c.Theme.Dim, "DETAIL")
	lines := append(make([]string, 0, p.room.Height), p.title(c), heads.String())
	if len(p.entries) == 0 {
		lines = append(lines, draw.NewLine(p.room.Width).Put("", "   ").Put(c.Theme.Dim, nothingYet(c)).String())
	}
	at := p.at()
	for i := p.offset; i < last; i++ {
		line := p.row(c, &p.entries[i], shards)
		if i == at && (p.room.Focused || p.room.Detailed) {
			line = draw.Selected(c.Theme, line)
		}
		lines = append(lines, line)
	}
	return draw.Filled(lines, p.room.Height)
}

// title says how many there are.
func (p *Pane) title(c *pane.Context) string {
	l := pane.Heading(c, p.room, "Problems")
	now := 0
	for i := range p.entries {
		if p.entries[i].row == 0 {
			now++
		}
	}
	tally := draw.Count(now) + " now, " + draw.Count(c.Incidents.Total) + " since the start"
	if past := uint64(0); now < len(p.entries) {
		for i := range p.entries {
			if p.entries[i].row != 0 {
				past += p.entries[i].times
			}
		}
		if past < c.Incidents.Total {
			tally += ", the newest " + draw.Count(past) + " listed"
		}
	}
	return l.Right(c.Theme.Dim, tally+" ", p.room.Width).String()
}

// timeCell writes the first column, which a narrow screen does not have.
func (p *Pane) timeCell(l *draw.Line, style draw.Style, text string) {
	if p.room.Width >= 60 {
		l.Cell(style, text, timeWidth)
	}
}

// row is one entry.
func (p *Pane) row(c *pane.Context, e *entry, shards int) string {
	l := draw.NewLine(p.room.Width).Put("", " ")
	when := "now"
	if !e.at.IsZero() {
		when = e.at.UTC().Format(draw.SecondForm)
		if e.at.UTC().YearDay() != c.Now.UTC().YearDay() {
			when = e.at.UTC().Format(draw.DayForm)
		}
	}
	p.timeCell(l, c.Theme.Dim, when)
	l.Cell(c.Theme.Accent, shardName(c, e), shards).Cell(e.style, e.kind, kindWidth)
	if e.times > 1 {
		l.Put(c.Theme.Bold, draw.Count(e.times)+"× ")
	}
	return l.Put("", e.text()).String()
}

// shardName names the entry's shard, "" where it is of none.
func shardName(c *pane.Context, e *entry) string {
	if e.shard == nil {
		return ""
	}
	return draw.ShardName(e.shard, c.SeveralKeyspaces())
}

// nothingYet says why there is no entry.
func nothingYet(c *pane.Context) string {
	if c.Summary.State == stream.Streaming {
		return "nothing is wrong, and nothing has happened: no error, no DDL"
	}
	return "nothing has happened yet"
}
