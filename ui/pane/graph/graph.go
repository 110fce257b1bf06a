package graph

import (
	"slices"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// View is the pane among the views.
var View = pane.View{
	Open: pane.Binding{
		Keys: []string{"6"}, Action: "graph", Show: "6", Group: pane.GroupPanes,
		Help: "the graph: row changes over time, by event, table or shard",
	},
	Uses: []pane.Use{
		{Action: pane.ActEnter, Short: "its changes", Help: "the changes of what is selected, in the log"},
		{Action: pane.ActOrder, Short: "by", Help: "by event, by table or by shard"},
		{Action: pane.ActLeft, Short: "longer", Help: "the last 15 minutes"},
		{Action: pane.ActRight, Short: "shorter", Help: "the last minute"},
	},
	New: func() pane.Pane { return &Pane{} },
}

// Pane shows what is counted, and keeps a cursor on one of the series.
type Pane struct {
	room   pane.Room
	by     int // among the groupings
	span   int // among the spans
	series []series
	chosen string // the name of the series under the cursor, "" for the first
	offset int    // series scrolled past
}

// Arrange takes all of the room.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room, p.series = room, p.gather(c)
	at, page := p.at(), p.page()
	p.offset = max(min(p.offset, at, len(p.series)-page), at-page+1, 0)
	return room.Height
}

// chartHeight is how many lines the large graph has, page how many the series.
func (p *Pane) chartHeight() int {
	return max(p.room.Height-1-min(len(p.series), max(p.room.Height/3, 2)), 0)
}

func (p *Pane) page() int { return max(p.room.Height-1-p.chartHeight(), 1) }

// at is the place of the series under the cursor.
func (p *Pane) at() int {
	return max(slices.IndexFunc(p.series, func(s series) bool { return s.name == p.chosen }), 0)
}

// Press moves the cursor, groups by something else, or shows another span of time.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	p.series = p.gather(c)
	at := p.at()
	switch act {
	case pane.ActOrder:
		p.by, p.chosen = (p.by+1)%len(groupings), ""
		return pane.Effect{Say: "row changes by " + groupings[p.by].word}
	case pane.ActReverse:
		p.by, p.chosen = (p.by+len(groupings)-1)%len(groupings), ""
		return pane.Effect{Say: "row changes by " + groupings[p.by].word}
	case pane.ActLeft, pane.ActFarLeft:
		p.span = min(p.span+1, len(spans)-1)
		return pane.Effect{Say: spans[p.span].word}
	case pane.ActRight, pane.ActFarRight:
		p.span = max(p.span-1, 0)
		return pane.Effect{Say: spans[p.span].word}
	case pane.ActEnter:
		if term := p.series[at].term; term != "" {
			return pane.Effect{Filter: term}
		}
		return pane.Effect{Say: "these are all changes; choose a line below"}
	}
	p.chosen = p.series[pane.Scrolled(at, act, p.page(), len(p.series)+p.page()-1)].name
	return pane.Effect{}
}

// Click puts the cursor on a series.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.offset + y - 1 - p.chartHeight()
	if y <= p.chartHeight() || i >= len(p.series) {
		return false, false
	}
	again = i == p.at()
	p.chosen = p.series[i].name
	return true, again
}

// Subject is none: the graph is all there is.
func (p *Pane) Subject(*pane.Context) pane.Subject { return nil }

// Draw draws a title, the graph of the series under the cursor, and a line for each.
func (p *Pane) Draw(c *pane.Context) []string {
	at := p.at()
	lines := append(make([]string, 0, p.room.Height), p.title(c, &p.series[at]))
	lines = append(lines, p.chart(c, &p.series[at], p.chartHeight())...)
	names := 0
	for i := range p.series {
		names = max(names, draw.TextWidth(p.series[i].name))
	}
	names = min(names, p.room.Width/3)
	for i := p.offset; i < len(p.series) && len(lines) < p.room.Height; i++ {
		line := p.row(&p.series[i], names)
		if i == at && p.room.Focused {
			line = draw.Selected(c.Theme, line)
		}
		lines = append(lines, line)
	}
	return draw.Filled(lines, p.room.Height)
}

// title says what is shown, and its numbers.
func (p *Pane) title(c *pane.Context, s *series) string {
	span := &spans[p.span]
	l := pane.Heading(c, p.room, "Row changes by "+groupings[p.by].word).Put("", "   "+s.name)
	peak := float64(highest(s.counts)) / span.length.Seconds()
	text := draw.Count(total(s)) + " in " + span.word + ", at most " + draw.Rate(peak)
	if l.Width+draw.TextWidth(text)+2 > p.room.Width {
		text = "at most " + draw.Rate(peak)
	}
	return l.Right(c.Theme.Dim, text+" ", p.room.Width).String()
}

// row is one series: its name, its rate now, and its graph.
func (p *Pane) row(s *series, names int) string {
	l := draw.NewLine(p.room.Width).Put("", " ")
	l.Cell(s.style, s.name, names).CellRight("", draw.Rate(s.rate), len("999.9k/s"))
	if room := p.room.Width - l.Width - 1; room > 3 {
		l.Put(s.style, draw.Sparkline(s.counts[max(len(s.counts)-room, 0):]))
	}
	return l.String()
}
