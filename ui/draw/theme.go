package draw

import (
	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// A Style is the escape sequence that turns it on, "" for the terminal's own.
type Style string

// A Theme says how things look, by what they are. It uses the 16 colours by
// their names, over the terminal's own background.
type Theme struct {
	Plain, Bold, Dim, Reverse Style
	Good, Warn, Bad           Style
	Accent, Border, Focus     Style
	Null, Changed, Title      Style
	Off, Hit                  Style     // of what is switched off, of what was searched for
	Kinds                     [32]Style // by stream.Kind
}

// ColourTheme is the theme for terminals with colour.
func ColourTheme() *Theme {
	fg := func(c ansi.BasicColor) Style { return Style(ansi.NewStyle().ForegroundColor(c).String()) }
	strong := func(c ansi.BasicColor) Style { return Style(ansi.NewStyle().Bold().ForegroundColor(c).String()) }
	t := MonoTheme()
	t.Good, t.Warn, t.Bad = fg(ansi.Green), fg(ansi.Yellow), strong(ansi.Red)
	t.Accent, t.Focus = fg(ansi.Cyan), fg(ansi.Cyan)
	t.Changed, t.Title = strong(ansi.Yellow), strong(ansi.Cyan)
	t.Hit = Style(ansi.NewStyle().Bold().Underline(true).Reverse(true).ForegroundColor(ansi.Yellow).String())
	t.Kinds = [32]Style{
		stream.Copy: fg(ansi.Blue), stream.Insert: fg(ansi.Green), stream.Update: fg(ansi.Yellow),
		stream.Delete: fg(ansi.Red), stream.DDL: strong(ansi.Magenta), stream.Journal: strong(ansi.Magenta),
		stream.CopyCompleted: fg(ansi.Blue), stream.Status: fg(ansi.Cyan), stream.Problem: strong(ansi.Red),
	}
	return t
}

// MonoTheme does without colour: weight and reverse tell things apart.
func MonoTheme() *Theme {
	dim, bold := Style(ansi.NewStyle().Faint().String()), Style(ansi.NewStyle().Bold().String())
	t := &Theme{
		Bold: bold, Dim: dim, Reverse: Style(ansi.NewStyle().Reverse(true).String()),
		Bad: bold, Accent: "", Border: dim, Focus: bold, Null: dim, Changed: bold, Title: bold,
		Hit: Style(ansi.NewStyle().Bold().Underline(true).Reverse(true).String()),
		Off: Style(ansi.NewStyle().Faint().Strikethrough(true).String()),
	}
	t.Kinds[stream.DDL], t.Kinds[stream.Journal] = bold, bold
	t.Kinds[stream.Problem] = bold
	return t
}
