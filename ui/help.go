package ui

import (
	"slices"

	"charm.land/lipgloss/v2"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// helpView is the window that lists the keys.
type helpView struct {
	open   bool
	offset int
}

// helpAction does what keys do while the help is open, and reports whether that
// was all.
func (m *Model) helpAction(act pane.Action) bool {
	switch act {
	case actHelp, actBack, actClose:
		m.help.open = false
	case actQuit, actSuspend, actRedraw:
		return false
	default:
		m.help.offset = pane.Scrolled(m.help.offset, act, m.helpHeight()-2, len(m.helpLines(1)))
	}
	return true
}

func (m *Model) helpHeight() int { return min(len(m.helpLines(1))+2, m.height) }

// listedBindings are those of both key tables that are explained.
func listedBindings() []pane.Binding {
	unexplained := func(b pane.Binding) bool { return b.Help == "" }
	return slices.DeleteFunc(slices.Concat(bindings, promptBindings), unexplained)
}

// helpLines lists the key table by its groups.
func (m *Model) helpLines(width int) []string {
	keys, listed := 0, listedBindings()
	for _, b := range listed {
		keys = max(keys, draw.TextWidth(b.Show))
	}
	var lines []string
	group := ""
	for _, b := range listed {
		if b.Group != group {
			if group = b.Group; len(lines) > 0 {
				lines = append(lines, draw.NewLine(width).String())
			}
			lines = append(lines, draw.NewLine(width).Put("", " ").Put(m.Theme.Title, group).String())
		}
		l := draw.NewLine(width)
		l.Put("", "   ").Cell(m.Theme.Bold, b.Show, keys).Put("", " "+b.Help)
		lines = append(lines, l.String())
	}
	return lines
}

// drawHelp lays the window over the screen.
func (m *Model) drawHelp(screen string) string {
	width, height := min(80, m.width), m.helpHeight()
	box := draw.NewBox(m.Theme, width, height, true)
	lines := m.helpLines(box.Inner)
	m.help.offset = min(m.help.offset, len(lines)-(height-2)) // the terminal may have grown
	box.Above, box.Below = m.help.offset, len(lines)-(height-2)-m.help.offset
	window := box.Draw("Keys", lines[m.help.offset:])
	return overlay(screen, joinLines(window), (m.width-width)/2, (m.height-height)/2)
}

// overlay lays a window over a screen, or over some lines of it.
func overlay(screen, window string, x, y int) string {
	return lipgloss.NewCompositor(
		lipgloss.NewLayer(screen),
		lipgloss.NewLayer(window).X(x).Y(y).Z(1),
	).Render()
}

// keyLine is the last line: the keys that matter most.
func (m *Model) keyLine() string {
	l := draw.NewLine(m.width)
	if m.message != "" {
		return l.Put("", " ").Put(m.Theme.Warn, m.message).String()
	}
	table := bindings
	if m.prompt.open {
		table = promptBindings
	}
	for _, b := range table {
		if b.Short == "" || m.prompt.search && b.Action == actComplete {
			continue
		}
		short := b.Short
		switch {
		case b.Action == actPause && m.Paused:
			short = "resume"
		case b.Action == actApply && m.prompt.search:
			short = "search"
		}
		if l.Width+draw.TextWidth(b.Show)+draw.TextWidth(short)+3 > m.width {
			break
		}
		l.Put("", " ").Put(m.Theme.Bold, b.Show).Put(m.Theme.Dim, " "+short+" ")
	}
	return l.String()
}
