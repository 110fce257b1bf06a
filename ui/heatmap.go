package ui

import (
	"fmt"

	"vtscope/stream"
)

// heatMap draws a character for each shard, in the order of their key ranges,
// over the list of those that need attention first. Where the shards do not
// fit, a character stands for several and shows the worst of them.
func (m *Model) heatMap(height int) []string {
	order := m.shardOrder()
	width := m.width - 2
	rows := min((len(order)+width-1)/width, max(height/2, 1))
	each := (len(order) + rows*width - 1) / (rows * width)
	lines := []string{m.heatTitle(order, each)}
	for start := 0; start < len(order) && len(lines) <= rows; start += width * each {
		l := newLine(m.width)
		l.put("", " ")
		for i := start; i < min(start+width*each, len(order)); i += each {
			glyph, s := m.heat(order[i:min(i+each, len(order))])
			l.put(s, glyph)
		}
		lines = append(lines, l.String())
	}
	if room := height - len(lines); room >= 2 {
		lines = append(lines, m.shardList(room, m.shownOrder())...)
	}
	return lines
}

// heatTitle counts the shards by what they do.
func (m *Model) heatTitle(order []*stream.ShardState, each int) string {
	var byPhase [4]int
	for _, s := range order {
		byPhase[s.Phase]++
	}
	l := newLine(m.width)
	l.put("", " ").put(m.theme.bold, count(len(order))+" shards")
	for _, phase := range []stream.Phase{stream.Live, stream.Copying, stream.Waiting, stream.Closed} {
		if n := byPhase[phase]; n > 0 {
			l.put(m.theme.dim, "  "+count(n)+" "+phase.String())
		}
	}
	if text := m.troubleCounts(); text != "" {
		l.put("", "  ").put(m.theme.bad, text)
	}
	if each > 1 {
		l.put(m.theme.dim, fmt.Sprintf("  a character for %d", each))
	}
	return l.String()
}

// byTrouble puts the most troubled first. Within a class the shards keep their
// order, so that the list does not dance.
func (m *Model) byTrouble(order []*stream.ShardState) []*stream.ShardState {
	var classes [troubles][]*stream.ShardState
	for _, s := range order {
		worst := m.trouble(s)
		classes[worst] = append(classes[worst], s)
	}
	sorted := make([]*stream.ShardState, 0, len(order))
	for i := range classes {
		sorted = append(sorted, classes[troubles-1-i]...)
	}
	return sorted
}

// heat is the character of some shards: its weight says how busy they are, its
// colour what the worst of them does.
func (m *Model) heat(shards []*stream.ShardState) (string, style) {
	busy, worst := 0.0, troubleNone
	for _, s := range shards {
		busy = max(busy, s.Rate.PerSecond(m.now))
		worst = max(worst, m.trouble(s))
	}
	glyph := "·"
	switch {
	case busy >= 1000:
		glyph = "█"
	case busy >= 100:
		glyph = "▓"
	case busy >= 10:
		glyph = "▒"
	case busy > 0:
		glyph = "░"
	}
	styles := [...]style{
		troubleNone: m.theme.good, troubleQuiet: m.theme.dim, troubleCopy: m.theme.kinds[stream.Copy],
		troubleWaiting: m.theme.warn, troubleLag: m.theme.warn, troubleBehind: m.theme.warn,
		troubleAhead: m.theme.bad, troubleStalled: m.theme.bad,
	}
	return glyph, styles[worst]
}
