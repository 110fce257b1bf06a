package rows

import (
	"slices"
	"time"

	"vtscope/filter"
)

// The first scan of a filter comes back after firstSlice, so that something is on
// screen at once; each later one takes twice the time of the one before, up to
// lastSlice, because every message has the screen drawn.
const (
	firstSlice = 5 * time.Millisecond
	lastSlice  = 100 * time.Millisecond
)

// mostScans is how many commands look at rows at a time at most: the stream needs
// its share of the processors.
const mostScans = 2

// worthSharing is from how many rows on two scans share a span.
const worthSharing = 16 << 10

// next takes the part of todo that is nearest to an anchor and that no command
// looks at: what is shown first is what the reader is at. With idle commands
// beside it, it leaves them a half of what would be the last part.
func (m *Matches) next(anchor uint64, idle int) (s span, upwards, found bool) {
	free := m.todo
	for _, b := range m.busy {
		free = without(free, b)
	}
	parts, distance := 0, uint64(0)
	for _, t := range free {
		for i, part := range []span{{t.from, min(t.to, anchor+1)}, {max(t.from, anchor+1), t.to}} {
			if part.len() == 0 {
				continue
			}
			parts++
			away := anchor + 1 - part.to
			if i == 1 {
				away = part.from - anchor - 1
			}
			if !found || away < distance {
				s, upwards, found, distance = part, i == 1, true, away
			}
		}
	}
	if half := uint64(s.len() / 2); idle > 1 && parts == 1 && half >= worthSharing/2 {
		if upwards {
			s.to -= half
		} else {
			s.from += half
		}
	}
	if found {
		m.busy = append(m.busy, s)
	}
	return s, upwards, found
}

// slice is how long the next scan may look.
func (m *Matches) slice() time.Duration {
	d := lastSlice
	if m.slices < 8 {
		d = min(firstSlice<<m.slices, lastSlice)
	}
	m.slices++
	return d
}

// matcher lends a matcher to a command, which brings it back.
func (m *Matches) matcher() *filter.Matcher {
	if n := len(m.matchers); n > 0 {
		last := m.matchers[n-1]
		m.matchers = m.matchers[:n-1]
		return last
	}
	return m.filter.Matcher()
}

// take takes a scan's results over, with what it had borrowed.
func (m *Matches) take(l *Looked) {
	if l.matcher == nil {
		return
	}
	m.fill(l.looked, l.found)
	m.matchers = append(m.matchers, l.matcher)
	m.busy = slices.DeleteFunc(m.busy, func(s span) bool { return s == l.span })
	m.Failed += l.failed
	if m.Reason == nil && l.failed > 0 {
		m.Reason = l.reason
	}
}
