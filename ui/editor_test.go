package ui

import (
	"strings"
	"testing"

	"vtscope/ui/draw"
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
			p := &s.model.prompt
			before, after, _ := strings.Cut(c.from, "|")
			p.text, p.caret = before+after, len(before)
			s.press(strings.Fields(c.keys)...)
			if got := p.text[:p.caret] + "|" + p.text[p.caret:]; got != c.to {
				t.Errorf("gives %q, want %q", got, c.to)
			}
		})
	}
}

func TestInsertIsBounded(t *testing.T) {
	e := editor{text: "ab", caret: 1}
	if e.insert(strings.Repeat("漢", editLimit)) || e.text != "ab" || e.caret != 1 {
		t.Errorf("what is too long leaves %d bytes, the caret at %d", len(e.text), e.caret)
	}
	if !e.insert(strings.Repeat("漢", editLimit/3-1)) || !strings.HasSuffix(e.text, "漢b") || e.caret != len(e.text)-1 {
		t.Errorf("what fits leaves %d bytes, the caret at %d", len(e.text), e.caret)
	}
	if size := len(e.text); e.insert(strings.Repeat("x", 10)) || len(e.text) != size {
		t.Error("a full line took more")
	}
}

// FuzzEditor edits any text, and looks whether the caret stays where one can be
// and in the part that is seen.
func FuzzEditor(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"))
	}
	var all []func(*editor)
	for _, b := range promptBindings {
		if edit, found := edits[b.Action]; found {
			all = append(all, edit)
		}
	}
	f.Fuzz(func(t *testing.T, text string, script []byte) {
		var e editor
		e.insert(text[:min(len(text), 300)])
		for _, step := range script[:min(len(script), 40)] {
			if int(step) < 200 {
				all[int(step)%len(all)](&e)
			} else {
				text := hostile[int(step)%len(hostile)]
				e.insert(text[:min(len(text), 60)])
			}
			columns := 1 + int(step)%70
			from, caret := e.window(columns)
			if e.caret < 0 || e.caret > len(e.text) || from < 0 || from > e.caret {
				t.Fatalf("the caret is at %d of %d, seen from %d on", e.caret, len(e.text), from)
			}
			if caret < 0 || columns > 3 && caret > columns-2 {
				t.Fatalf("the caret is in column %d of %d: %q at %d", caret, columns, e.text, e.caret)
			}
			if what := unfit(spelled(e.text)); what != "" {
				t.Fatalf("%q is shown with %s: %q", e.text, what, spelled(e.text))
			}
			if before := draw.TextWidth(spelled(e.text[from:e.caret])); before != caret {
				t.Fatalf("the caret is in column %d, not %d", caret, before)
			}
		}
	})
}
