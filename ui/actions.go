package ui

import (
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
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
		return m.prompt.ActionOf(key) != ""
	}
	return m.Keys.Action(key.String()) != ""
}

// press does what a key stands for, in what lies uppermost.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	// String names a shifted letter as it is typed: G, not shift+g.
	act := m.Keys.Action(key.String())
	m.drawn.old, m.message = true, ""
	switch {
	case len(m.windows) > 0:
		return m.pressWindow(key, act)
	case m.prompt.IsOpen():
		return m.pressPrompt(key)
	case act == "":
		m.message = draw.Safe([]byte(key.String())) + " does nothing; " + m.Keys.Key(pane.ActHelp) + " lists the keys, " + m.Keys.Key(actPalette) + " finds an action"
		return nil
	}
	return m.do(act)
}

// do does what a key of the key table stands for.
func (m *Model) do(act pane.Action) tea.Cmd {
	if !slices.Contains(huntActions, act) {
		m.stopSearch()
	}
	if cmd := m.always(act); cmd != nil {
		return cmd
	}
	if view := viewOf(act); view >= 0 {
		m.open(view)
		m.takeLists()
		return m.askFacts()
	}
	return m.act(act)
}

// huntActions go on with a search that is under way.
var huntActions = []pane.Action{pane.ActNext, pane.ActPrevious, pane.ActTrouble, pane.ActEarlier}

// act does what a key stands for, where it shows no view.
func (m *Model) act(act pane.Action) tea.Cmd {
	switch act {
	case pane.ActClose:
		if !m.back() {
			return tea.Quit
		}
	case pane.ActBack:
		if !m.back() {
			m.clear()
		}
	case pane.ActHelp:
		m.windows = append(m.windows, &window.Help{Bindings: explained(m.Keys, m.prompt.Keys, m.panes.name(), m.panes.uses())})
	case pane.ActExport:
		m.logOnScreen() // whose rows they are
		if w := exportWindow(&m.Context, len(m.changes.Marked())); w != nil {
			m.windows = append(m.windows, w)
		} else {
			m.message = "no row is shown that could be written"
		}
	case actPalette:
		m.windows = append(m.windows, &window.Palette{Bindings: doable(m.Keys)})
	case pane.ActCopy:
		list := clippings(&m.Context, &m.panes, &m.options)
		if len(list) == 0 {
			m.message = "there is nothing to copy yet"
			return nil
		}
		m.windows = append(m.windows, &window.Clipboard{Clippings: list})
	case actColumns:
		m.windows = append(m.windows, columnsWindow(m.changes.Record(&m.Context)))
	case pane.ActHide:
		return m.hideColumn()
	case actTheme:
		m.message = m.look.next()
		m.Theme = m.look.theme()
	case actMouse:
		if m.mouse = !m.mouse; m.mouse {
			m.message = "the mouse clicks and scrolls; " + selectHint + m.Keys.Key(actMouse)
		} else {
			m.message = "the mouse is the terminal's, to select text; " + m.Keys.Key(actMouse) + " takes it back"
		}
	case pane.ActPause:
		m.pause()
	case pane.ActFilter, pane.ActSearch, pane.ActKeep, pane.ActDrop, pane.ActToggle, pane.ActNext, pane.ActPrevious, pane.ActTrouble, pane.ActEarlier:
		return m.sift(act)
	case actPane:
		m.turn(1, len(m.Shards) > 0)
	case actPaneBack:
		m.turn(-1, len(m.Shards) > 0)
	case actZoom:
		m.zoomed = !m.zoomed
	case actShards:
		if len(m.Shards) > 0 {
			m.focus, m.zoomed = paneShards, false
		}
	default:
		return m.pressPane(m.focus, act)
	}
	return nil
}

// pressWindow gives a key to the uppermost window.
func (m *Model) pressWindow(key tea.KeyPressMsg, act pane.Action) tea.Cmd {
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
	switch {
	case effect.Copy != nil:
		return m.copy(effect.Copy, effect.ToFile)
	case effect.Columns != nil:
		return m.changeColumn(*effect.Columns)
	case effect.Export != nil:
		m.message = "writing …"
		return export(&m.Context, *effect.Export, m.changes.Marked(), m.textSearch(true, false).Has)
	case effect.Run != "":
		return m.do(effect.Run)
	}
	return nil
}

// copy sends a clipping to the clipboard, or to a file.
func (m *Model) copy(clipping *pane.Clipping, file bool) tea.Cmd {
	text, err := clipping.Text()
	if err != nil {
		m.message = "not copied: " + draw.Safe([]byte(err.Error()))
		return nil
	}
	if file {
		return toFile(text, clipping, m.Now)
	}
	cmd, message := toClipboard(text, clipping.Name, m.environment)
	m.message = message
	return cmd
}

// hideColumn hides the column on the line of the details that is chosen, in every table
// that has it, or shows it again.
func (m *Model) hideColumn() tea.Cmd {
	if m.focus != paneDetails {
		m.chooseValue()
		m.message = "choose a column with " + m.Keys.Key(pane.ActDown) + " " + m.Keys.Key(pane.ActUp) + ", then " + m.Keys.Key(pane.ActHide)
		return nil
	}
	name := m.details.Column()
	if name == "" {
		m.message = "this line is no column"
		return nil
	}
	change := draw.ColumnChange{Name: name, Everywhere: true, To: m.Columns.Everywhere[name]}
	change.To.Hidden = !change.To.Hidden
	if m.message = draw.Safe([]byte(name)) + " is shown in the log again"; change.To.Hidden {
		m.message = draw.Safe([]byte(name)) + " is hidden in the log, in every table; " + m.Keys.Key(actColumns) + " lists the columns"
	}
	return m.changeColumn(change)
}

