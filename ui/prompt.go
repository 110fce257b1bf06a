package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// prompt is the line in which a filter or a search is typed. While it is open
// it has all keys, and stands in the place of the log's title.
type prompt struct {
	open   bool
	search bool // a search, else a filter
	editor
	popup popup

	parsed  *filter.Filter // the text as a filter, nil where it is none
	problem *filter.Error  // what is wrong with it
	entered bool           // enter was pressed, and the text has not changed since

	at      int    // the history's entry in the line; its length for what was typed
	typed   string // the text before a walk through the history
	touched bool   // it was typed, so that a walk stops at what begins like it

	x int // the caret's column on the screen
}

// openPrompt opens the line, for a filter with the one that there is.
func (m *Model) openPrompt(search bool) {
	if m.focus != paneLog {
		m.zoomed = false // the line is not on the screen else
	}
	m.prompt = prompt{open: true, search: search}
	if !search && m.Sieve.Filter != nil {
		m.setPromptText(m.Sieve.Filter.String())
	}
	m.prompt.typed, m.prompt.at = m.prompt.text, len(m.promptHistory().entries)
}

func (m *Model) closePrompt() { m.prompt = prompt{} }

// promptHistory is the history that belongs to what is typed.
func (m *Model) promptHistory() *history {
	if m.prompt.search {
		return &m.searches
	}
	return &m.filters
}

// promptPress does what a key does while the line is open.
func (m *Model) promptPress(key tea.KeyPressMsg) tea.Cmd {
	m.dirty, m.message = true, ""
	p := &m.prompt
	// Keystroke names the key itself, String what it types.
	act := promptActionOf[key.Keystroke()]
	if cmd := m.always(act); cmd != nil {
		return cmd
	}
	switch act {
	case pane.ActApply:
		return m.applyPrompt()
	case actLeave:
		m.leavePrompt()
	case actComplete:
		m.completePrompt(1)
	case actCompleteBack:
		m.completePrompt(-1)
	case actOlder:
		m.turnPrompt(-1)
	case actNewer:
		m.turnPrompt(1)
	default:
		before := p.text
		if edit, found := edits[act]; found {
			edit(&p.editor)
		} else {
			m.insertIntoPrompt(key.Text)
		}
		m.promptEdited(before)
	}
	return nil
}

// paste takes what the terminal says was pasted.
func (m *Model) paste(text string) {
	if !m.prompt.open {
		return
	}
	m.dirty, m.message = true, ""
	before := m.prompt.text
	m.insertIntoPrompt(text)
	m.promptEdited(before)
}

func (m *Model) insertIntoPrompt(text string) {
	if !m.prompt.insert(text) {
		m.message = fmt.Sprintf("not taken: %s kB, the limit is %d KiB", draw.Count(uint64(len(m.prompt.text)+len(text)+500)/1000), editLimit>>10)
	}
}

// promptEdited follows a key that edits: where the text is another one, it is
// what was typed, is looked at anew, and may have proposals.
func (m *Model) promptEdited(before string) {
	p := &m.prompt
	p.popup = popup{}
	if p.text == before {
		return
	}
	p.typed, p.touched, p.at = p.text, true, len(m.promptHistory().entries)
	m.checkPrompt()
	if !p.search {
		m.propose(false)
	}
}

// setPromptText puts a text in the place of the other, the caret at its end.
func (m *Model) setPromptText(text string) {
	m.prompt.replace(0, len(m.prompt.text), text)
	m.checkPrompt()
}
