package ui

import (
	"errors"

	"vtscope/filter"
	"vtscope/stream"
)

// worthTelling is from how many bytes on the memory of the log is shown.
const worthTelling = 16 << 20

// enoughTitle is what the left of the log's title should have; where it has
// less, the right is written shorter.
const enoughTitle = 24

// logTitle is the line above the log: the filter, how many rows it shows of how
// many, and where the log stands.
func (m *Model) logTitle() string {
	l := newLine(m.width)
	tally, where := m.tally(false), m.whereabouts(false)
	width := func() int { return textWidth(tally) + textWidth(where.text) + 5 }
	if m.width-width() < enoughTitle {
		tally = m.tally(true)
	}
	if m.width-width() < enoughTitle {
		where = m.whereabouts(true)
	}
	l.limit = max(m.width-width(), 0)
	m.putTitle(l)
	l.limit = m.width
	l.right(m.theme.dim, tally, m.width-textWidth(where.text)-3)
	l.right(where.style, where.text+" ", m.width)
	return l.String()
}

// putTitle is the title's left: the filter, and what is to be said of it or of
// the stream.
func (m *Model) putTitle(l *line) {
	s, name := m.theme.dim, "Changes"
	if m.focus == paneLog {
		s = m.theme.focus
	}
	text, textStyle := "", m.theme.plain
	if m.filter != nil {
		name, text = "filter", safe([]byte(m.filter.String()))
		if m.filterOff {
			name, s, textStyle = "filter off", m.theme.dim, m.theme.off
			if l.limit > 2*enoughTitle {
				name += " (! on)"
			}
		}
	}
	l.put("", " ").put(s, name)
	if m.log.offset > 0 {
		l.put(m.theme.dim, "  ←"+count(m.log.offset))
	}
	note := m.note()
	if text != "" {
		// The note has the room that it needs, up to a half.
		limit, room := l.limit, l.limit-l.width-2
		if room < enoughTitle {
			note = part{}
		}
		if note.text != "" {
			l.limit -= min(textWidth(note.text)+2, room/2)
		}
		l.put("", "  ").put(textStyle, text)
		l.limit, l.cut, l.lost = limit, false, false
	}
	switch {
	case note.text != "":
		l.put("", "  ").put(note.style, note.text)
	case text == "" && m.filterBefore != nil:
		m.hint(l, "/ filter  ! the one before")
	case text == "":
		m.hint(l, "/ filter")
	}
}

// hint puts dim text where it fits.
func (m *Model) hint(l *line, text string) {
	if l.width+textWidth(text)+3 <= l.limit {
		l.put("", "   ").put(m.theme.dim, text)
	}
}

// note is what is to be said beside the filter: what broke the stream, or what
// is wrong with the filter.
func (m *Model) note() part {
	switch failure := m.summary.Failure; {
	case failure != "":
		return part{style: m.theme.bad, text: safe([]byte(m.summary.State.String() + ": " + failure))}
	case m.filterProblem != nil:
		return part{style: m.theme.warn, text: problem(m.filterProblem)}
	case m.view.failed > 0:
		return part{style: m.theme.warn, text: count(m.view.failed) + " could not be evaluated: " + problem(m.view.reason)}
	}
	return part{}
}

// problem is what is wrong with a filter, in a line.
func problem(err error) string {
	text := err.Error()
	if e := (*filter.Error)(nil); errors.As(err, &e) {
		text = e.Summary()
	}
	return safe([]byte(text))
}

// tally says how many rows are shown of how many there are. What has not been
// looked at is not counted as not matching.
func (m *Model) tally(short bool) string {
	kept := count(m.shown.Len())
	switch v := m.view; {
	case m.pending != nil:
		return "looking …"
	case v.filter == nil:
		text := kept + " rows"
		if bytes := m.shown.Bytes(); bytes >= worthTelling && !short {
			text += "  " + size(bytes)
		}
		return text
	case !v.looking():
		return count(v.len()) + " of " + kept
	case short:
		return count(v.len()) + " so far · " + v.share()
	default:
		return count(v.len()) + " so far · " + v.share() + " looked at of " + kept
	}
}

// share is how much of the snapshot has been looked at.
func (v *view) share() string {
	return count(min(v.looked()*100/max(int(v.end-v.first), 1), 99)) + "%"
}

// whereabouts says whether the log follows, and how many rows are below the
// cursor where it does not.
func (m *Model) whereabouts(short bool) part {
	switch {
	case m.paused:
		return part{style: m.theme.warn, text: "‖ paused"}
	case m.log.follow:
		return part{style: m.theme.good, text: "▶ follow"}
	}
	text := count(m.log.below(m.view)) + " below · G"
	if !short {
		text += " to follow"
	}
	return part{style: m.theme.warn, text: text}
}

// emptyLog says why no row is shown.
func (m *Model) emptyLog(rows int) []string {
	text := "connecting …"
	switch {
	case m.shown.Len() > 0:
		if text = m.noMatch(); m.filterProblem != nil {
			text += "\n" + problem(m.filterProblem)
		}
	case m.summary.State == stream.Streaming:
		text = "no change has arrived yet; the stream is open"
	case m.summary.State == stream.Retrying, m.summary.State == stream.Ended:
		text = safe([]byte(m.summary.Failure))
	}
	var lines []string
	for _, part := range wrap(text, m.width-6) {
		if len(lines) == rows {
			break
		}
		lines = append(lines, newLine(m.width).put("", "   ").put(m.theme.dim, part).String())
	}
	return lines
}

// noMatch says that the filter shows none of the rows, or not yet.
func (m *Model) noMatch() string {
	kept := count(m.shown.Len())
	if m.view.looking() {
		return "looking: " + m.view.share() + " of " + kept + " rows looked at, none of them matches"
	}
	return "no row of " + kept + " matches; esc takes the filter away, ! switches it off"
}
