package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/pane"
)

// TestPalette: an action is found by letters of what it does, and done.
func TestPalette(t *testing.T) {
	s := liveShop(t).screen(100, 30).press(":").fits().shows("Actions", "one row up")
	s.types("tables").shows("3 ", "the tables").press("enter").hides("Actions").shows("TABLE").fits()
	s.press(":").types("pau").press("enter").shows("PAUSED").press(":").types("paus").press("enter").hides("PAUSED")
	s.press(":").types("qqqqq").shows("nothing has such a name").press("enter").shows("nothing has such a name").press("ctrl+u").shows("one row up")
	s.types("x").press("backspace").shows("one row up").press("esc").hides("Actions")
	// What a letter is bound to elsewhere is a letter here.
	s.press(":").types("q j").hides("one row up").press("esc").shows("Tables")
	if s.press("1", ":", "down", "up", "tab", "pgdown", "pgup", "esc"); s.quit {
		t.Error("a letter quits")
	}
	for _, size := range [][2]int{{40, 8}, {60, 12}, {300, 100}} {
		s.resize(size[0], size[1]).press(":", "pgdown", "pgdown").fits().press("esc")
	}
	s.resize(80, 24).press(":").types("filter: a MySQL").press("enter").shows("apply")
	s.press("esc", ":").types("close what is open").press("enter")
	if !s.quit {
		t.Error("the palette does not quit")
	}
}

// TestPaletteDoesEveryAction: each that is offered is done, whatever it is.
func TestPaletteDoesEveryAction(t *testing.T) {
	for _, b := range doable(pane.NewKeys(bindings, nil)) {
		s := liveShop(t).screen(100, 30).press("enter")
		s.press(":").perform(s.send(tea.KeyPressMsg{Code: tea.KeyEnter})) // the first, to begin with
		s.perform(s.model.after(s.model.do(b.Action)))
		s.model.View()
		s.fits()
	}
}

// TestKeyThatDoesNothing says what does.
func TestKeyThatDoesNothing(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("V").shows("V does nothing; ? lists the keys, : finds an action")
	s.press("k").hides("does nothing").fits()
}
