package filter

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// An Error says what is wrong with an expression, and where.
type Error struct {
	// Text is the expression.
	Text string
	// Start and End bound the place, in bytes of Text; both are len(Text)
	// where something is missing at the end.
	Start, End int
	// Problem says what is wrong, in a few words and without the place.
	Problem string
	// Hint says what was expected or is near, "" where nothing is known.
	Hint string
}

// Error gives three lines: the problem with its hint, the expression around
// the place, and a caret under it.
func (e *Error) Error() string {
	excerpt, caret := e.Excerpt(76)
	return e.Summary() + "\n  " + excerpt + "\n  " + caret
}

// Summary gives the problem with its hint, in one line.
func (e *Error) Summary() string {
	if e.Hint == "" {
		return e.Problem
	}
	return e.Problem + "; " + e.Hint
}

// Excerpt gives the expression around the place, cut to a width in characters,
// and carets to stand under it. Control characters show as spaces.
func (e *Error) Excerpt(width int) (excerpt, carets string) {
	width = max(width, 3)
	runes := []rune(strings.ToValidUTF8(e.Text, "?"))
	for i, r := range runes {
		if r < ' ' || r == 0x7f {
			runes[i] = ' '
		}
	}
	start, end := runesBefore(e.Text, e.Start), runesBefore(e.Text, e.End)
	if len(runes) > width {
		first := max(0, min(start-width/2, len(runes)-width))
		start, end = start-first, end-first
		isCut := first+width < len(runes)
		runes = runes[first : first+width]
		if first > 0 {
			runes[0] = '…'
		}
		if isCut {
			runes[width-1] = '…'
		}
	}
	end = max(min(end, len(runes)), start+1)
	return string(runes), strings.Repeat(" ", start) + strings.Repeat("^", end-start)
}

// runesBefore counts the characters before a byte offset.
func runesBefore(s string, offset int) int {
	return utf8.RuneCountInString(strings.ToValidUTF8(s[:min(offset, len(s))], "?"))
}

// Summary says what is wrong with a filter in one line: of an *Error without the
// text and the caret.
func Summary(err error) string {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}
