package ui

import (
	"strings"
	"testing"
)

// TestEditing types keys into texts in which | is the caret.
func TestEditing(t *testing.T) {
	for _, c := range []struct{ from, keys, to string }{
		{"ab|", "left", "a|b"},
		{"|ab", "left", "|ab"},
		{"ab|", "right", "ab|"},
		{"a|b", "right ctrl+a right", "a|b"},
		{"a|b", "home", "|ab"},
		{"a|b", "end ctrl+b", "a|b"},
		{"a|b", "x y", "axy|b"},
		{"ab|c", "backspace backspace backspace", "|c"},
		{"a|bc", "delete ctrl+d delete", "a|"},
		{"email = 'a b'|", "ctrl+w ctrl+w", "email = |"},
		{"email = 'a'|", "alt+backspace", "email = '|"},
		{"before.email| = 1", "ctrl+left alt+b alt+left", "|before.email = 1"},
		{"|before.email = 1", "ctrl+right alt+f", "before.email| = 1"},
		{"a |bc_1 = 2", "alt+d", "a | = 2"},
		{"a| = 2", "ctrl+delete alt+delete", "a|"},
		{"a = 1 AND| b", "ctrl+u", "| b"},
		{"a = 1 AND| b", "ctrl+k", "a = 1 AND|"},
		{"größe| = 1", "alt+b", "|größe = 1"},
		// What looks like one character is one.
		{"山田|", "left backspace", "|田"},
		{"a👩‍👩‍👧‍👦|b", "left right backspace", "a|b"},
		{"e\u0301|x", "backspace", "|x"},
		{"🇳🇱🇯🇵|", "left", "🇳🇱|🇯🇵"},
		{"|e\u0301x", "delete", "|x"},
		{"e|", "\u0301", "e\u0301|"},
	} {
		t.Run(c.from+" "+c.keys, func(t *testing.T) {
			s := newFixture(t).screen(80, 24).press("s")
			before, after, _ := strings.Cut(c.from, "|")
			s.pastes(before + after).press("home")
			for _, caret := s.model.prompt.Text(); caret < len(before); _, caret = s.model.prompt.Text() {
				s.press("right")
			}
			s.press(strings.Fields(c.keys)...)
			text, caret := s.model.prompt.Text()
			if got := text[:caret] + "|" + text[caret:]; got != c.to {
				t.Errorf("gives %q, want %q", got, c.to)
			}
		})
	}
}
