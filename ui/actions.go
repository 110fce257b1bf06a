package ui

import (
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/pane"
	"vtscope/ui/pane/changes"
	"vtscope/ui/prompt"
	"vtscope/ui/window"
)

// keys takes a key. One that comes with alt, which no binding has, is two: a
// terminal sends the same for esc and another key at once.
func (m *Model) keys(key tea.KeyPressMsg) tea.Cmd {
	if !key.Mod.Contains(tea.ModAlt) || m.bound(key) {
		return m.press(key)
	}
	first := m.press(tea.KeyPressMsg{Code: tea.KeyEscape})
	key.Mod &^= tea.ModAlt
	if key.Text == "" && key.Code >= ' ' && key.Code < utf8.MaxRune && key.Mod&^tea.ModShift == 0 && unicode.IsPrint(key.Code) {
		key.Text = string(key.Code)
		if key.ShiftedCode != 0 {
			key.Text = string(key.ShiftedCode)
		}
	}
	return tea.Batch(first, m.press(key))
}

// bound reports whether the key means something as it is.
func (m *Model) bound(key tea.KeyPressMsg) bool {
	if m.prompt.IsOpen() {
		return prompt.IsBound(key)
	}
	return actionOf[key.String()] != ""
}

// press does what a key stands for.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	if len(m.windows) > 0 {
		return m.pressWindow(key)
	}
	if m.prompt.IsOpen() {
		return m.pressPrompt(key)
	}
	// String names a shifted letter as it is typed: G, not shift+g.
	act, known := actionOf[key.String()]
	if !known {
		return nil
	}
	m.drawn.old, m.message = true, ""
	if act != actNext && act != actPrevious {
		m.stopSearch()
	}
	if cmd := m.always(act); cmd != nil {
		return cmd
	}
	var cmd tea.Cmd
	switch act {
	case pane.ActClose:
		return m.close()
	case pane.ActBack:
		if !m.back() {
			m.clear()
		}
	case pane.ActHelp:
		m.windows = append(m.windows, &window.Help{Bindings: listedBindings()})
	case actPause:
		m.pause()
	case actFilter, actSearch, actKeep, actDrop, actToggle, actNext, actPrevious:
		cmd = m.sift(act)
	case actDetails:
		m.openDetails()
		cmd = m.askTablets()
	case changes.ActTimes:
		m.pressIn(paneLog, act)
	case actPane:
		m.turnPane(1)
	case actPaneBack:
		m.turnPane(-1)
	case actZoom:
		m.zoomed = !m.zoomed
	default:
		m.pressIn(m.focus, act)
	}
	m.arrange()
	return cmd
}

// pressWindow gives a key to the uppermost window.
func (m *Model) pressWindow(key tea.KeyPressMsg) tea.Cmd {
	m.drawn.old, m.message = true, ""
	act := actionOf[key.String()]
	if cmd := m.always(act); cmd != nil {
		return cmd
	}
	last := len(m.windows) - 1
	effect := m.windows[last].Press(&m.Context, key.String(), act)
	if effect.Close {
		m.windows = m.windows[:last]
	}
	if effect.Quit {
		return tea.Quit
	}
	return nil
}

// pressPrompt gives a key to the line that is typed in.
func (m *Model) pressPrompt(key tea.KeyPressMsg) tea.Cmd {
	m.drawn.old, m.message = true, ""
	if cmd := m.always(prompt.ActionOf(key)); cmd != nil {
		return cmd
	}
	effect := m.prompt.Press(&m.Context, key)
	m.saying()
	switch {
	case effect.Searches:
		return m.startSearch(effect.Search)
	case effect.Sets && effect.Filter == nil:
		return m.setFilter(nil)
	case effect.Sets:
		return m.apply(effect.Filter)
	}
	return nil
}

// saying takes over what the prompt has to say.
func (m *Model) saying() {
	if text := m.prompt.Say(); text != "" {
		m.message = text
	}
}

