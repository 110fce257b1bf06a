package ui

import (
	tea "charm.land/bubbletea/v2"

	"vtscope/ui/pane"
)

// wheelActions are what turning the wheel does, in the pane under the pointer.
var wheelActions = map[tea.MouseButton]pane.Action{
	tea.MouseWheelUp: pane.ActWheelUp, tea.MouseWheelDown: pane.ActWheelDown,
	tea.MouseWheelLeft: pane.ActLeft, tea.MouseWheelRight: pane.ActRight,
}

// selectHint says how text is selected, which a terminal leaves to the program while
// that has the mouse.
const selectHint = "shift and drag selects text (macOS: option); mouse off: "

// at is the part of the screen in which a line stands, and which of its lines it is.
func (l *layout) at(y int) (name paneName, line int) {
	y-- // the header
	for _, part := range []struct {
		name   paneName
		height int
	}{{paneShards, l.shards}, {paneNone, l.notice}, {paneView, l.view}, {paneDetails, l.details}} {
		if y >= 0 && y < part.height {
			return part.name, y
		}
		y -= part.height
	}
	return paneNone, 0
}

// click goes to what is under the pointer, and into it where it was there already. In the
// last line it does what the key there does.
func (m *Model) click(mouse tea.Mouse) tea.Cmd {
	if mouse.Button != tea.MouseLeft || len(m.windows) > 0 || m.prompt.IsOpen() {
		return nil
	}
	said := m.message != ""
	m.message = ""
	if mouse.Y == m.height-1 {
		if said || m.layout == (layout{}) {
			return nil // there was a message, or nothing, and no key
		}
		if act := m.keyAt(mouse.X); act != "" {
			return m.do(act)
		}
		return nil
	}
	name, line := m.layout.at(mouse.Y)
	if name == paneNone {
		return nil
	}
	m.stopSearch()
	focused := m.focus == name
	m.focus = name
	switch hit, again := m.of(name).Click(&m.Context, mouse.X, line); {
	case again && focused:
		return m.pressPane(name, pane.ActEnter)
	case hit && name == m.detailed:
		m.details.Reset()
	}
	return nil
}

// wheel scrolls what is under the pointer, or the window over it; the keys stay where
// they are.
func (m *Model) wheel(mouse tea.Mouse) tea.Cmd {
	act, key := wheelActions[mouse.Button], "down"
	sideways := act != pane.ActWheelUp && act != pane.ActWheelDown
	if act == "" || sideways && len(m.windows) > 0 {
		return nil
	}
	if len(m.windows) == 0 {
		if name, _ := m.layout.at(mouse.Y); name != paneNone {
			return m.pressPane(name, act)
		}
		return nil
	}
	if act == pane.ActWheelUp {
		key = "up"
	}
	m.windows[len(m.windows)-1].Press(&m.Context, key, act)
	return nil
}

// drag says how text is selected to whoever tries.
func (m *Model) drag() {
	if m.message == "" {
		m.message = selectHint + m.Keys.Key(actMouse)
	}
}
