package ui

import "testing"

func TestHelpListsEveryKey(t *testing.T) {
	s := liveShop(t).screen(120, 70).press("?").fits()
	for _, b := range listedBindings() {
		s.shows(b.Show, b.Group, b.Help)
	}
	for _, key := range []string{"?", "q", "esc", "f1"} {
		s.press(key).hides("Change log").press("f1").shows("Change log")
	}
	if s.quit {
		t.Error("closing the help quits")
	}
}

func TestHelpScrolls(t *testing.T) {
	s := liveShop(t).screen(40, 8).press("?").shows("Moving").hides("ctrl-k").fits()
	s.press("G").shows("ctrl-k").hides("Moving").fits()
	s.press("g").shows("Moving").press("pgdown", "j", "ctrl+d").hides("Moving").fits()
	for range 60 {
		s.press("j").fits()
	}
	s.shows("ctrl-k")
	// A larger terminal has room for all of it.
	s.resize(100, 70).shows("Moving", "ctrl-k").fits()
}

// TestHelpTakesTheKeys: the screen behind does not move.
func TestHelpTakesTheKeys(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("?", "k", "g", "space", "enter", "tab", "z", "?").shows("▶ follow")
	if s.model.Paused || s.model.detailed != paneNone || s.model.zoomed || s.model.focus != paneView {
		t.Error("a key went through the help")
	}
}
