package ui

import (
	"os"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
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
	if opens(act) {
		return m.openWindow(act)
	}
	if view := viewOf(act); view >= 0 {
		if !m.Sieve.IsAside() {
			m.from = viewLog
		}
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
	case pane.ActHide:
		return m.hideColumn()
	case actTheme:
		m.message = m.look.next()
		m.Theme = m.look.theme()
		return m.look.ask()
	case actMouse:
		if m.mouse = !m.mouse; m.mouse {
			m.message = "the mouse is on; " + selectHint + m.Keys.Key(actMouse)
		} else {
			m.message = "the mouse is the terminal's, to select text; " + m.Keys.Key(actMouse) + " takes it back"
		}
	case pane.ActPause, actFaster, actSlower, actStep:
		return m.pace(act)
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
			m.focus, m.zoomed = paneShards, m.layout.shards == 0 // a low screen has no room for both
		}
	default:
		return m.pressPane(m.focus, act)
	}
	return nil
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
	case pane.ActKeep, pane.ActDrop:
		return m.filterByValue(act)
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
		m.changes.Unscroll()
	case m.Sieve.IsAside():
		m.returnFromAside()
	case m.from != viewLog: // from which a row was jumped to
		m.open(m.from)
		m.from = viewLog
	case m.Sieve.Filter != nil:
		m.dropFilter()
	}
}

// pace stops or goes on, or changes how fast a replay goes. In a replay nothing is lost by
// waiting, so that it is the stream that stops.
func (m *Model) pace(act pane.Action) tea.Cmd {
	if act == pane.ActPause && m.options.Replay == nil {
		m.pause()
		return nil
	}
	m.message = m.options.Replay.change(act)
	m.Now = m.clock()
	return nil
}

// jumpTo goes to the rows of a time. What a replay has not come to yet is played at once.
func (m *Model) jumpTo(moment window.Moment) tea.Cmd {
	begin, end := m.Now, m.Now
	var first stream.Record
	if m.options.Replay != nil {
		begin, end = m.options.Replay.First, m.options.Replay.Last
	} else if m.Shown.At(m.Shown.First(), &first) {
		begin = time.Unix(0, first.Arrived)
	}
	t := moment.In(begin, end)
	row := m.Shown.From(t)
	if m.options.Replay != nil {
		if m.message = m.options.Replay.outside(t); m.message != "" {
			return nil
		}
	}
	switch {
	case row < m.Shown.End():
		m.jump(row)
	case m.options.Replay != nil:
		m.options.Replay.Playback.SkipTo(t)
		m.options.Replay.skips = true
		m.open(viewLog)
		m.changes.Press(&m.Context, pane.ActFollow)
	default:
		m.message = "nothing has come so late"
	}
	return nil
}

// pause freezes the log, or lets it go on. The stream is read all the same; the
// store makes room for what is frozen.
func (m *Model) pause() {
	m.takeAllLists()
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
		m.returnFromAside()
	case effect.Filter != "":
		m.open(viewLog)
		return m.filterBy(effect.Filter)
	case effect.Jump != 0:
		if m.from = m.view; m.from != viewLog {
			m.message = m.Keys.Key(pane.ActBack) + " goes back"
		}
		m.jump(effect.Jump)
	case effect.Aside != "":
		m.from = m.view
		m.open(viewLog)
		return m.lookAside(effect.Aside)
	}
	return nil
}

// returnFromAside brings back what the log showed before, or the view from which it was
// gone to.
func (m *Model) returnFromAside() {
	m.refilter(m.Sieve.Return)
	if m.from != viewLog {
		m.open(m.from)
		m.from = viewLog
	}
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

// scrolling are the actions that do nothing at the end of what they go through, which is
// seen.
var scrolling = []pane.Action{
	pane.ActUp, pane.ActDown, pane.ActHalfUp, pane.ActHalfDown, pane.ActPageUp, pane.ActPageDown, pane.ActTop, pane.ActFollow,
	pane.ActLeft, pane.ActRight, pane.ActFarLeft, pane.ActFarRight, pane.ActWheelUp, pane.ActWheelDown,
}

// pressPane has a pane do what a key stands for, and does what follows from it.
func (m *Model) pressPane(name paneName, act pane.Action) tea.Cmd {
	before := ""
	if !slices.Contains(scrolling, act) {
		before = m.draw()
	}
	effect := m.of(name).Press(&m.Context, act)
	if before != "" && (effect == pane.Effect{} || effect == pane.Effect{Top: true}) && m.draw() == before {
		effect.Say = m.Keys.Key(act) + " does nothing here; " + m.Keys.Key(pane.ActHelp) + " lists what does"
	}
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
	if effect.Mark != nil {
		return m.keepMark(*effect.Mark)
	}
	if effect.Details {
		m.enter(name)
		return m.askTablets()
	}
	return m.filterFor(&effect)
}
