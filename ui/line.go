package ui

import (
	"bytes"

	"github.com/charmbracelet/x/ansi"
)

const resetStyle = "\x1b[m"

// A line is one line of the screen in the making: it takes styled text until
// it is full, and knows how wide it is. Text has to be safe (cell.go).
type line struct {
	buf   []byte
	width int // columns taken
	limit int
	skip  int  // columns to leave out first, for sideways scrolling
	plain bool // without styles, for the row under the cursor
	cut   bool // "…" stands for what had no room
	lost  bool // some text had no room at all, and no "…" says so
}

func newLine(limit int) *line { return &line{limit: max(limit, 0)} }

// put appends text, cut with "…" where it does not fit; after that it takes no
// more.
func (l *line) put(s style, text string) *line {
	room := l.limit - l.width
	if text == "" || l.cut {
		return l
	}
	if room <= 0 {
		l.lost = true
		return l
	}
	width := textWidth(text)
	if l.skip > 0 {
		if width <= l.skip {
			l.skip -= width
			return l
		}
		text = ansi.Cut(text, l.skip, width)
		width, l.skip = textWidth(text), 0
	}
	if width > room {
		text = ansi.Truncate(text, room, "…")
		width, l.cut = textWidth(text), true
	}
	if s != "" && !l.plain {
		l.buf = append(append(append(l.buf, s...), text...), resetStyle...)
	} else {
		l.buf = append(l.buf, text...)
	}
	l.width += width
	return l
}

// to fills with spaces up to a column.
func (l *line) to(column int) *line {
	if n := min(column, l.limit) - l.width; n > 0 {
		l.buf = append(l.buf, bytes.Repeat([]byte{' '}, n)...)
		l.width += n
	}
	return l
}

// cell puts text into a column of the given width, with a space after it.
func (l *line) cell(s style, text string, width int) *line {
	start, limit := l.width, l.limit
	l.limit = min(limit, start+width)
	l.put(s, text)
	l.limit, l.cut, l.lost = limit, false, false
	return l.to(start + width + 1)
}

// right puts text so that it ends at a column, where there is room after what
// the line holds.
func (l *line) right(s style, text string, column int) *line {
	column = min(column, l.limit)
	if width := textWidth(text); l.width+width < column {
		l.cut = false
		return l.to(column-width).put(s, text)
	}
	return l
}

// String gives the line filled to its limit.
func (l *line) String() string { return string(l.to(l.limit).buf) }

// textWidth is the width of safe text in columns.
func textWidth(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}