// apply sets a filter and remembers it.
func (m *Model) apply(f *filter.Filter) tea.Cmd {
	remember := m.prompt.Remember(f)
	return tea.Batch(m.setFilter(f), remember)
}

// always does what some keys do whatever is open, nil for the others.
func (m *Model) always(act pane.Action) tea.Cmd {
	switch act {
	case pane.ActQuit:
		m.interrupted = true
		return tea.Quit
	case pane.ActSuspend:
		return tea.Suspend
	case pane.ActRedraw:
		return tea.ClearScreen
	}
	return nil
}

// sift does what the keys of the filter and of the search do.
func (m *Model) sift(act pane.Action) tea.Cmd {
	switch act {
	case actFilter, actSearch:
		if m.focus != paneLog {
			m.zoomed = false // the line is not on the screen else
		}
		m.prompt.Open(&m.Context, act == actSearch)
	case actKeep:
		return m.filterByValue(filter.And)
	case actDrop:
		return m.filterByValue(filter.AndNot)
	case actToggle:
		m.toggleFilter()
	case actNext, actPrevious:
		return m.findNext(act == actNext)
	}
	return nil
}

// close takes away what is open, from the top; with nothing open it quits.
func (m *Model) close() tea.Cmd {
	if !m.back() {
		return tea.Quit
	}
	m.arrange()
	return nil
}

// back goes one level back and reports whether there was one.
func (m *Model) back() bool {
	switch {
	case m.zoomed:
		m.zoomed = false
	case m.detailed != paneNone:
		m.detailed = paneNone
		if m.focus == paneDetails {
			m.focus = paneLog
		}
	case m.focus != paneLog:
		m.focus = paneLog
	default:
		return false
	}
	return true
}

// clear takes away what was searched for, or else the filter; ! brings that back.
func (m *Model) clear() {
	switch {
	case m.Search.Text != "":
		m.setSearch("")
	case m.Sieve.Filter != nil:
		m.dropFilter()
	}
}

// pause freezes the log, or lets it go on. The stream is read all the same; the
// store makes room for what is frozen.
func (m *Model) pause() {
	m.Paused = !m.Paused
	if m.Paused {
		m.options.Store.Hold(m.Shown)
		return
	}
	m.options.Store.Hold(nil)
	m.show(m.Latest)
}

// openDetails shows the row under the cursor, or a shard and the stream where the
// shards have the keys, and over the whole screen what is shown already. The row
// stays: the log no longer follows.
func (m *Model) openDetails() {
	of := m.focus
	if of == paneDetails {
		of = m.detailed
	}
	if of == paneLog {
		if m.Sieve.Matches.Len() == 0 {
			return
		}
		m.changes.Follow = false
	}
	if m.detailed == of {
		m.focus, m.zoomed = paneDetails, !m.zoomed
		return
	}
	m.details.Reset()
	m.detailed, m.zoomed = of, false
}

// turnPane gives the keys to the next pane that is open.
func (m *Model) turnPane(by int) {
	panes := []paneName{paneLog}
	if len(m.Shards) > 0 {
		panes = append([]paneName{paneShards}, panes...)
	}
	if m.detailed != paneNone {
		panes = append(panes, paneDetails)
	}
	for i, p := range panes {
		if p == m.focus {
			m.focus = panes[(i+by+len(panes))%len(panes)]
			return
		}
	}
	m.focus = paneLog
}

// paneOf is a pane of the screen.
func (m *Model) paneOf(name paneName) pane.Pane {
	switch name {
	case paneShards:
		return &m.shards
	case paneDetails:
		return &m.details
	}
	return m.changes
}

// pressIn has a pane do what a key stands for.
func (m *Model) pressIn(name paneName, act pane.Action) {
	effect := m.paneOf(name).Press(&m.Context, act)
	if effect.Say != "" {
		m.message = effect.Say
	}
	if effect.Resume && m.Paused {
		m.pause()
	}
	if effect.Top && m.detailed == name {
		m.details.Reset()
	}
}
