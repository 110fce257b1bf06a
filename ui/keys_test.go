package ui

import "testing"

// TestEveryKeyIsHeard makes every key of the table from the bytes that a
// terminal sends, and looks whether its action is found.
func TestEveryKeyIsHeard(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range bindings {
		for _, name := range b.keys {
			if seen[name] {
				t.Errorf("%q stands twice in the key table", name)
			}
			seen[name] = true
			key, err := keyPress(name)
			if err != nil {
				t.Error(err)
				continue
			}
			if got := actionOf[key.String()]; got != b.action {
				t.Errorf("%q does %q, not %q: it comes as %q", name, got, b.action, key.String())
			}
		}
	}
}

// TestEveryPromptKeyIsHeard does the same for the line that is typed in. A key
// that types something is not for its table.
func TestEveryPromptKeyIsHeard(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range promptBindings {
		for _, name := range b.keys {
			if seen[name] {
				t.Errorf("%q stands twice in the key table", name)
			}
			seen[name] = true
			key, err := keyPress(name)
			if err != nil {
				t.Error(err)
				continue
			}
			if got := promptActionOf[key.Keystroke()]; got != b.action {
				t.Errorf("%q does %q, not %q: it comes as %q", name, got, b.action, key.Keystroke())
			}
			if key.Text != "" {
				t.Errorf("%q types %q", name, key.Text)
			}
		}
	}
}

// TestNoKeyOfAnother refuses keys that terminals cannot tell from others:
// backspace, tab, enter, and those of flow control.
func TestNoKeyOfAnother(t *testing.T) {
	for _, name := range []string{"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "ctrl+q"} {
		if act, bound := actionOf[name]; bound {
			t.Errorf("%s is bound to %s", name, act)
		}
	}
}

func TestUnknownKeyDoesNothing(t *testing.T) {
	s := shop(newFixture(t)).screen(80, 24)
	before := s.view()
	if s.press("W", "9", "ctrl+y"); s.view() != before || s.quit {
		t.Error("a key that has no action changed the screen")
	}
}
