package prompt

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Prompt is the line in which a filter or a search is typed. While it is open it
// has all keys.
type Prompt struct {
	Keys *pane.Keys
	line

	width             int
	filters, searches history
	file              historyFile
	say               string
}

// line is what is typed, from the opening on.
type line struct {
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

// A typing is the prompt with what the filter is for.
type typing struct {
	*pane.Context
	*Prompt
}

// New makes a prompt with its key table, whose filters are kept in a file, "" for none.
func New(file string, keys *pane.Keys) *Prompt {
	return &Prompt{Keys: keys, file: historyFile{path: file}}
}

// IsOpen reports whether it has the keys.
func (p *Prompt) IsOpen() bool { return p.open }

// IsSearch reports whether a search is typed, else a filter.
func (p *Prompt) IsSearch() bool { return p.search }

// Caret is its column on the screen, as drawn last.
func (p *Prompt) Caret() int { return p.x }

// Text is what is typed, and where the caret is in it, in bytes.
func (p *Prompt) Text() (text string, caret int) { return p.text, p.caret }

// Proposals is how many there are, and which is chosen, counted from 1; there are
// none while their list is closed.
func (p *Prompt) Proposals() (n, chosen int) {
	if !p.popup.open {
		return 0, 0
	}
	return len(p.popup.Proposals), p.popup.chosen
}

// Say tells, once, what there is to say in the last line.
func (p *Prompt) Say() (text string) {
	text, p.say = p.say, ""
	return text
}

// An Effect is what a key does beyond the prompt.
type Effect struct {
	// Filter is a filter to set, where Sets says so; nil shows every row.
	Filter *filter.Filter
	Sets   bool
	// Search is a text to search for, where Searches says so; "" ends the search.
	Search   string
	Searches bool
}

// Open opens the line, for a filter with the one that there is.
func (p *Prompt) Open(c *pane.Context, search bool) {
	p.line = line{open: true, search: search}
	m := &typing{c, p}
	if !search && c.Sieve.Filter != nil {
		m.setText(c.Sieve.Filter.String())
	}
	p.typed, p.at = p.text, len(m.history().entries)
}

func (p *Prompt) close() { p.line = line{} }

// Press does what a key does while the line is open.
func (p *Prompt) Press(c *pane.Context, key tea.KeyPressMsg) Effect {
	return (&typing{c, p}).press(key)
}

// Paste takes what the terminal says was pasted.
func (p *Prompt) Paste(c *pane.Context, text string) {
	if p.open {
		before := p.text
		m := &typing{c, p}
		m.insertText(text)
		m.edited(before)
	}
}

// See follows tables that are new.
func (p *Prompt) See(c *pane.Context) { (&typing{c, p}).see() }

// Remember takes a filter into the history, and its file.
func (p *Prompt) Remember(f *filter.Filter) tea.Cmd {
	p.filters.add(f.String())
	return p.file.save(f.String())
}

// Add takes a filter into the history alone.
func (p *Prompt) Add(f *filter.Filter) { p.filters.add(f.String()) }

// Load reads the history's file.
func (p *Prompt) Load() tea.Cmd { return p.file.load() }

// history is the one that belongs to what is typed.
func (m *typing) history() *history {
	if m.line.search {
		return &m.searches
	}
	return &m.filters
}

func (m *typing) press(key tea.KeyPressMsg) Effect {
	p := &m.line
	// Keystroke names the key itself, String what it types.
	act := m.ActionOf(key)
	switch act {
	case pane.ActApply:
		return m.apply()
	case actLeave:
		m.leave()
	case ActComplete:
		m.complete(1)
	case actCompleteBack:
		m.complete(-1)
	case actOlder:
		m.turn(-1)
	case actNewer:
		m.turn(1)
	default:
		before := p.text
		if edit, found := edits[act]; found {
			edit(&p.editor)
		} else {
			m.insertText(key.Text)
		}
		m.edited(before)
	}
	return Effect{}
}

func (m *typing) insertText(text string) {
	if !m.line.insert(text) {
		m.say = fmt.Sprintf("not taken: %s kB, the limit is %d KiB", draw.Count(uint64(len(m.line.text)+len(text)+500)/1000), editLimit>>10)
	}
}

// edited follows a key that edits: where the text is another one, it is
// what was typed, is looked at anew, and may have proposals.
func (m *typing) edited(before string) {
	p := &m.line
	p.popup = popup{}
	if p.text == before {
		return
	}
	p.typed, p.touched, p.at = p.text, true, len(m.history().entries)
	m.check()
	if !p.search {
		m.propose(false)
	}
}

// setText puts a text in the place of the other, the caret at its end.
func (m *typing) setText(text string) {
	m.line.replace(0, len(m.line.text), text)
	m.check()
}
