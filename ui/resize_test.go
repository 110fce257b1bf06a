package ui

import "testing"

// TestResizeAndBack: another size and back gives the same screen.
func TestResizeAndBack(t *testing.T) {
	for _, keys := range [][]string{nil, {"enter"}, {"enter", "enter"}, {"space"}, {"tab", "z"}, {"?"}, {"/", "tab", "down"}, {"s", "x"}, {"/", "(", "enter"}, {"+", "j"}} {
		s := liveShop(t).screen(100, 30).press(keys...).resize(100, 30)
		before := s.view()
		for _, size := range [][2]int{{40, 8}, {300, 100}, {0, 0}, {39, 8}, {40, 7}, {1, 1}, {100, 8}, {40, 100}, {201, 59}} {
			s.resize(size[0], size[1]).fits()
		}
		if s.resize(100, 30); s.view() != before {
			t.Errorf("after %v, another size and back give another screen:\n%s", keys, s.text())
		}
	}
}

// TestResizeKeepsTheRow under the cursor, and keeps it in view.
func TestResizeKeepsTheRow(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("pgup", "k", "k")
	at := s.model.changes.Cursor
	for _, size := range [][2]int{{40, 12}, {300, 100}, {20, 4}, {100, 30}, {80, 24}} {
		if s.resize(size[0], size[1]).at(at); size[0] >= minWidth {
			s.selected()
		}
	}
}

func TestTooSmall(t *testing.T) {
	s := liveShop(t).screen(39, 24).fits()
	if got := s.text(); got != "vtscope needs 40×8 characters" {
		t.Errorf("39×24 shows %q", got)
	}
	s.resize(80, 7).fits().shows("vtscope needs 40×8").resize(10, 3).fits()
	if s.resize(0, 0); s.view() != "" {
		t.Errorf("0×0 shows %q", s.view())
	}
	s.press("q")
	if !s.quit {
		t.Error("a screen that is too small cannot be left")
	}
}
