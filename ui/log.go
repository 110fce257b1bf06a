package ui

import (
	"vtscope/stream"
	"vtscope/ui/rows"
)

// logView is where the change log stands. Rows are named by their sequence
// numbers: the store may drop the oldest under them, a filter may take others
// away, and they stay what they are.
type logView struct {
	anchor  uint64 // the row that the cursor was put on
	cursor  uint64 // the row under the cursor: the anchor, or what is shown nearest to it
	line    int    // where on screen the cursor stays, counted from the first row
	top     uint64 // the first row on screen
	follow  bool   // the newest row stays in view
	offset  int    // columns that the change column is scrolled
	columns rowColumns
	rows    []uint64    // those on screen, as drawn last
	held    *rowSubject // the row that the details show, nil where they do not
}

func newLogView() logView { return logView{follow: true} }

// settle finds the rows on screen: the newest at the bottom when the log
// follows, else those around the cursor, which keeps its line where it can.
func (l *logView) settle(v *rows.Matches, rows int) {
	n := v.Len()
	if n == 0 {
		return
	}
	at := v.Nearest(l.anchor)
	if l.follow {
		at = n - 1
		l.anchor = v.Row(at)
	}
	l.cursor = v.Row(at)
	if rows <= 0 {
		return // the log is not on screen; it comes back as it was
	}
	if l.follow {
		l.line = rows - 1
	}
	l.line = min(max(l.line, 0), rows-1)
	top := max(min(at-l.line, n-rows), 0)
	l.top = v.Row(top)
	if !v.Looking() {
		l.line = at - top // else rows may yet come between
	}
}

// put puts the cursor on a row shown, by its index, and on a line of the screen.
func (l *logView) put(v *rows.Matches, index, line, rows int) {
	l.follow = false
	if v.Len() == 0 {
		return
	}
	l.anchor, l.line = v.Row(min(max(index, 0), v.Len()-1)), line
	l.settle(v, rows)
	l.line = l.lineNow(v)
}

// lineNow is the cursor's line.
func (l *logView) lineNow(v *rows.Matches) int { return v.Index(l.cursor) - v.Index(l.top) }

// move takes the cursor some rows down, or up where n is negative. Going up
// leaves follow; reaching the newest row does not take it up again, because
// the rows would run away under the reader.
func (l *logView) move(v *rows.Matches, n, rows int) {
	l.put(v, v.Index(l.cursor)+n, l.lineNow(v)+n, rows)
}

// page moves the rows on screen by a page, with the cursor on its line.
func (l *logView) page(v *rows.Matches, n, rows int) {
	l.put(v, v.Index(l.cursor)+n, l.lineNow(v), rows)
}

// oldest goes to the oldest row.
func (l *logView) oldest(v *rows.Matches, rows int) { l.put(v, 0, 0, rows) }

// newest goes to the newest row and follows.
func (l *logView) newest(v *rows.Matches, rows int) {
	l.follow = true
	l.settle(v, rows)
}

// scroll moves the change column sideways.
func (l *logView) scroll(n int) { l.offset = max(l.offset+n, 0) }

// below counts the rows shown that are newer than the one under the cursor.
func (l *logView) below(v *rows.Matches) int { return v.Since(l.cursor + 1) }

// findRows notes which rows are on screen.
func (m *Model) findRows() {
	m.log.rows = m.log.rows[:0]
	if m.Sieve.Matches.Len() > 0 {
		m.log.rows = m.Sieve.Matches.Rows(m.log.rows, m.Sieve.Matches.Index(m.log.top), m.layout.rows)
	}
}

// drawRows draws the rows on screen.
func (m *Model) drawRows(rows int) []string {
	lines := make([]string, 0, rows)
	if len(m.log.rows) == 0 {
		lines = append(lines, m.emptyLog(rows)...)
	}
	var record stream.Record
	for _, seq := range m.log.rows {
		if m.Shown.At(seq, &record) {
			lines = append(lines, m.row(&record, &m.log.columns, seq == m.log.cursor))
		}
	}
	for len(lines) < rows {
		lines = append(lines, "")
	}
	return lines
}
