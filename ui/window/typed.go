package window

import (
	"unicode/utf8"

	"vtscope/ui/pane"
)

// A Paster is a window in which text is typed.
type Paster interface {
	// Paste types what is pasted.
	Paste(c *pane.Context, text string)
}

// paste types text, character by character. What is no character, such as the end of a
// line, is left out.
func paste(c *pane.Context, w Window, text string) {
	for _, r := range text {
		if r >= ' ' && r != 0x7f {
			w.Press(c, string(r), "")
		}
	}
}

// typed is text after a key that edits it at its end, and whether it was one.
func typed(text, key string, limit int) (string, bool) {
	switch key {
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(text)
		return text[:len(text)-n], true
	case "ctrl+u":
		return "", true
	case "space":
		key = " "
	}
	if utf8.RuneCountInString(key) != 1 {
		return text, false
	}
	if len(text)+len(key) > limit {
		return text, true
	}
	return text + key, true
}
