package ui

import (
	"slices"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// listedBindings are those of both key tables that are explained.
func listedBindings() []pane.Binding {
	unexplained := func(b pane.Binding) bool { return b.Help == "" }
	return slices.DeleteFunc(slices.Concat(bindings, prompt.Bindings), unexplained)
}

// keyLine is the last line: the keys that matter most.
func (m *Model) keyLine() string {
	l := draw.NewLine(m.width)
	if m.message != "" {
		return l.Put("", " ").Put(m.Theme.Warn, m.message).String()
	}
	table := bindings
	if m.prompt.IsOpen() {
		table = prompt.Bindings
	}
	for _, b := range table {
		if b.Short == "" || m.prompt.IsSearch() && b.Action == prompt.ActComplete {
			continue
		}
		short := b.Short
		switch {
		case b.Action == actPause && m.Paused:
			short = "resume"
		case b.Action == pane.ActApply && m.prompt.IsSearch():
			short = "search"
		}
		if l.Width+draw.TextWidth(b.Show)+draw.TextWidth(short)+3 > m.width {
			break
		}
		l.Put("", " ").Put(m.Theme.Bold, b.Show).Put(m.Theme.Dim, " "+short+" ")
	}
	return l.String()
}
