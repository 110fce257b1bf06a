package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// shardList draws a line for each shard, under a line of names, as far as the
// height goes.
func (m *Model) shardList(height int, order []*stream.ShardState) []string {
	several := m.severalKeyspaces()
	names := len("SHARD")
	for _, s := range order {
		names = max(names, textWidth(shardName(s.Shard, several)))
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
			line = string(m.theme.reverse) + ansi.Strip(line) + resetStyle
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
	l := newLine(m.width)
	s := m.theme.dim
	if m.focus == paneShards {
		s = m.theme.focus
	}
	l.put("", " ").cell(s, "SHARD", names).cell(s, "PHASE", phaseWidth)
	if m.width >= 60 {
		l.cell(s, "LAG", lagWidth)
	}
	l.cell(s, "BEHIND", m.behindWidth())
	if m.width >= 50 {
		l.cell(s, "RATE", rateWidth)
	}
	if m.width >= 100 {
		l.cell(s, "POSITION", positionWidth)
	}
	if rest := shards - room - m.panel.offset; rest > 0 {
		l.right(m.theme.dim, "↓"+count(rest)+" ", m.width)
	}
	return l.String()
}

func (m *Model) shardLine(s *stream.ShardState, names int, withKeyspace bool) string {
	l := newLine(m.width)
	phase, phaseStyle := m.phase(s)
	text, textStyle := m.lagOrAge(s)
	text = strings.TrimPrefix(text, "lag ")
	l.put("", " ").cell(m.theme.accent, shardName(s.Shard, withKeyspace), names)
	l.cell(phaseStyle, phase, phaseWidth)
	if m.width >= 60 {
		l.cell(textStyle, text, lagWidth)
	}
	behind, behindStyle := m.behindText(s, m.behindWidth()+len("behind "))
	if s.Phase == stream.Copying {
		behind, behindStyle = m.copyText(s, m.behindWidth()), m.theme.plain
	}
	l.cell(behindStyle, strings.TrimPrefix(behind, "behind "), m.behindWidth())
	if m.width >= 50 {
		l.cell("", rate(s.Rate.PerSecond(m.now)), rateWidth)
	}
	if m.width >= 100 {
		l.cell(m.theme.dim, safe([]byte(position(s.GTID))), positionWidth)
	}
	if room := m.width - l.width - 1; room > 3 {
		l.put(m.theme.accent, sparkline(s.Rate.History(nil, m.now, room)))
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
	if textWidth(share) > room {
		short = perSecond(float64(table.Rows)) + " rows"
	}
	c := m.copyShare(s.Shard, table)
	if to := c.timeLeft(s, m.now); to > 0 {
		return fitting(room, share+"  left "+left(to), share, short)
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
