package changes

import (
	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/rows"
)

// worthTelling is from how many bytes on the memory of the log is shown.
const worthTelling = 16 << 20

// enoughTitle is what the left of the log's title should have; where it has
// less, the right is written shorter.
const enoughTitle = 24

// A note is something to be said in the title.
type note struct {
	style draw.Style
	text  string
}

// logTitle is the line above the log: the filter, how many rows it shows of how
// many, and where the log stands.
func (m *drawing) logTitle() string {
	l := draw.NewLine(m.room.Width)
	tally, where := m.tally(false), m.whereabouts(false)
	width := func() int { return draw.TextWidth(tally) + draw.TextWidth(where.text) + 5 }
	if m.room.Width-width() < enoughTitle {
		tally = m.tally(true)
	}
	if m.room.Width-width() < enoughTitle {
		where = m.whereabouts(true)
	}
	l.Limit = max(m.room.Width-width(), 0)
	m.putTitle(l)
	l.Limit = m.room.Width
	l.Right(m.Theme.Dim, tally, m.room.Width-draw.TextWidth(where.text)-3)
	l.Right(where.style, where.text+" ", m.room.Width)
	return l.String()
}

// putTitle is the title's left: the filter, and what is to be said of it or of
// the stream.
func (m *drawing) putTitle(l *draw.Line) {
	s, name := m.Theme.Dim, "Changes"
	if m.room.Focused {
		s = m.Theme.Focus
	}
	text, textStyle := "", m.Theme.Plain
	if m.Sieve.Filter != nil {
		name, text = "filter", draw.Safe([]byte(m.Sieve.Filter.String()))
		if m.Sieve.Off {
			name, s, textStyle = "filter off", m.Theme.Dim, m.Theme.Off
			if l.Limit > 2*enoughTitle {
				name += " (" + m.Keys.Key(pane.ActToggle) + " on)"
			}
		}
	}
	l.Put("", " ").Put(s, name)
	if m.offset > 0 {
		l.Put(m.Theme.Dim, "  ←"+draw.Count(m.offset))
	}
	remark := m.remark()
	if text != "" {
		// The note has the room that it needs, up to a half.
		limit, room := l.Limit, l.Limit-l.Width-2
		if room < enoughTitle {
			remark = note{}
		}
		if remark.text != "" {
			l.Limit -= min(draw.TextWidth(remark.text)+2, room/2)
		}
		l.Put("", "  ").Put(textStyle, text)
		l.Limit, l.Cut, l.Lost = limit, false, false
	}
	switch {
	case remark.text != "":
		l.Put("", "  ").Put(remark.style, remark.text)
	case text == "" && m.Sieve.HasBefore():
		m.hint(l, m.Keys.Key(pane.ActFilter)+" filter  "+m.Keys.Key(pane.ActToggle)+" restore the last")
	case text == "":
		m.hint(l, m.Keys.Key(pane.ActFilter)+" filter")
	}
}

// hint puts dim text where it fits.
func (m *drawing) hint(l *draw.Line, text string) {
	if l.Width+draw.TextWidth(text)+3 <= l.Limit {
		l.Put("", "   ").Put(m.Theme.Dim, text)
	}
}

// remark is what is to be said beside the filter: what broke the stream, or what
// is wrong with the filter.
func (m *drawing) remark() note {
	switch failure := m.Summary.Failure; {
	case failure != "":
		return note{style: m.Theme.Bad, text: draw.Safe([]byte(m.Summary.State.String() + ": " + failure))}
	case m.FilterProblem != nil:
		return note{style: m.Theme.Warn, text: draw.Safe([]byte(filter.Summary(m.FilterProblem)))}
	case m.Sieve.Matches.Failed > 0:
		return note{style: m.Theme.Warn, text: draw.Count(m.Sieve.Matches.Failed) + " could not be evaluated: " + draw.Safe([]byte(filter.Summary(m.Sieve.Matches.Reason)))}
	}
	return note{}
}

// tally says how many rows are shown of how many there are. What has not been
// looked at is not counted as not matching.
func (m *drawing) tally(short bool) string {
	kept := draw.Count(m.Shown.Len())
	switch v := m.Sieve.Matches; {
	case m.Sieve.IsPending():
		return "looking …"
	case m.Sieve.Filter == nil || m.Sieve.Off:
		text := kept + " rows"
		if bytes := m.Shown.Bytes(); bytes >= worthTelling && !short {
			text += "  " + draw.Size(bytes)
		}
		return text
	case !v.Looking():
		return draw.Count(v.Len()) + " of " + kept
	case short:
		return draw.Count(v.Len()) + " so far · " + share(v)
	default:
		return draw.Count(v.Len()) + " so far · " + share(v) + " looked at of " + kept
	}
}

// share is how much of the snapshot has been looked at.
func share(v *rows.Matches) string { return draw.Count(v.Share()) + "%" }

// whereabouts says whether the log follows, and how many rows are below the
// cursor where it does not.
func (m *drawing) whereabouts(short bool) note {
	switch {
	case m.Paused:
		return note{style: m.Theme.Warn, text: "‖ paused"}
	case m.Follow:
		return note{style: m.Theme.Good, text: "▶ follow"}
	}
	text := draw.Count(m.below(m.Sieve.Matches)) + " below · " + m.Keys.Key(pane.ActFollow)
	if !short {
		text += " to follow"
	}
	return note{style: m.Theme.Warn, text: text}
}

// emptyLog says why no row is shown.
func (m *drawing) emptyLog(rows int) []string {
	text := "connecting …"
	switch {
	case m.Shown.Len() > 0:
		if text = m.noMatch(); m.FilterProblem != nil {
			text += "\n" + draw.Safe([]byte(filter.Summary(m.FilterProblem)))
		}
	case m.Unasked:
		text = "nothing is streamed before the question is answered"
	case m.Summary.State == stream.Streaming:
		text = "no change has arrived yet; the stream is open"
	case m.Summary.State == stream.Retrying, m.Summary.State == stream.Ended:
		text = draw.Safe([]byte(m.Summary.Failure))
	}
	var lines []string
	for _, note := range draw.Wrap(text, m.room.Width-6) {
		if len(lines) == rows {
			break
		}
		lines = append(lines, draw.NewLine(m.room.Width).Put("", "   ").Put(m.Theme.Dim, note).String())
	}
	return lines
}

// noMatch says that the filter shows none of the rows, or not yet.
func (m *drawing) noMatch() string {
	kept := draw.Count(m.Shown.Len())
	if m.Sieve.Matches.Looking() {
		return "looking: " + draw.Count(m.Sieve.Matches.Share()) + "%" + " of " + kept + " rows looked at, none of them matches"
	}
	return "no row of " + kept + " matches; " + m.Keys.Key(pane.ActBack) + " takes the filter away, " + m.Keys.Key(pane.ActToggle) + " switches it off"
}
