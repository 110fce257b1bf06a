package ui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/draw"
)

// checkPrompt finds out whether the text is a filter, and one of the tables
// seen so far. No row is looked at.
func (m *Model) checkPrompt() {
	p := &m.prompt
	p.parsed, p.problem, p.entered = nil, nil, false
	if p.search || strings.TrimSpace(p.text) == "" {
		return
	}
	f, err := filter.Parse(p.text)
	if err == nil {
		p.parsed = f
		err = f.Check(m.Tables)
		if warnings := f.Warnings(m.known()); err == nil && len(warnings) > 0 {
			err = warnings[0]
		}
	}
	var e *filter.Error
	if errors.As(err, &e) {
		p.problem = e
	} else if err != nil {
		p.problem = &filter.Error{Text: p.text, End: len(p.text), Problem: err.Error()}
	}
}

// unfinished reports whether the problem may go away as typing goes on: it is at
// the end, or a parenthesis that is still open.
func (p *prompt) unfinished() bool {
	start, end := p.problem.Start, p.problem.End
	return !p.entered && (end >= len(strings.TrimRight(p.text, " ")) || p.text[start:end] == "(")
}

// insist reports whether a second enter applies a filter that is one, but that
// seems not to be meant, or names what no table seen so far has: the table may
// be yet to come.
func (p *prompt) insist() bool { return p.entered && p.parsed != nil }

// applyPrompt takes the proposal that was chosen, or else applies the text and
// closes the line. A text that is wrong stays, with what is wrong.
func (m *Model) applyPrompt() tea.Cmd {
	p := &m.prompt
	chosen := p.popup.chosen
	if p.popup = (popup{}); chosen > 0 {
		return nil
	}
	if p.search {
		text := p.text
		m.searches.add(text)
		m.closePrompt()
		return m.startSearch(text)
	}
	text := strings.TrimSpace(p.text)
	insist := p.insist()
	m.checkPrompt()
	if p.problem != nil && (p.parsed == nil || !insist) {
		p.entered = true
		return nil
	}
	m.closePrompt()
	if text == "" {
		return m.setFilter(nil)
	}
	f, err := filter.Parse(text)
	if err != nil {
		m.message = draw.Safe([]byte(err.Error()))
		return nil
	}
	return m.apply(f)
}

// apply sets a filter and remembers it.
func (m *Model) apply(f *filter.Filter) tea.Cmd {
	m.filters.add(f.String())
	return tea.Batch(m.setFilter(f), m.historyFile.save(f.String()))
}

// leavePrompt closes the proposals, or else the line; the filter stays.
func (m *Model) leavePrompt() {
	if !m.prompt.popup.open {
		m.closePrompt()
		return
	}
	if m.prompt.popup.chosen > 0 {
		m.choose(0)
	}
	m.prompt.popup = popup{}
}
