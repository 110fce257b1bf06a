package ui

import "vtscope/stream"

// logView is where the change log stands. Rows are named by their sequence
// numbers: the store may drop the oldest under them, and they stay what they are.
type logView struct {
	top     uint64 // the first row on screen
	cursor  uint64 // the row under the cursor
	follow  bool   // the newest row stays in view
	offset  int    // columns that the change column is scrolled
	columns rowColumns
}

func newLogView() logView { return logView{follow: true} }

// settle brings the view into the snapshot's bounds: to the newest row when it
// follows, to the oldest kept where its rows are gone.
func (v *logView) settle(s *stream.Snapshot, rows int) {
	first, end := s.First(), s.End()
	if first == end || rows <= 0 {
		return
	}
	if v.follow {
		v.cursor = end - 1
	}
	v.cursor = min(max(v.cursor, first), end-1)
	v.top = min(max(v.top, first), v.cursor)
	if v.cursor-v.top >= uint64(rows) {
		v.top = v.cursor - uint64(rows) + 1
	}
	if filled := end - v.top; filled < uint64(rows) {
		v.top = max(first, end-min(end-first, uint64(rows)))
	}
}

// move takes the cursor some rows down, or up where n is negative. Going up
// leaves follow; reaching the newest row does not take it up again, because
// the rows would run away under the reader.
func (v *logView) move(s *stream.Snapshot, n, rows int) {
	v.follow = false
	first, end := s.First(), s.End()
	if first == end {
		return
	}
	at := int64(v.cursor) + int64(n)
	v.cursor = uint64(min(max(at, int64(first)), int64(end-1)))
	if v.cursor < v.top {
		v.top = v.cursor
	}
	v.settle(s, rows)
}

// page moves the view and the cursor by a page.
func (v *logView) page(s *stream.Snapshot, n, rows int) {
	top := int64(v.top) + int64(n)
	v.top = uint64(max(top, int64(s.First())))
	v.move(s, n, rows)
}

// oldest goes to the oldest row kept.
func (v *logView) oldest(s *stream.Snapshot, rows int) {
	v.follow, v.cursor, v.top = false, s.First(), s.First()
	v.settle(s, rows)
}

// newest goes to the newest row and follows.
func (v *logView) newest(s *stream.Snapshot, rows int) {
	v.follow = true
	v.settle(s, rows)
}

// scroll moves the change column sideways.
func (v *logView) scroll(n int) { v.offset = max(v.offset+n, 0) }

// worthTelling is from how many bytes on the memory of the log is shown.
const worthTelling = 16 << 20

// logTitle is the line above the log: whose turn it is, and where the view stands.
func (m *Model) logTitle() string {
	l := newLine(m.width)
	s := m.theme.dim
	if m.focus == paneLog {
		s = m.theme.focus
	}
	l.put("", " ").put(s, "Changes")
	if m.log.offset > 0 {
		l.put(m.theme.dim, "  ←"+count(m.log.offset))
	}
	if failure := m.summary.Failure; failure != "" && m.summary.State != stream.Streaming {
		l.limit = m.width - 30
		l.put("", "  ").put(m.theme.bad, safe([]byte(m.summary.State.String()+": "+failure)))
		l.limit = m.width
	}
	right := "▶ follow"
	rightStyle := m.theme.good
	switch {
	case m.paused:
		right, rightStyle = "‖ paused", m.theme.warn
	case !m.log.follow:
		below := uint64(0)
		if m.shown.Len() > 0 {
			below = m.shown.End() - 1 - m.log.cursor
		}
		right, rightStyle = count(below)+" below · G to follow", m.theme.warn
	}
	text := count(m.shown.Len()) + " rows"
	if bytes := m.shown.Bytes(); bytes >= worthTelling {
		text += "  " + size(bytes)
	}
	l.right(m.theme.dim, text, m.width-textWidth(right)-3)
	l.right(rightStyle, right+" ", m.width)
	return l.String()
}

// drawRows draws the rows on screen.
func (m *Model) drawRows(rows int) []string {
	lines := make([]string, 0, rows)
	if m.shown.Len() == 0 {
		lines = append(lines, m.emptyLog())
	}
	var record stream.Record
	for seq := m.log.top; len(lines) < rows && m.shown.At(seq, &record); seq++ {
		lines = append(lines, m.row(&record, &m.log.columns, seq == m.log.cursor))
	}
	for len(lines) < rows {
		lines = append(lines, "")
	}
	return lines
}

// emptyLog says why there is nothing to see yet.
func (m *Model) emptyLog() string {
	text := "connecting …"
	switch m.summary.State {
	case stream.Streaming:
		text = "no change has arrived yet; the stream is open"
	case stream.Retrying, stream.Ended:
		text = m.summary.Failure
	}
	l := newLine(m.width)
	return l.put("", "   ").put(m.theme.dim, safe([]byte(text))).String()
}
