package shards

import (
	"fmt"
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// heatMap draws a sign for each shard, in the order of their key ranges, over
// the list of those that need attention first. Where the shards do not fit, a
// sign stands for several and shows the worst of them.
func (m *drawing) heatMap(height int) []string {
	order := m.shardOrder()
	width := m.room.Width - 2
	rows, each := m.heatGrid(height, len(order))
	lines, chosen := []string{m.heatTitle(order, each)}, m.cursorShard()
	for start := 0; start < len(order) && len(lines) <= rows; start += width * each {
		l := draw.NewLine(m.room.Width)
		l.Put("", " ")
		for i := start; i < min(start+width*each, len(order)); i += each {
			group := order[i:min(i+each, len(order))]
			glyph, s := m.heat(group)
			if slices.Contains(group, chosen) {
				s = m.Theme.Reverse + s
			}
			l.Put(s, glyph)
		}
		lines = append(lines, l.String())
	}
	if room := height - len(lines); room >= 2 {
		lines = append(lines, m.shardList(room, m.shownOrder())...)
	}
	return lines
}

// heatGrid says how many rows of signs there are, and how many shards a sign stands for.
func (m *drawing) heatGrid(height, shards int) (rows, each int) {
	width := m.room.Width - 2
	rows = min((shards+width-1)/width, max(height/2, 1))
	return rows, (shards + rows*width - 1) / (rows * width)
}

// heatTitle counts the shards by trouble, the worst first, and so says what the
// signs stand for; where there is room, also what the blocks do.
func (m *drawing) heatTitle(order []*stream.ShardState, each int) string {
	var counts [stream.Troubles]int
	for _, s := range order {
		counts[m.Trouble(s)]++
	}
	head := draw.Count(len(order)) + " shards"
	if each > 1 {
		head += fmt.Sprintf(", %d to a sign", each)
	}
	l := draw.NewLine(m.room.Width)
	l.Put("", " ").Put(m.Theme.Bold, head)
	words := m.legendWords(&counts, m.room.Width-draw.TextWidth(head)-2)
	for i := range stream.Troubles {
		trouble := stream.Troubles - 1 - i
		if counts[trouble] > 0 {
			l.Put("", "  ").Put(m.TroubleStyle(trouble), legend(trouble, counts[trouble], trouble >= words))
		}
	}
	if l.Width+draw.TextWidth(heatScale)+3 <= m.room.Width {
		l.Right(m.Theme.Dim, heatScale+" ", m.room.Width)
	}
	return l.String()
}

// legend is the sign of a trouble and how many shards have it.
func legend(t stream.Trouble, n int, worded bool) string {
	if !worded {
		return shardSigns[t] + draw.Count(n)
	}
	return shardSigns[t] + " " + draw.Count(n) + " " + t.String()
}

// legendWords is the trouble from which upward there is room for the words. Those
// of the best are the first to go.
func (m *drawing) legendWords(counts *[stream.Troubles]int, room int) stream.Trouble {
	for words := range stream.Troubles {
		width := 0
		for i, n := range counts {
			if t := stream.Trouble(i); n > 0 {
				width += 2 + draw.TextWidth(legend(t, n, t >= words))
			}
		}
		if width <= room {
			return words
		}
	}
	return stream.Troubles
}

// heatScale says how many changes a second the blocks stand for.
const heatScale = "changes/s ░ <10 ▒ <100 ▓ <1,000 █"

// heat is the sign of the worst of some shards; where they all do well, a block
// for the busiest.
func (m *drawing) heat(shards []*stream.ShardState) (string, draw.Style) {
	busy, worst := 0.0, stream.IsClosed
	for _, s := range shards {
		busy = max(busy, s.Rate.PerSecond(m.Now))
		worst = max(worst, m.Trouble(s))
	}
	sign := shardSigns[worst]
	if worst == stream.IsStreaming {
		sign = heatBlock(busy)
	}
	return sign, m.TroubleStyle(worst)
}

func heatBlock(perSecond float64) string {
	switch {
	case perSecond >= 1000:
		return "█"
	case perSecond >= 100:
		return "▓"
	case perSecond >= 10:
		return "▒"
	}
	return "░"
}
