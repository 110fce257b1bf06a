package summary

import (
	"slices"
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/report"
)

// View is the pane among the views.
var View = pane.View{
	Open: pane.Binding{
		Keys: []string{"7"}, Action: "summary", Show: "7", Group: pane.GroupPanes,
		Help: "the summary: what has come since the start",
	},
	Uses: []pane.Use{
		{Action: pane.ActEnter, Short: "in the log", Help: "what the line is about, in the log; else the line in full"},
		{Action: pane.ActRight, Short: "next part", Help: "the next part"},
		{Action: pane.ActLeft, Help: "the part before"},
		{Action: pane.ActCopy, Short: "copy", Help: "copy the line, or all for a ticket"},
	},
	New:    func() pane.Pane { return &Pane{} },
	Report: true,
}

// Pane shows the lines of a report, and keeps a cursor on one of them.
type Pane struct {
	room   pane.Room
	of     *stream.StreamSummary // what the rest was made of
	parts  []report.Section
	lines  []report.Line
	chosen name
	at     int // the chosen line's place
	offset int // lines scrolled past
}

// A name tells a line from others when the report is made anew: by its part, and what it
// leads to or begins with.
type name struct{ part, row string }

// Arrange takes all of the room.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room = room
	p.make(c)
	page := p.page()
	p.offset = max(min(p.offset, p.at, len(p.lines)-page), p.at-page+1, 0)
	if p.at == p.first() {
		p.offset = 0
	}
	return room.Height
}

// page is how many lines there is room for below the title.
func (p *Pane) page() int { return max(p.room.Height-1, 1) }

// make sets the report as lines, where it is a new one, with the cursor where it was.
func (p *Pane) make(c *pane.Context) {
	if c.Report.Stream == p.of {
		return
	}
	p.of = c.Report.Stream
	p.parts = report.Sections(c.Report.About, p.of)
	p.lines = report.Lines(p.parts)
	for i := range p.lines {
		if p.lines[i].Row >= 0 && p.nameOf(i) == p.chosen {
			p.at = i
			return
		}
	}
	p.choose(max(min(p.at, len(p.lines)-1), p.first()))
}

// first is the first line that can be chosen.
func (p *Pane) first() int {
	return max(slices.IndexFunc(p.lines, func(l report.Line) bool { return l.Row >= 0 }), 0)
}

// nameOf names a line.
func (p *Pane) nameOf(i int) name {
	part, row := p.part(i), p.lines[i].Row
	switch {
	case row < 0:
		return name{}
	case row >= len(part.Rows):
		return name{part.Title, p.lines[i].Text}
	case p.link(i).Term != "":
		return name{part.Title, p.link(i).Term}
	case !p.link(i).At.IsZero():
		return name{part.Title, strings.Join(part.Rows[row], " ")}
	}
	return name{part.Title, part.Rows[row][0]}
}

func (p *Pane) part(i int) *report.Section { return &p.parts[p.lines[i].Section] }

// link is where a line leads to.
func (p *Pane) link(i int) report.Link {
	if part, row := p.part(i), p.lines[i].Row; row >= 0 && row < len(part.Links) {
		return part.Links[row]
	}
	return report.Link{}
}

// choose puts the cursor on a line, or on the next that is no heading.
func (p *Pane) choose(at int) {
	for at < len(p.lines)-1 && p.lines[at].Row < 0 {
		at++
	}
	p.at = at
	if at < len(p.lines) {
		p.chosen = p.nameOf(at)
	}
}

// Press moves the cursor, or goes to what the line is about.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	if p.make(c); len(p.lines) == 0 {
		return pane.Effect{}
	}
	switch act {
	case pane.ActEnter:
		return p.enter(c)
	case pane.ActLeft, pane.ActFarLeft:
		p.turn(-1)
		return pane.Effect{Top: true}
	case pane.ActRight, pane.ActFarRight:
		p.turn(1)
		return pane.Effect{Top: true}
	}
	to := pane.Scrolled(p.at, act, p.page(), len(p.lines)+p.page()-1)
	for to < p.at && to > p.first() && p.lines[to].Row < 0 {
		to--
	}
	p.choose(to)
	return pane.Effect{Top: true}
}

// turn puts the cursor on the first line of the next part, and that part at the top.
func (p *Pane) turn(by int) {
	part := max(min(p.lines[p.at].Section+by, len(p.parts)-1), 0)
	at := slices.IndexFunc(p.lines, func(l report.Line) bool { return l.Section == part && l.Row >= 0 })
	p.choose(at)
	for p.offset = p.at; p.offset > 0 && p.lines[p.offset-1].Section == part && p.lines[p.offset-1].Text != ""; {
		p.offset--
	}
}

// enter goes to the log: to the rows of what the line is about, or to when it was.
func (p *Pane) enter(c *pane.Context) pane.Effect {
	switch link := p.link(p.at); {
	case link.Term != "":
		effect := pane.Effect{Aside: link.Term}
		if link.Example {
			effect.Say = "one of these transactions"
		}
		return effect
	case link.At.IsZero():
		return pane.Effect{Details: true}
	default:
		if row := c.Shown.From(link.At); row < c.Shown.End() {
			return pane.Effect{Jump: row}
		}
		return pane.Effect{Say: "the log has nothing from then on"}
	}
}

// Click puts the cursor on a line.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.offset + y - 1
	if y < 1 || i >= len(p.lines) || p.lines[i].Row < 0 {
		return false, false
	}
	again = i == p.at
	p.choose(i)
	return true, again
}

// Draw draws a title and the lines that are in sight.
func (p *Pane) Draw(c *pane.Context) []string {
	lines := append(make([]string, 0, p.room.Height), p.title(c))
	for i := p.offset; i < len(p.lines) && len(lines) < p.room.Height; i++ {
		l := draw.NewLine(p.room.Width).Put("", " ")
		switch p.lines[i].Row {
		case report.Title:
			l.Put(c.Theme.Bold, p.lines[i].Text)
		case report.Head:
			l.Put(c.Theme.Dim, p.lines[i].Text)
		default:
			l.Put("", p.lines[i].Text)
		}
		line := l.String()
		if i == p.at && (p.room.Focused || p.room.Detailed) {
			line = draw.Selected(c.Theme, line)
		}
		lines = append(lines, line)
	}
	return draw.Filled(lines, p.room.Height)
}

// title says what is counted.
func (p *Pane) title(c *pane.Context) string {
	l := pane.Heading(c, p.room, "Summary")
	text := "all that came, whatever is filtered or kept"
	if p.room.Width < 60 {
		text = "all that came"
	}
	return l.Right(c.Theme.Dim, text+" ", p.room.Width).String()
}

// Subject is the line under the cursor, nil where there is none.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	if p.make(c); len(p.lines) == 0 {
		return nil
	}
	return subject{p}
}
