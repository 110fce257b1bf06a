package shards

import (
	"fmt"
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// shardPanes draws a pane for every shard, side by side.
func (m *drawing) shardPanes() []string {
	order := m.shardOrder()
	_, across := m.paneGrid(len(order))
	several, chosen := m.SeveralKeyspaces(), m.cursorShard()
	var lines []string
	for start := 0; start < len(order); start += across {
		var rows [paneHeight]strings.Builder
		for i := range across {
			width := m.room.Width*(i+1)/across - m.room.Width*i/across
			if start+i >= len(order) {
				break
			}
			for n, text := range m.shardPane(order[start+i], width, several, order[start+i] == chosen) {
				rows[n].WriteString(text)
			}
		}
		for n := range rows {
			lines = append(lines, rows[n].String())
		}
	}
	return lines
}

func (m *drawing) shardPane(s *stream.ShardState, width int, withKeyspace, chosen bool) []string {
	box := draw.NewBox(m.Theme, width, paneHeight, chosen)
	return box.Draw(draw.ShardName(s.Shard, withKeyspace), []string{
		m.phaseLine(s, box.Inner), m.positionLine(s, box.Inner), m.rateLine(s, box.Inner),
	})
}

// phaseLine is the phase, and to the right the lag, the age or the percentage.
func (m *drawing) phaseLine(s *stream.ShardState, width int) string {
	l := draw.NewLine(width)
	phase, phaseStyle := m.phase(s)
	text, textStyle := m.lagOrAge(s)
	if s.Phase == stream.Copying {
		text, textStyle = m.percent(s), m.Theme.Plain
	}
	l.Put("", " ")
	l.Limit = width - draw.TextWidth(text) - 2
	l.Put(phaseStyle, phase)
	l.Limit = width
	return l.Right(textStyle, text+" ", width).String()
}

// lagOrAge is how late the shard's last transaction came, or how long ago that
// was where it is quiet.
func (m *drawing) lagOrAge(s *stream.ShardState) (string, draw.Style) {
	switch {
	case s.LastEvent.IsZero():
		return "no event yet", m.Theme.Dim
	case s.IsQuiet(m.Now) || m.Summary.State != stream.Streaming:
		return "quiet " + draw.Age(m.Now.Sub(s.LastEvent)), m.Theme.Dim
	}
	d, _, known := s.LagAt(m.Now)
	if !known {
		return "no commit yet", m.Theme.Dim
	}
	return "lag " + draw.ShardLag(s, m.Now), m.LagStyle(d)
}

// percent is how far the copy of the present table is: 43% by its key, ~43% by
// the row estimate.
func (m *drawing) percent(s *stream.ShardState) string {
	table := s.Copying()
	if table == nil {
		return ""
	}
	switch c := m.Facts.CopyShare(s.Shard, table); {
	case !c.Known:
		return draw.Count(table.Rows) + " rows"
	case c.ByKey || table.Done:
		return fmt.Sprintf("%.0f%%", c.Share*100)
	default:
		return fmt.Sprintf("~%.0f%%", c.Share*100)
	}
}

// positionLine is the position, where it has room, and how far behind it is; in
// the copy a bar and the time left.
func (m *drawing) positionLine(s *stream.ShardState, width int) string {
	l := draw.NewLine(width)
	l.Put("", " ")
	if table := s.Copying(); table != nil {
		if c := m.Facts.CopyShare(s.Shard, table); c.Known {
			return m.copyLine(l, s, c, width)
		}
	}
	text, look := m.behindText(s, width-2)
	l.Put(m.Theme.Dim, draw.PositionIn(s.GTID, width-draw.TextWidth(text)-3))
	return l.Right(look, text+" ", width).String()
}

// copyLine is a bar, and the time left.
func (m *drawing) copyLine(l *draw.Line, s *stream.ShardState, c pane.CopyShare, width int) string {
	text := ""
	if to := c.TimeLeft(s, m.Now); to > 0 {
		text = "left " + draw.TimeLeft(to)
	} else if c.Rest == 0 && !c.ByKey && c.Share < 1 {
		text = "over estimate"
	}
	l.Put(m.Theme.Kinds[stream.Copy], draw.Bar(c.Share, max(width-16, 4)))
	return l.Right(m.Theme.Dim, text+" ", width).String()
}

// rateLine is a graph of the last seconds and the rate, and of a stalled shard
// why it is, as far as there is room.
func (m *drawing) rateLine(s *stream.ShardState, width int) string {
	l := draw.NewLine(width)
	if s.Standing.Stalled && s.Standing.Why != "" {
		return l.Put("", " ").Put(m.Theme.Warn, draw.Safe([]byte(s.Standing.Why))).String()
	}
	text := draw.Rate(s.Rate.PerSecond(m.Now))
	history := s.Rate.History(nil, m.Now, max(width-draw.TextWidth(text)-4, 0))
	l.Put("", " ").Put(m.Theme.Accent, draw.Sparkline(history))
	return l.Right("", text+" ", width).String()
}
