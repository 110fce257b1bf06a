package ui

import (
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vtscope/ui/draw"
)

// TestThemeByTheBackground: the terminal is asked; until it answers, and where it does
// not, its background is taken to be dark, which is said once.
func TestThemeByTheBackground(t *testing.T) {
	onDark := liveShop(t).themed(80, 24, draw.DarkTheme).view()
	onLight := liveShop(t).themed(80, 24, draw.LightTheme).view()
	s := liveShop(t).themed(80, 24, draw.AutoTheme)
	if s.view() != onDark || onDark == onLight {
		t.Error("before the answer, the screen is not the one for a dark background")
	}
	s.send(backgroundDueMsg{})
	s.shows("background not known", "--theme light")
	s.press("down").hides("background not known")
	s = liveShop(t).themed(80, 24, draw.AutoTheme)
	s.send(tea.BackgroundColorMsg{Color: color.White})
	if s.view() != onLight {
		t.Error("on white, the screen is not the one for a light background")
	}
	s.send(backgroundDueMsg{})
	s.hides("not known")
	for theme, asks := range map[string]bool{"": true, draw.AutoTheme: true, draw.HighContrastTheme: true, draw.LightTheme: false, draw.MonoTheme: false} {
		l := newLook(&Options{Theme: theme, Colour: true})
		if got := l.ask() != nil; got != asks {
			t.Errorf("theme %q: the background is asked for: %v", theme, got)
		}
	}
}

// TestNextTheme goes through all themes, and says which; with NO_COLOR there is one.
func TestNextTheme(t *testing.T) {
	s := liveShop(t).themed(120, 40, draw.AutoTheme)
	seen := map[string]bool{}
	for _, name := range []string{"dark", "light", "high-contrast", "mono", "auto"} {
		s.press("C").shows("theme "+name, "--theme "+name).fits()
		seen[s.view()] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d screens of 5 themes", len(seen))
	}
	liveShop(t).screenOf(80, 24, false).press("C").shows("NO_COLOR is set")
}

// TestThemesCanBeRead: text on a light background has a contrast of 4.5 to 1 to white,
// with high contrast 7 to 1 (WCAG 2.2, 1.4.3 and 1.4.6). On a dark one the colours are
// the terminal's own, and none is blue. None paints the background.
func TestThemesCanBeRead(t *testing.T) {
	codes := func(theme *draw.Theme) []string {
		all := []draw.Style{theme.Good, theme.Warn, theme.Bad, theme.Accent, theme.Focus, theme.Changed, theme.Title, theme.Hit, theme.Off, theme.Null}
		var list []string
		for _, style := range append(all, theme.Kinds[:]...) {
			for _, code := range styleCode.FindAllString(string(style), -1) {
				list = append(list, strings.TrimSuffix(strings.TrimPrefix(code, "\x1b["), "m"))
			}
		}
		return list
	}
	least := map[string]float64{draw.LightTheme: 4.5, draw.AutoTheme: 4.5, draw.HighContrastTheme: 7}
	for name, least := range least {
		for _, code := range codes(draw.NewTheme(name, true)) {
			_, index, indexed := strings.Cut(code, "38;5;")
			number, err := strconv.Atoi(index)
			switch {
			case !indexed && regexp.MustCompile(`(^|;)(3|4|9|10)[0-7]($|;)`).MatchString(code):
				t.Errorf("%s: %q is the terminal's own colour, which can be too pale", name, code)
			case indexed && err != nil:
				t.Errorf("%s: %q", name, code)
			case indexed && contrastToWhite(ansi.IndexedColor(number)) < least:
				t.Errorf("%s: colour %d has a contrast of %.1f to white", name, number, contrastToWhite(ansi.IndexedColor(number)))
			}
		}
	}
	for _, name := range draw.ThemeNames() {
		for _, code := range codes(draw.NewTheme(name, false)) {
			if regexp.MustCompile(`(^|;)(34|94|30|4[0-7]|48|10[0-7])($|;)`).MatchString(code) && name != draw.LightTheme {
				t.Errorf("%s: %q on a dark background", name, code)
			}
		}
	}
}

// contrastToWhite is the contrast ratio of WCAG 2.2.
func contrastToWhite(c color.Color) float64 {
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 1.05 / (0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b) + 0.05)
}

// TestHighContrastIsNeverFaint: nothing is written fainter than the terminal's own text.
func TestHighContrastIsNeverFaint(t *testing.T) {
	for _, keys := range [][]string{{}, {"3"}, {"4"}, {"?"}, {"enter"}} {
		view := liveShop(t).themed(120, 40, draw.HighContrastTheme).press(keys...).view()
		for _, code := range styleCode.FindAllString(view, -1) {
			if regexp.MustCompile(`[\[;]2[;m]`).MatchString(code) {
				t.Errorf("%q after %v", code, keys)
			}
		}
	}
}
