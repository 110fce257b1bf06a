package changes

import (
	"vtscope/ui/rows"
)

// A Log is where the change log stands. Rows are named by their sequence
// numbers: the store may drop the oldest under them, a filter may take others
// away, and they stay what they are.
type Log struct {
	Anchor uint64 // the row that the cursor was put on
	Cursor uint64 // the row under the cursor: the anchor, or what is shown nearest to it
	Line   int    // where on screen the cursor stays, counted from the first row
	Top    uint64 // the first row on screen
	Follow bool   // the newest row stays in view
}

// settle finds the rows on screen: the newest at the bottom when the log
// follows, else those around the cursor, which keeps its line where it can.
func (l *Log) settle(v *rows.Matches, rows int) {
	n := v.Len()
	if n == 0 {
		return
	}
	at := v.Nearest(l.Anchor)
	if l.Follow {
		at = n - 1
		l.Anchor = v.Row(at)
	}
	l.Cursor = v.Row(at)
	if rows <= 0 {
		return // the log is not on screen; it comes back as it was
	}
	if l.Follow {
		l.Line = rows - 1
	}
	l.Line = min(max(l.Line, 0), rows-1)
	top := max(min(at-l.Line, n-rows), 0)
	l.Top = v.Row(top)
	if !v.Looking() {
		l.Line = at - top // else rows may yet come between
	}
}

// put puts the cursor on a row shown, by its index, and on a line of the screen.
func (l *Log) put(v *rows.Matches, index, line, rows int) {
	l.Follow = false
	if v.Len() == 0 {
		return
	}
	l.Anchor, l.Line = v.Row(min(max(index, 0), v.Len()-1)), line
	l.settle(v, rows)
	l.Line = l.lineNow(v)
}

// lineNow is the cursor's line.
func (l *Log) lineNow(v *rows.Matches) int { return v.Index(l.Cursor) - v.Index(l.Top) }

// move takes the cursor some rows down, or up where n is negative. Going up
// leaves follow; reaching the newest row does not take it up again, because
// the rows would run away under the reader.
func (l *Log) move(v *rows.Matches, n, rows int) {
	l.put(v, v.Index(l.Cursor)+n, l.lineNow(v)+n, rows)
}

// turn moves the rows on screen by a page, with the cursor on its line.
func (l *Log) turn(v *rows.Matches, n, rows int) {
	l.put(v, v.Index(l.Cursor)+n, l.lineNow(v), rows)
}

// oldest goes to the oldest row.
func (l *Log) oldest(v *rows.Matches, rows int) { l.put(v, 0, 0, rows) }

// newest goes to the newest row and follows.
func (l *Log) newest(v *rows.Matches, rows int) {
	l.Follow = true
	l.settle(v, rows)
}

// below counts the rows shown that are newer than the one under the cursor.
func (l *Log) below(v *rows.Matches) int { return v.Since(l.Cursor + 1) }
