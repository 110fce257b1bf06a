package ui

import (
	"slices"
	"time"

	"vtscope/stream"
)

// A part is a piece of the header. Where the screen is narrow, the parts with
// the highest rank are left out first; those of rank 0 never.
type part struct {
	rank  int
	style style
	text  string
}

// header is the first line: what is streamed from where, the state, the rate,
// the lag, what is kept, the time.
func (m *Model) header() string {
	parts := m.headerParts()
	clock := m.now.UTC().Format(secondForm) + " " + clockZone
	room := m.width - 2
	for rank := 9; rank > 0 && partsWidth(parts)+len(clock) > room; rank-- {
		parts = slices.DeleteFunc(parts, func(p part) bool { return p.rank == rank })
	}
	l := newLine(m.width)
	l.put("", " ")
	for _, p := range parts {
		l.put(p.style, p.text)
	}
	return l.right(m.theme.dim, clock+" ", m.width).String()
}

func partsWidth(parts []part) (width int) {
	for _, p := range parts {
		width += textWidth(p.text)
	}
	return width
}

func (m *Model) headerParts() []part {
	t := m.theme
	word, state := m.state()
	parts := []part{
		{2, t.title, safe([]byte(m.options.Target))},
		{8, t.dim, "  " + safe([]byte(m.options.Address))},
	}
	if m.facts.version != "" {
		parts = append(parts, part{9, t.dim, " v" + safe([]byte(m.facts.version))})
	}
	parts = append(parts, part{2, "", "   "}, part{0, state, "● " + word})
	if m.paused {
		parts = append(parts, part{0, t.warn, "  PAUSED +" + count(m.latest.End()-m.shown.End())})
	}
	if m.summary.Problems > 0 {
		parts = append(parts, part{0, t.bad, "  " + plural(m.summary.Problems, "problem")})
	}
	parts = append(parts, part{3, "", "   " + perSecond(m.summary.Rate.PerSecond(m.now))}, part{7, t.dim, " changes/s"})
	if worst, text, known := m.worstLag(); known {
		parts = append(parts, part{4, t.dim, "   lag "}, part{4, m.lagStyle(worst), text})
	}
	if behind := m.allBehind(); behind > 0 {
		parts = append(parts, part{4, t.dim, "   behind "}, part{4, t.warn, count(behind)})
	}
	parts = append(parts, part{6, "", "   " + count(m.latest.Len())}, part{6, t.dim, " kept"})
	if dropped := m.latest.Dropped(); dropped > 0 {
		parts = append(parts, part{5, "", "  " + count(dropped)}, part{5, t.dim, " dropped"})
	}
	return parts
}

// state is the stream's state in the header's words.
func (m *Model) state() (string, style) {
	switch m.summary.State {
	case stream.Streaming:
		for i := range m.shards {
			if m.shards[i].Phase == stream.Copying {
				return "COPYING", m.theme.kinds[stream.Copy]
			}
		}
		return "LIVE", m.theme.good
	case stream.Retrying:
		return "RETRYING", m.theme.bad
	case stream.Ended:
		if m.summary.Failure != "" {
			return "ENDED", m.theme.bad
		}
		return "ENDED", m.theme.warn
	}
	if m.summary.Retries > 0 {
		return "RETRYING", m.theme.warn
	}
	return "CONNECTING", m.theme.warn
}

// worstLag is the largest lag of a live shard, also in words, not known while no
// stream is open.
func (m *Model) worstLag() (worst time.Duration, text string, known bool) {
	if m.summary.State != stream.Streaming {
		return 0, "", false
	}
	for i := range m.shards {
		s := &m.shards[i]
		d, words, told := m.lagNow(s)
		if told && s.Phase == stream.Live && !m.quiet(s) && (!known || d > worst) {
			worst, text, known = d, words, true
		}
	}
	return worst, text, known
}

// allBehind is how many transactions the shards are behind that have been for
// longer than a poll.
func (m *Model) allBehind() (n uint64) {
	for i := range m.shards {
		if s := &m.shards[i]; m.isBehind(s) && s.Phase == stream.Live {
			n += s.Standing.Behind
		}
	}
	return n
}

// lateFrom is the lag from which a shard counts as late: the clock of a binlog
// has whole seconds, so up to two are none.
const lateFrom = 3 * time.Second

// lagStyle marks what is late.
func (m *Model) lagStyle(d time.Duration) style {
	switch {
	case d < lateFrom:
		return ""
	case d < 30*time.Second:
		return m.theme.warn
	}
	return m.theme.bad
}
