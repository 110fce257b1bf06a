package ui

import (
	"time"

	"vtscope/stream"
)

// header is the first line: what is streamed from where, the state, the rate,
// the lag, what is kept, the time.
func (m *Model) header() string {
	l := newLine(m.width)
	l.put("", " ").put(m.theme.title, safe([]byte(m.options.Target)))
	l.put(m.theme.dim, "  "+safe([]byte(m.options.Address)))
	if m.facts.version != "" {
		l.put(m.theme.dim, " v"+safe([]byte(m.facts.version)))
	}
	word, s := m.state()
	l.put("", "   ").put(s, "● "+word)
	if m.paused {
		arrived := m.latest.End() - m.shown.End()
		l.put("", "  ").put(m.theme.warn, "PAUSED +"+count(arrived))
	}
	l.put("", "   "+rate(m.summary.Rate.PerSecond(m.now)))
	if worst, known := m.worstLag(); known {
		l.put("", "   ").put(m.theme.dim, "lag ").put(m.lagStyle(worst), lag(worst))
	}
	l.put("", "   "+count(m.latest.Len())).put(m.theme.dim, " kept")
	if dropped := m.latest.Dropped(); dropped > 0 {
		l.put("", "  "+count(dropped)).put(m.theme.dim, " dropped")
	}
	if m.summary.Problems > 0 {
		l.put("", "  ").put(m.theme.bad, count(m.summary.Problems)+" problems")
	}
	l.right(m.theme.dim, m.now.Format(time.TimeOnly)+" ", m.width)
	return l.String()
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

// worstLag is the largest lag of a live shard.
func (m *Model) worstLag() (worst time.Duration, known bool) {
	for i := range m.shards {
		s := &m.shards[i]
		if s.LagKnown && s.Phase == stream.Live {
			worst, known = max(worst, s.Lag), true
		}
	}
	return worst, known
}

// lagStyle marks what is late: the clock of a binlog has whole seconds, so up
// to two are none.
func (m *Model) lagStyle(d time.Duration) style {
	switch {
	case d < 3*time.Second:
		return ""
	case d < 30*time.Second:
		return m.theme.warn
	}
	return m.theme.bad
}
