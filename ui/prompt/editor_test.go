package prompt

import (
	"strings"
	"testing"

	"vtscope/internal/hostile"
	"vtscope/ui/draw"
)

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
	for _, text := range hostile.Texts {
		f.Add(text, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"))
	}
	var all []func(*editor)
	for _, b := range Bindings {
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
				text := hostile.Texts[int(step)%len(hostile.Texts)]
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
			if what := hostile.Unfit(spelled(e.text)); what != "" {
				t.Fatalf("%q is shown with %s: %q", e.text, what, spelled(e.text))
			}
			if before := draw.TextWidth(spelled(e.text[from:e.caret])); before != caret {
				t.Fatalf("the caret is in column %d, not %d", caret, before)
			}
		}
	})
}
