package ui

import (
	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// A style is the escape sequence that turns it on, "" for the terminal's own.
type style string

// A theme says how things look, by what they are. It uses the 16 colours by
// their names, over the terminal's own background.
type theme struct {
	plain, bold, dim, reverse style
	good, warn, bad           style
	accent, border, focus     style
	null, changed, title      style
	off, hit                  style     // of what is switched off, of what was searched for
	kinds                     [32]style // by stream.Kind
}

// colourTheme is the theme for terminals with colour.
func colourTheme() *theme {
	fg := func(c ansi.BasicColor) style { return style(ansi.NewStyle().ForegroundColor(c).String()) }
	strong := func(c ansi.BasicColor) style { return style(ansi.NewStyle().Bold().ForegroundColor(c).String()) }
	t := monoTheme()
	t.good, t.warn, t.bad = fg(ansi.Green), fg(ansi.Yellow), strong(ansi.Red)
	t.accent, t.focus = fg(ansi.Cyan), fg(ansi.Cyan)
	t.changed, t.title = strong(ansi.Yellow), strong(ansi.Cyan)
	t.hit = style(ansi.NewStyle().Bold().Underline(true).Reverse(true).ForegroundColor(ansi.Yellow).String())
	t.kinds = [32]style{
		stream.Copy: fg(ansi.Blue), stream.Insert: fg(ansi.Green), stream.Update: fg(ansi.Yellow),
		stream.Delete: fg(ansi.Red), stream.DDL: strong(ansi.Magenta), stream.Journal: strong(ansi.Magenta),
		stream.CopyCompleted: fg(ansi.Blue), stream.Status: fg(ansi.Cyan), stream.Problem: strong(ansi.Red),
	}
	return t
}

// monoTheme does without colour: weight and reverse tell things apart.
func monoTheme() *theme {
	dim, bold := style(ansi.NewStyle().Faint().String()), style(ansi.NewStyle().Bold().String())
	t := &theme{
		bold: bold, dim: dim, reverse: style(ansi.NewStyle().Reverse(true).String()),
		bad: bold, accent: "", border: dim, focus: bold, null: dim, changed: bold, title: bold,
		hit: style(ansi.NewStyle().Bold().Underline(true).Reverse(true).String()),
		off: style(ansi.NewStyle().Faint().Strikethrough(true).String()),
	}
	t.kinds[stream.DDL], t.kinds[stream.Journal] = bold, bold
	t.kinds[stream.Problem] = bold
	return t
}
