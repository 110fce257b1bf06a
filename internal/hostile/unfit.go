package hostile

import (
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Unfit says what of a text is not fit for a terminal.
func Unfit(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		switch {
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return "a control character"
		case r == 0x200d:
		case unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp):
			return "a character that turns text or ends a line"
		}
	}
	if ansi.StringWidth(text) != ansi.StringWidthWc(text) {
		return "a width that terminals measure in different ways"
	}
	return ""
}
