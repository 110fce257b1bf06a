package draw

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// A Style is the escape sequence that turns it on, "" for the terminal's own.
type Style string

// A Theme says how things look, by what they are, over the terminal's own background.
type Theme struct {
	Name                      string
	Plain, Bold, Dim, Reverse Style
	Good, Warn, Bad           Style
	Accent, Border, Focus     Style
	Null, Changed, Title      Style
	Off, Hit                  Style     // of what is switched off, of what was searched for
	Kinds                     [32]Style // by stream.Kind
}

// The themes. AutoTheme is dark or light, as the terminal's background is.
const (
	AutoTheme         = "auto"
	DarkTheme         = "dark"
	LightTheme        = "light"
	HighContrastTheme = "high-contrast"
	MonoTheme         = "mono"
)

// ThemeNames are the themes that somebody can ask for.
func ThemeNames() []string {
	return []string{AutoTheme, DarkTheme, LightTheme, HighContrastTheme, MonoTheme}
}

// colours are those that a theme has. Whatever they say, a word or a sign says, too.
type colours struct {
	good, warn, bad, accent, copied, schema color.Color
}

// On a dark background the 16 colours are the terminal's own, by their names; blue is
// too dark for text there. On a light one many terminals' own are too pale: the colours
// are those of the 256 that stand out from white, and become the terminal's own where it
// has only 16.
var (
	onDark = colours{
		good: ansi.Green, warn: ansi.Yellow, bad: ansi.BrightRed,
		accent: ansi.Cyan, copied: ansi.BrightCyan, schema: ansi.BrightMagenta,
	}
	onLight = colours{
		good: ansi.IndexedColor(28), warn: ansi.IndexedColor(94), bad: ansi.IndexedColor(124),
		accent: ansi.IndexedColor(25), copied: ansi.IndexedColor(24), schema: ansi.IndexedColor(90),
	}
	strongOnDark = colours{
		good: ansi.BrightGreen, warn: ansi.BrightYellow, bad: ansi.BrightRed,
		accent: ansi.BrightCyan, copied: ansi.BrightCyan, schema: ansi.BrightMagenta,
	}
	strongOnLight = colours{
		good: ansi.IndexedColor(22), warn: ansi.IndexedColor(52), bad: ansi.IndexedColor(88),
		accent: ansi.IndexedColor(18), copied: ansi.IndexedColor(18), schema: ansi.IndexedColor(53),
	}
)

// NewTheme makes a theme by its name. The background is asked for by those that have to
// know it; before it is known it is taken to be dark.
func NewTheme(name string, light bool) *Theme {
	t := plainTheme()
	switch t.Name = name; name {
	case DarkTheme:
		t.paint(&onDark)
	case LightTheme:
		t.paint(&onLight)
	case HighContrastTheme:
		t.unfade()
		if t.paint(&strongOnDark); light {
			t.paint(&strongOnLight)
		}
	case AutoTheme:
		if t.paint(&onDark); light {
			t.paint(&onLight)
		}
	}
	return t
}

// plainTheme does without colour: weight and reverse tell things apart.
func plainTheme() *Theme {
	dim, bold := Style(ansi.NewStyle().Faint().String()), Style(ansi.NewStyle().Bold().String())
	t := &Theme{
		Bold: bold, Dim: dim, Reverse: Style(ansi.NewStyle().Reverse(true).String()),
		Bad: bold, Border: dim, Focus: bold, Null: dim, Changed: bold, Title: bold,
		Hit: Style(ansi.NewStyle().Bold().Underline(true).Reverse(true).String()),
		Off: Style(ansi.NewStyle().Faint().Strikethrough(true).String()),
	}
	t.Kinds[stream.DDL], t.Kinds[stream.Journal], t.Kinds[stream.Problem] = bold, bold, bold
	return t
}

// unfade writes what is faint like all else.
func (t *Theme) unfade() {
	t.Dim, t.Border, t.Null = "", "", ""
	t.Off = Style(ansi.NewStyle().Strikethrough(true).String())
}

// paint gives a theme colours.
func (t *Theme) paint(c *colours) {
	fg := func(c color.Color) Style { return Style(ansi.NewStyle().ForegroundColor(c).String()) }
	strong := func(c color.Color) Style { return Style(ansi.NewStyle().Bold().ForegroundColor(c).String()) }
	t.Good, t.Warn, t.Bad = fg(c.good), fg(c.warn), strong(c.bad)
	t.Accent, t.Focus = fg(c.accent), fg(c.accent)
	t.Changed, t.Title = strong(c.warn), strong(c.accent)
	t.Hit = Style(ansi.NewStyle().Bold().Underline(true).Reverse(true).ForegroundColor(c.warn).String())
	t.Kinds = [32]Style{
		stream.Copy: fg(c.copied), stream.Insert: fg(c.good), stream.Update: fg(c.warn),
		stream.Delete: fg(c.bad), stream.DDL: strong(c.schema), stream.Journal: strong(c.schema),
		stream.CopyCompleted: fg(c.copied), stream.Status: fg(c.accent), stream.Problem: strong(c.bad),
	}
}
