package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// grid is the screen's text by cells; a wide character has an empty one after it.
func (s *screen) grid() [][]string {
	cells := make([][]string, 0, s.model.height)
	for _, line := range s.lines() {
		var row []string
		for _, r := range line {
			row = append(row, string(r))
			for range max(ansi.StringWidth(string(r))-1, 0) {
				row = append(row, "")
			}
		}
		cells = append(cells, row)
	}
	return cells
}

// checkFrames checks the frames on the screen: each that begins has its four corners, and
// nothing but frame between them.
func checkFrames(cells [][]string) error {
	at := func(x, y int) string {
		if y < 0 || y >= len(cells) || x < 0 || x >= len(cells[y]) {
			return ""
		}
		return cells[y][x]
	}
	for y := range cells {
		for x := range cells[y] {
			if at(x, y) != "╭" {
				continue
			}
			right := x + 1
			for right < len(cells[y]) && at(right, y) != "╮" {
				right++
			}
			bottom := y + 1
			for at(x, bottom) == "│" && at(right, bottom) == "│" {
				bottom++
			}
			if at(x, bottom) != "╰" || at(right, bottom) != "╯" {
				return fmt.Errorf("the frame that begins at %d,%d ends with %q and %q at line %d", x, y, at(x, bottom), at(right, bottom), bottom)
			}
		}
	}
	return nil
}

// TestFramesAtEverySize: in every view, with and without details, with each window, no frame
// is broken, whatever the data is, and nothing is wider or higher than the terminal.
func TestFramesAtEverySize(t *testing.T) {
	sizes := [][2]int{{40, 8}, {41, 9}, {47, 13}, {60, 12}, {80, 24}, {97, 31}, {120, 40}, {200, 60}, {300, 100}}
	states := [][]string{
		nil, {"enter"}, {"enter", "enter"}, {"enter", "tab", "enter"}, {"2", "enter"}, {"2", "z"}, {"3"}, {"3", "z"}, {"4"}, {"5"}, {"6"}, {"6", "z"},
	}
	for _, f := range []*fixture{liveShop(t), hostileShop(t), troubledShop(newFixture(t)), manyShards(t, 256)} {
		for _, state := range states {
			s := f.screen(120, 40).press(state...)
			for _, size := range sizes {
				s.resize(size[0], size[1]).fits()
				if err := checkFrames(s.grid()); err != nil {
					t.Fatalf("%v at %v: %v\n%s", state, size, err, s.text())
				}
			}
		}
	}
	for _, key := range []string{"?", ":", "y", "w", "c"} {
		for _, size := range sizes {
			s := liveShop(t).screen(size[0], size[1]).press("k", key).fits()
			// The window lies over other frames: its own corners are enough.
			if text := s.text(); strings.Count(text, "╭") == 0 || strings.Count(text, "╯") == 0 {
				t.Errorf("%s at %v has no frame:\n%s", key, size, text)
			}
		}
	}
}

// TestProgramAtEverySize is the whole program on an emulated terminal.
func TestProgramAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{40, 8}, {80, 24}, {300, 100}} {
		p := startProgram(t, size[0], size[1])
		p.shows("● LIVE")
		for _, key := range []string{"3", "4", "5", "6", "1"} {
			p.press(key)
		}
		p.press("enter", "tab", "z")
		p.hides("EVENT")
		p.press("esc", "esc", "esc", "?")
		p.shows("╭ Keys")
		p.press("q", ":", "esc", "q", "q", "q")
		if err := p.end(); err != nil {
			t.Errorf("at %v: %v", size, err)
		}
	}
}
