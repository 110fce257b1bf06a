package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// shardList draws a line for each shard, under a line of names, as far as the
// height goes.
func (m *Model) shardList(height int, order []*stream.ShardState) []string {
	several := m.SeveralKeyspaces()
	names := len("SHARD")
	for _, s := range order {
		names = max(names, draw.TextWidth(draw.ShardName(s.Shard, several)))
	}
	names = min(names, m.width/4)
	room := height - 1
	m.panel.scrollTo(m.chosenIn(order), room, len(order))
	chosen := m.cursorShard()
	lines := []string{m.shardListTitle(names, len(order), room)}
	for _, s := range order[m.panel.offset:] {
		if len(lines) == height {
			break
		}
		line := m.shardLine(s, names, several)
		if s == chosen {
			line = string(m.Theme.Reverse) + ansi.Strip(line) + draw.Reset
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

func (m *Model) shardListTitle(names, shards, room int) string {
	l := draw.NewLine(m.width)
	s := m.Theme.Dim
	if m.focus == paneShards {
		s = m.Theme.Focus
	}
	l.Put("", " ").Cell(s, "SHARD", names).Cell(s, "PHASE", phaseWidth)
	if m.width >= 60 {
		l.Cell(s, "LAG", lagWidth)
	}
	l.Cell(s, "BEHIND", m.behindWidth())
	if m.width >= 50 {
		l.Cell(s, "RATE", rateWidth)
	}
	if m.width >= 100 {
		l.Cell(s, "POSITION", positionWidth)
	}
	if rest := shards - room - m.panel.offset; rest > 0 {
		l.Right(m.Theme.Dim, "↓"+draw.Count(rest)+" ", m.width)
	}
	return l.String()
}

func (m *Model) shardLine(s *stream.ShardState, names int, withKeyspace bool) string {
	l := draw.NewLine(m.width)
	phase, phaseStyle := m.phase(s)
	text, textStyle := m.lagOrAge(s)
	text = strings.TrimPrefix(text, "lag ")
	l.Put("", " ").Cell(m.Theme.Accent, draw.ShardName(s.Shard, withKeyspace), names)
	l.Cell(phaseStyle, phase, phaseWidth)
	if m.width >= 60 {
		l.Cell(textStyle, text, lagWidth)
	}
	behind, behindStyle := m.behindText(s, m.behindWidth()+len("behind "))
	if s.Phase == stream.Copying {
		behind, behindStyle = m.copyText(s, m.behindWidth()), m.Theme.Plain
	}
	l.Cell(behindStyle, strings.TrimPrefix(behind, "behind "), m.behindWidth())
	if m.width >= 50 {
		l.Cell("", draw.Rate(s.Rate.PerSecond(m.Now)), rateWidth)
	}
	if m.width >= 100 {
		l.Cell(m.Theme.Dim, draw.Safe([]byte(draw.Position(s.GTID))), positionWidth)
	}
	if room := m.width - l.Width - 1; room > 3 {
		l.Put(m.Theme.Accent, draw.Sparkline(s.Rate.History(nil, m.Now, room)))
	}
	return l.String()
}

// copyText is how far a copy is, and the time left where there is room.
func (m *Model) copyText(s *stream.ShardState, room int) string {
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
func (m *Model) behindWidth() int {
	if m.width >= 80 {
		return behindWidth
	}
	return behindWidth / 2
}
