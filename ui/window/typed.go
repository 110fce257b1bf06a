package window

import "unicode/utf8"

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
