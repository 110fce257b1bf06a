package graph

import (
	"strings"
	"time"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// bars fill a cell from the bottom, by eighths.
var bars = []rune(" ▁▂▃▄▅▆▇█")

// axisWidth is that of the numbers at the left.
const axisWidth = len("999.9k")

// chart draws the counts of a series in so many lines, the last for the time.
func (p *Pane) chart(c *pane.Context, s *series, height int) []string {
	width := p.room.Width - axisWidth - 3
	if height < 3 || width < 8 {
		return make([]string, max(height, 0))
	}
	rows := height - 1
	seconds := float64(spans[p.span].length / time.Second)
	top := max(float64(highest(s.counts))/seconds, 1)
	columns := stretched(s.counts, width)
	lines := make([]string, 0, height)
	for row := range rows {
		l := draw.NewLine(p.room.Width)
		label := ""
		switch row {
		case 0:
			label = draw.PerSecond(top)
		case rows / 2:
			label = draw.PerSecond(top * float64(rows-row) / float64(rows))
		}
		l.To(1+axisWidth-draw.TextWidth(label)).Put(c.Theme.Dim, label).Put(c.Theme.Border, "│")
		var b strings.Builder
		for _, n := range columns {
			eighths := int(float64(n) / seconds / top * float64(rows*8))
			if n > 0 {
				eighths = max(eighths, 1)
			}
			b.WriteRune(bars[max(min(eighths-8*(rows-1-row), 8), 0)])
		}
		lines = append(lines, l.Put(s.style, b.String()).String())
	}
	return append(lines, p.timeAxis(c, width))
}

// stretched spreads counts over columns, the newest at the right: each column has the
// highest of those that it stands for.
func stretched(counts []uint32, width int) []uint32 {
	columns := make([]uint32, width)
	for i := range columns {
		from, to := i*len(counts)/width, (i+1)*len(counts)/width
		columns[i] = highest(counts[from:max(to, from+1)])
	}
	return columns
}

// timeAxis says when the beginning, the middle and the end are.
func (p *Pane) timeAxis(c *pane.Context, width int) string {
	whole := spans[p.span].length * time.Duration(spans[p.span].counts)
	at := func(ago time.Duration) string { return c.Now.Add(-ago).UTC().Format(draw.SecondForm) }
	l := draw.NewLine(p.room.Width).To(axisWidth + 2)
	l.Put(c.Theme.Dim, at(whole))
	if middle := axisWidth + 2 + width/2; middle-l.Width > 6 {
		l.To(middle-4).Put(c.Theme.Dim, at(whole/2))
	}
	return l.Right(c.Theme.Dim, at(0)+" "+draw.Zone, axisWidth+2+width).String()
}
