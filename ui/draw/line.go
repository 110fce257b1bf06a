package draw

import (
	"bytes"

	"github.com/charmbracelet/x/ansi"
)

// Reset ends every style.
const Reset = "\x1b[m"

// A Line is one line of the screen in the making: it takes styled text until
// it is full, and knows how wide it is. Text has to be safe (cell.go).
type Line struct {
	Buf   []byte
	Width int  // columns taken
	Limit int  // columns there are
	Skip  int  // columns to leave out first, for sideways scrolling
	Plain bool // without styles, for the row under the cursor
	Cut   bool // "…" stands for what had no room
	Lost  bool // some text had no room at all, and no "…" says so
}

// NewLine makes a line of at most so many columns.
func NewLine(limit int) *Line { return &Line{Limit: max(limit, 0)} }

// Put appends text, cut with "…" where it does not fit; after that it takes no
// more.
func (l *Line) Put(s Style, text string) *Line {
	room := l.Limit - l.Width
	if text == "" || l.Cut {
		return l
	}
	if room <= 0 {
		l.Lost = true
		return l
	}
	width := TextWidth(text)
	if l.Skip > 0 {
		if width <= l.Skip {
			l.Skip -= width
			return l
		}
		text = ansi.Cut(text, l.Skip, width)
		width, l.Skip = TextWidth(text), 0
	}
	if width > room {
		text = ansi.Truncate(text, room, "…")
		width, l.Cut = TextWidth(text), true
	}
	if s != "" && !l.Plain {
		l.Buf = append(append(append(l.Buf, s...), text...), Reset...)
	} else {
		l.Buf = append(l.Buf, text...)
	}
	l.Width += width
	return l
}

// To fills with spaces up to a column.
func (l *Line) To(column int) *Line {
	if n := min(column, l.Limit) - l.Width; n > 0 {
		l.Buf = append(l.Buf, bytes.Repeat([]byte{' '}, n)...)
		l.Width += n
	}
	return l
}

// Cell puts text into a column of the given width, with a space after it.
func (l *Line) Cell(s Style, text string, width int) *Line {
	start, limit := l.Width, l.Limit
	l.Limit = min(limit, start+width)
	l.Put(s, text)
	l.Limit, l.Cut, l.Lost = limit, false, false
	return l.To(start + width + 1)
}

// CellRight is Cell with the text at the right of the column.
func (l *Line) CellRight(s Style, text string, width int) *Line {
	return l.To(l.Width+max(width-TextWidth(text), 0)).Put(s, text).Put("", " ")
}

// Right puts text so that it ends at a column, where there is room after what
// the line holds.
func (l *Line) Right(s Style, text string, column int) *Line {
	column = min(column, l.Limit)
	if width := TextWidth(text); l.Width+width < column {
		l.Cut = false
		return l.To(column-width).Put(s, text)
	}
	return l
}

// String gives the line filled to its limit.
func (l *Line) String() string { return string(l.To(l.Limit).Buf) }

// TextWidth is the width of safe text in columns.
func TextWidth(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// Selected is a drawn line under the cursor.
func Selected(t *Theme, line string) string { return string(t.Reverse) + ansi.Strip(line) + Reset }

// Filled gives exactly so many lines: blank ones after those that there are, or fewer.
func Filled(lines []string, height int) []string {
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines[:height]
}
