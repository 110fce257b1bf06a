package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// click clicks on the first place where a text stands.
func (s *screen) click(text string) *screen {
	s.t.Helper()
	for y, line := range s.lines() {
		if before, _, found := strings.Cut(line, text); found {
			return s.clickAt(len([]rune(before)), y)
		}
	}
	s.t.Fatalf("the screen does not show %q:\n%s", text, s.text())
	return s
}

func (s *screen) clickAt(x, y int) *screen {
	s.perform(s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}))
	return s
}

// wheel turns the wheel over the first place where a text stands.
func (s *screen) wheel(text string, button tea.MouseButton) *screen {
	s.t.Helper()
	for y, line := range s.lines() {
		if strings.Contains(line, text) {
			s.perform(s.send(tea.MouseWheelMsg{X: 5, Y: y, Button: button}))
			return s
		}
	}
	s.t.Fatalf("the screen does not show %q:\n%s", text, s.text())
	return s
}

// TestClick selects what is clicked, in every pane; a second click opens it.
func TestClick(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	line := len(s.lines()) - 8
	want := strings.TrimSpace(strings.TrimPrefix(s.lines()[line], "▌"))
	if s.clickAt(30, line); s.selected() != want || s.model.changes.Follow {
		t.Errorf("selected %q, not %q; follows %v", s.selected(), want, s.model.changes.Follow)
	}
	s.clickAt(30, line).shows("  arrived ")
	if s.model.focus != paneView {
		t.Error("the details have the keys before they are clicked")
	}
	s.clickAt(10, 39-3)
	if s.model.focus != paneDetails {
		t.Errorf("a click into the details leaves the keys elsewhere:\n%s", s.text())
	}
	s.click("╭ 80-c0")
	if s.model.focus != paneShards || s.model.shards.Chosen(&s.model.Context).Shard.Name != "80-c0" {
		t.Errorf("the shard is not chosen:\n%s", s.text())
	}
	s.click("80-c0").shows("╭ shard shop/80-c0")
	s.press("3").click("product").shows("╭ table shop.product").click("product").shows("_table = 'product'")
	liveShop(t).screen(120, 40).press("4").click("product").shows("╭ transaction")
	liveShop(t).screen(120, 40).click("● LIVE").click("TIME UTC").fits()
}

// TestClickAmongManyShards: in the list and on the heat map, too.
func TestClickAmongManyShards(t *testing.T) {
	s := manyShards(t, 16).screen(120, 40)
	name := strings.Fields(s.lines()[4])[0]
	if s.clickAt(3, 4); s.model.shards.Chosen(&s.model.Context).Shard.Name != name {
		t.Errorf("not %q is chosen:\n%s", name, s.text())
	}
	s = manyShards(t, 256).screen(120, 40)
	order := inKeyRange(s)
	if s.clickAt(1+7, 2); s.model.shards.Chosen(&s.model.Context).Shard.Name != order[7] {
		t.Errorf("not %q is chosen:\n%s", order[7], s.text())
	}
	s.fits()
}

// inKeyRange names the shards by their key ranges.
func inKeyRange(s *screen) []string { return shardNames(len(s.model.Shards)) }

// TestClickOnTheKeyLine does what the key does.
func TestClickOnTheKeyLine(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	s.click("space pause").shows("PAUSED").click("? help").shows("╭ Keys")
	s.clickAt(3, 39).shows("╭ Keys") // the window lies over it
	s.press("esc", "n").shows("nothing is searched for").clickAt(100, 39)
	if s.quit {
		t.Error("a click on a message does what the key under it does")
	}
	s.press("?")
	if s.press("esc").click("q quit"); !s.quit {
		t.Error("q quit does not quit")
	}
}

// TestWheel scrolls what is under the pointer, and leaves the keys where they are.
func TestWheel(t *testing.T) {
	s := liveShop(t).screen(120, 40).sales(60)
	before := s.lines()[30]
	if s.wheel("TIME UTC", tea.MouseWheelUp); s.lines()[33] != before {
		t.Errorf("three lines up, %q is not\n%q", s.lines()[33], before)
	}
	s.wheel("TIME UTC", tea.MouseWheelDown).shows("to follow")
	if s.lines()[30] != strings.Replace(before, "▌", " ", 1) {
		t.Errorf("up and down again, %q is not\n%q", s.lines()[30], before)
	}
	s.press("G").wheel("TIME UTC", tea.MouseWheelDown).shows("▶ follow")
	s.press("?").wheel("╭ Keys", tea.MouseWheelDown).shows("↑3 ")
	s.press("esc", "enter").wheel("  arrived ", tea.MouseWheelDown)
	if s.model.focus != paneView {
		t.Error("the wheel moves the keys")
	}
	s.press("w")
	before = s.text()
	if s.wheel("╭ Write", tea.MouseWheelLeft).wheel("╭ Write", tea.MouseWheelRight); s.text() != before {
		t.Errorf("the wheel sideways changes a window:\n%s", s.text())
	}
}

// TestMouseOff gives the mouse to the terminal, and says how text is selected.
func TestMouseOff(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	if mode := s.model.View().MouseMode; mode != tea.MouseModeCellMotion {
		t.Errorf("at the start, mode %v", mode)
	}
	s.send(tea.MouseMotionMsg{X: 3, Y: 20, Button: tea.MouseLeft})
	s.shows("shift and drag selects text")
	if mode := s.press("M").shows("the mouse is the terminal's").model.View().MouseMode; mode != tea.MouseModeNone {
		t.Errorf("off, mode %v", mode)
	}
	s.press("M").shows("shift and drag selects text")
	s = liveShop(t).optioned(80, 24, func(o *Options) { o.NoMouse = true })
	if mode := s.model.View().MouseMode; mode != tea.MouseModeNone {
		t.Errorf("with --no-mouse, mode %v", mode)
	}
}
