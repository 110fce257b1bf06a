package ui

import (
	"slices"
	"testing"

	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// TestEveryKeyIsHeard makes every key of the table from the bytes that a
// terminal sends, and looks whether its action is found.
func TestEveryKeyIsHeard(t *testing.T) {
	seen, keys := map[string]bool{}, pane.NewKeys(bindings, nil)
	for _, b := range bindings {
		for _, name := range b.Keys {
			if seen[name] {
				t.Errorf("%q stands twice in the key table", name)
			}
			seen[name] = true
			key, err := keyPress(name)
			if err != nil {
				t.Error(err)
				continue
			}
			if got := keys.Action(key.String()); got != b.Action {
				t.Errorf("%q does %q, not %q: it comes as %q", name, got, b.Action, key.String())
			}
		}
	}
}

// TestEveryPromptKeyIsHeard does the same for the line that is typed in. A key
// that types something is not for its table.
func TestEveryPromptKeyIsHeard(t *testing.T) {
	seen, p := map[string]bool{}, prompt.New("", pane.NewKeys(prompt.Bindings, nil))
	for _, b := range prompt.Bindings {
		for _, name := range b.Keys {
			if seen[name] {
				t.Errorf("%q stands twice in the key table", name)
			}
			seen[name] = true
			key, err := keyPress(name)
			if err != nil {
				t.Error(err)
				continue
			}
			if got := p.ActionOf(key); got != b.Action {
				t.Errorf("%q does %q, not %q: it comes as %q", name, got, b.Action, key.Keystroke())
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
		if act := pane.NewKeys(bindings, nil).Action(name); act != "" {
			t.Errorf("%s is bound to %s", name, act)
		}
	}
}

func TestUnknownKeyDoesNothing(t *testing.T) {
	s := shop(newFixture(t)).screen(80, 24)
	before := s.lines()
	if s.press("W", "9", "ctrl+y"); !slices.Equal(s.lines()[:23], before[:23]) || s.quit {
		t.Error("a key that has no action changed the screen")
	}
	s.shows("ctrl+y does nothing; ? lists the keys")
}

// TestTwoKeysInOneRead: esc and another key that come at once are two presses.
func TestTwoKeysInOneRead(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter", "enter").hides("Changes").press("alt+esc").shows("Changes").hides("╭ update", "╭ insert", "╭ delete")
	s.press("/", "e", "m").proposes(0, "email varchar(128)").press("alt+esc").hides("enter apply")
	s.press("/").types("1 = 1").press("alt+s").hides(" filter  1 = 1").shows(" search").press("alt+G").hides("enter search").shows("▶ follow")
	s.press("/").types("ab cd").press("alt+b", "alt+d").typed("ab ")
}

func TestTwoKeysInOneReadOfTheTerminal(t *testing.T) {
	p := startProgram(t, 120, 40)
	p.shows("● LIVE", "customer")
	p.press("enter", "enter")
	p.hides("Changes")
	p.terminal.input <- []byte("\x1b\x1b")
	p.shows("Changes")
	p.hides("arrived ")
	p.terminal.input <- []byte("\x1b/")
	p.shows("enter apply")
	p.press("esc", "q")
	if err := p.end(); err != nil {
		t.Error(err)
	}
}

// TestAKeyWithoutUseSaysSo, in each pane.
func TestAKeyWithoutUseSaysSo(t *testing.T) {
	f := liveShop(t)
	for _, keys := range [][]string{{"o"}, {"O"}, {"2", "x"}, {"3", "m"}, {"4", "t"}, {"5", "T"}, {"enter", "tab", "enter", "u"}} {
		last := keys[len(keys)-1]
		f.screen(120, 40).press(keys...).shows(last + " does nothing here; ? lists what does")
	}
	f.screen(120, 40).press("g", "k", "h", "pgup").hides("does nothing here")
}
