package shards

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// shardList draws a line for each shard, under a line of names, as far as the
// height goes.
func (m *drawing) shardList(height int, order []*stream.ShardState) []string {
	several := m.SeveralKeyspaces()
	names := len("SHARD")
	for _, s := range order {
		names = max(names, draw.TextWidth(draw.ShardName(s.Shard, several)))
	}
	names = min(names, m.room.Width/4)
	room := height - 1
	m.scrollTo(m.chosenIn(order), room, len(order))
	chosen := m.cursorShard()
	lines := []string{m.shardListTitle(names, len(order), room)}
	for _, s := range order[m.offset:] {
		if len(lines) == height {
			break
		}
		line := m.shardLine(s, names, several)
		if s == chosen {
			line = draw.Selected(m.Theme, line)
		}
		lines = append(lines, line)
	}
	return lines
}

// Widths of the list's columns.
const (
	phaseWidth    = 16
	positionWidth = 22
	lagWidth      = 13
	behindWidth   = 17
	rateWidth     = 7
)

func (m *drawing) shardListTitle(names, shards, room int) string {
	l := draw.NewLine(m.room.Width)
	s := m.Theme.Dim
	if m.room.Focused {
		s = m.Theme.Focus
	}
	l.Put("", " ").Cell(s, "SHARD", names).Cell(s, "PHASE", phaseWidth)
	if m.room.Width >= 60 {
		l.Cell(s, "LAG", lagWidth)
	}
	l.Cell(s, "BEHIND", m.behindWidth())
	if m.room.Width >= 50 {
		l.Cell(s, "RATE", rateWidth)
	}
	if m.room.Width >= 100 {
		l.Cell(s, "POSITION", positionWidth)
	}
	rest, by := "", ""
	if n := shards - room - m.offset; n > 0 {
		rest = "↓" + draw.Count(n) + " "
	}
	switch form, height := m.form(); {
	case m.by > 0:
		by = "by " + orders[m.by-1].name + " "
	case form == formHeat, shards > m.bodyHeight(height)-1:
		by = "worst first "
	}
	if l.Width+draw.TextWidth(by+rest) >= m.room.Width {
		by = "" // the last line has said it, or the help
	}
	l.Right(m.Theme.Dim, by+rest, m.room.Width)
	return l.String()
}

func (m *drawing) shardLine(s *stream.ShardState, names int, withKeyspace bool) string {
	l := draw.NewLine(m.room.Width)
	phase, phaseStyle := m.phase(s)
	text, textStyle := m.lagOrAge(s)
	text = strings.TrimPrefix(text, "lag ")
	l.Put("", " ").Cell(m.Theme.Accent, draw.ShardName(s.Shard, withKeyspace), names)
	l.Cell(phaseStyle, phase, phaseWidth)
	if m.room.Width >= 60 {
		l.Cell(textStyle, text, lagWidth)
	}
	behind, behindStyle := m.behindText(s, m.behindWidth()+len("behind "))
	if s.Phase == stream.Copying {
		behind, behindStyle = m.copyText(s, m.behindWidth()), m.Theme.Plain
	}
	l.Cell(behindStyle, strings.TrimPrefix(behind, "behind "), m.behindWidth())
	if m.room.Width >= 50 {
		l.Cell("", draw.Rate(s.Rate.PerSecond(m.Now)), rateWidth)
	}
	if m.room.Width >= 100 {
		l.Cell(m.Theme.Dim, draw.Safe([]byte(draw.Position(s.GTID))), positionWidth)
	}
	if room := m.room.Width - l.Width - 1; room > 3 {
		l.Put(m.Theme.Accent, draw.Sparkline(s.Rate.History(nil, m.Now, room)))
	}
	return l.String()
}

// copyText is how far a copy is, and the time left where there is room.
func (m *drawing) copyText(s *stream.ShardState, room int) string {
	share, table := m.percent(s), s.Copying()
	if table == nil {
		return ""
	}
	short := share
	if draw.TextWidth(share) > room {
		short = draw.PerSecond(float64(table.Rows)) + " rows"
	}
	c := m.Facts.CopyShare(s.Shard, table)
	if to := c.TimeLeft(s, m.Now); to > 0 {
		return fitting(room, share+"  left "+draw.TimeLeft(to), share, short)
	}
	return fitting(room, share, short)
}

// behindWidth is that of the column for transactions behind; a wide screen also
// has room for since when.
func (m *drawing) behindWidth() int {
	if m.room.Width >= 80 {
		return behindWidth
	}
	return behindWidth / 2
}
