package prompt

import (
	"strings"

	"vtscope/filter"
)

// leastWidth is how wide the list is where there is more than enough for it.
const leastWidth = 40

// popupLines is how many proposals show at a time.
const popupLines = 8

// popup is the list of proposals for the word at the caret. One that is chosen
// stands in the text already.
type popup struct {
	sought bool // for the word at the caret, though nothing may be found yet
	asked  bool // with tab
	open   bool
	filter.Completion
	word   string // as it was typed
	chosen int    // counted from 1; 0 is the word as it was typed
}

// propose opens the list where there are proposals. Unless it is asked for,
// there has to be a word, and one that is not complete yet.
func (m *typing) propose(asked bool) {
	p := &m.line
	p.popup = popup{sought: true, asked: asked}
	found := filter.Complete(p.text, p.caret, m.catalog())
	if len(found.Proposals) == 0 || !within(found, p.caret, len(p.text)) {
		return
	}
	word := p.text[found.Start:found.End]
	if !asked && (word == "" || isComplete(word, found.Proposals)) {
		return
	}
	p.popup = popup{sought: true, asked: asked, open: true, Completion: found, word: word}
}

// see follows a table that is new: the text may be right now, and the
// word at the caret may have other proposals. One that was chosen stays.
func (m *typing) see() {
	p := &m.line
	if !p.open || p.search {
		return
	}
	entered := p.entered
	m.check()
	p.entered = entered && p.problem != nil
	if p.popup.sought && p.popup.chosen == 0 {
		m.propose(p.popup.asked)
	}
}

func within(c filter.Completion, caret, length int) bool {
	return 0 <= c.Start && c.Start <= caret && caret <= c.End && c.End <= length
}

func isComplete(word string, proposals []filter.Proposal) bool {
	for _, p := range proposals {
		if strings.EqualFold(p.Text, word) {
			return true
		}
	}
	return false
}

// complete opens the list, or goes on in it. A proposal that is the only
// one is taken.
func (m *typing) complete(by int) {
	p := &m.line
	if p.search {
		return
	}
	if !p.popup.open {
		if m.propose(true); !p.popup.open {
			p.popup = popup{}
			m.say = "no proposals here"
			return
		}
	} else if len(p.popup.Proposals) > 1 {
		m.turnPopup(by)
		return
	}
	if len(p.popup.Proposals) == 1 {
		m.choose(1)
		p.popup = popup{}
	}
}

// turnPopup goes to the next proposal, and by way of the word as it was typed
// from the last to the first.
func (m *typing) turnPopup(by int) {
	n := len(m.line.popup.Proposals) + 1
	m.choose((m.line.popup.chosen + by + n) % n)
}

// choose puts a proposal, or the word as it was typed, into the text.
func (m *typing) choose(chosen int) {
	p := &m.line
	text := p.popup.word
	if chosen > 0 {
		text = p.popup.Proposals[chosen-1].Text
	}
	if len(p.text)+len(text) > editLimit {
		return
	}
	p.replace(p.popup.Start, p.popup.End, text)
	p.popup.chosen, p.popup.End = chosen, p.popup.Start+len(text)
	p.typed, p.touched, p.at = p.text, true, len(m.history().entries)
	m.check()
}