// changeColumn shows a column otherwise, and remembers it.
func (m *Model) changeColumn(change draw.ColumnChange) tea.Cmd {
	m.Columns.Apply(change)
	m.changes.Refit()
	return m.columns.save(change)
}

// takeColumns takes over what was remembered.
func (m *Model) takeColumns(message columnsMsg) {
	if message.columns != nil {
		m.Columns = message.columns
		m.changes.Refit()
	}
	if message.err != nil {
		m.message = "columns are not remembered: " + draw.Safe([]byte(message.err.Error()))
	}
}

// exported takes over what has come of an export.
func (m *Model) exported(message exportedMsg) {
	m.message = message.text
	if message.exists != nil {
		m.windows = append(m.windows, &window.Overwrite{ExportRequest: *message.exists})
	}
}

// environment is a variable of the process's environment, or of the one that it was
// given.
func (m *Model) environment(name string) string {
	if m.options.Environment == nil {
		return os.Getenv(name)
	}
	for _, text := range m.options.Environment {
		if value, is := strings.CutPrefix(text, name+"="); is {
			return value
		}
	}
	return ""
}

// pressPrompt gives a key to the line that is typed in.
func (m *Model) pressPrompt(key tea.KeyPressMsg) tea.Cmd {
	if cmd := m.always(m.prompt.ActionOf(key)); cmd != nil {
		return cmd
	}
	effect := m.prompt.Press(&m.Context, key)
	m.saying()
	m.narrowShards(&effect)
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

// narrowShards has the shards follow what is typed to find one.
func (m *Model) narrowShards(effect *prompt.Effect) {
	switch text, _ := m.prompt.Text(); {
	case m.focus != paneShards || effect.Searches:
	case !m.prompt.IsOpen():
		m.shards.Widen()
	case m.prompt.IsSearch():
		m.shards.Narrow(text)
	}
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
	case pane.ActFilter, pane.ActSearch:
		shards := m.focus == paneShards
		if m.logOnScreen(); shards {
			m.focus = paneShards // a search is for one of them
		}
		m.prompt.Open(&m.Context, act == pane.ActSearch)
	case pane.ActKeep:
		return m.filterByValue(filter.And)
	case pane.ActDrop:
		return m.filterByValue(filter.AndNot)
	case pane.ActToggle:
		m.toggleFilter()
	case pane.ActNext, pane.ActPrevious:
		if m.focus != paneShards {
			m.logOnScreen()
		}
		return m.findNext(act == pane.ActNext)
	case pane.ActTrouble, pane.ActEarlier:
		m.logOnScreen()
		return m.findIncident(act == pane.ActTrouble)
	}
	return nil
}

// logOnScreen shows the log, which what is typed or found is about.
func (m *Model) logOnScreen() {
	if m.view != viewLog {
		m.open(viewLog)
	}
	if m.focus != paneView {
		m.zoomed = false
	}
}

// clear takes away what was searched for, or else the filter; ! brings that back.
func (m *Model) clear() {
	switch {
	case m.Search.Text != "":
		m.setSearch("")
	case m.Sieve.IsAside():
		m.refilter(m.Sieve.Return)
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

// filterFor sets the filter that a pane has made.
func (m *Model) filterFor(effect *pane.Effect) tea.Cmd {
	switch {
	case effect.Return:
		m.refilter(m.Sieve.Return)
	case effect.Filter != "":
		m.open(viewLog)
		return m.filterBy(effect.Filter)
	case effect.Jump != 0:
		m.jump(effect.Jump)
	case effect.Aside != "":
		m.open(viewLog)
		return m.lookAside(effect.Aside)
	}
	return nil
}

// jump goes to a row of the log, or says why it cannot.
func (m *Model) jump(row uint64) {
	m.open(viewLog)
	switch at := m.Sieve.Matches.Index(row); {
	case row < m.Shown.First():
		m.message = "its row is no longer kept; the log begins later"
	case at == m.Sieve.Matches.Len() || m.Sieve.Matches.Row(at) != row:
		m.message = "the filter hides its row; " + m.Keys.Key(pane.ActToggle) + " switches it off"
		m.changes.Jump(&m.Context, row)
	default:
		m.changes.Jump(&m.Context, row)
	}
}

// pressPane has a pane do what a key stands for, and does what follows from it.
func (m *Model) pressPane(name paneName, act pane.Action) tea.Cmd {
	effect := m.of(name).Press(&m.Context, act)
	if effect.Say != "" {
		m.message = effect.Say
	}
	if effect.Resume && m.Paused {
		m.pause()
	}
	if effect.Top && m.detailed == name {
		m.details.Reset()
	}
	if effect.Hold {
		m.changes.Follow = false
	}
	if effect.Details {
		m.enter(name)
		return m.askTablets()
	}
	return m.filterFor(&effect)
}
