package ui

import (
	"strings"
	"testing"
)

func TestHelpListsEveryKey(t *testing.T) {
	s := liveShop(t).screen(120, 90).press("?").fits()
	for _, b := range explained(s.model.Keys, s.model.prompt.Keys, "Here: the changes", views[viewLog].Uses) {
		s.shows(b.Show, b.Group, b.Help)
	}
	for _, key := range []string{"?", "q", "esc", "f1"} {
		s.press(key).hides("Here: the changes").press("f1").shows("Here: the changes")
	}
	if s.quit {
		t.Error("closing the help quits")
	}
}

func TestHelpScrolls(t *testing.T) {
	s := liveShop(t).screen(40, 8).press("?").shows("Here:").hides("ctrl-k").fits()
	s.press("G").shows("ctrl-k").hides("Here:").fits()
	s.press("g").shows("Here:").press("pgdown", "j", "ctrl+d").hides("Here:").fits()
	for range 80 {
		s.press("j").fits()
	}
	s.shows("ctrl-k")
	// A larger terminal has room for all of it.
	s.resize(100, 90).shows("Here:", "ctrl-k").fits()
}

// TestHelpTakesTheKeys: the screen behind does not move.
func TestHelpTakesTheKeys(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("?", "k", "g", "space", "enter", "tab", "z", "?").shows("▶ follow")
	if s.model.Paused || s.model.detailed != paneNone || s.model.zoomed || s.model.focus != paneView {
		t.Error("a key went through the help")
	}
}

// TestHelpIsOfThePane: the keys of the pane that has them come first, and say what they do
// there.
func TestHelpIsOfThePane(t *testing.T) {
	for _, test := range []struct {
		keys        []string
		title, help string
	}{
		{nil, "Here: the changes", "the row in full"},
		{[]string{"2"}, "Here: the shards", "find a shard by a part"},
		{[]string{"3"}, "Here: the tables", "the table's changes, in the log"},
		{[]string{"4"}, "Here: the transactions", "the transaction's rows, in the log"},
		{[]string{"enter", "tab"}, "Here: the details", "only rows with this value"},
	} {
		s := liveShop(t).screen(120, 40).press(test.keys...).press("?").shows(test.title, test.help).fits()
		if first := strings.TrimSpace(strings.Trim(s.lines()[1], "│ ")); !strings.Contains(s.text(), test.title) || strings.Contains(first, "Moving") {
			t.Errorf("the help begins with %q", first)
		}
	}
}

// TestKeyLineFollowsThePane: it has the keys of the pane, and always those for help and to
// leave.
func TestKeyLineFollowsThePane(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		s := liveShop(t).screen(width, 30)
		last := func(words ...string) {
			t.Helper()
			line := s.lines()[29]
			for _, word := range words {
				if !strings.Contains(line, word) && (width > 40 || word == "? help" || strings.HasPrefix(word, "q ")) {
					t.Errorf("%d columns: %q lacks %q", width, line, word)
				}
			}
		}
		last("space pause", ": find", "? help", "q quit")
		s.press("2")
		last("s find", "o order", "? help", "q close")
		s.press("1", "enter", "tab")
		last("enter open", "? help", "q close")
		s.press("4")
		last("enter its rows", "? help", "q close")
	}
}
