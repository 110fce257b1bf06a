package prompt

import (
	"errors"
	"strings"

	"vtscope/filter"
	"vtscope/ui/draw"
)

// check finds out whether the text is a filter, and one of the tables
// seen so far. No row is looked at.
func (m *typing) check() {
	p := &m.line
	p.parsed, p.problem, p.entered = nil, nil, false
	if p.search || strings.TrimSpace(p.text) == "" {
		return
	}
	f, err := filter.Parse(p.text)
	if err == nil {
		p.parsed = f
		err = f.Check(m.Tables)
		if warnings := f.Warnings(m.Known()); err == nil && len(warnings) > 0 {
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
func (p *line) unfinished() bool {
	start, end := p.problem.Start, p.problem.End
	return !p.entered && (end >= len(strings.TrimRight(p.text, " ")) || p.text[start:end] == "(")
}

// insist reports whether a second enter applies a filter that is one, but that
// seems not to be meant, or names what no table seen so far has: the table may
// be yet to come.
func (p *line) insist() bool { return p.entered && p.parsed != nil }

// apply takes the proposal that was chosen, or else applies the text and closes the
// line. A text that is wrong stays, with what is wrong.
func (m *typing) apply() Effect {
	p := &m.line
	chosen := p.popup.chosen
	if p.popup = (popup{}); chosen > 0 {
		return Effect{}
	}
	if p.search {
		text := p.text
		m.searches.add(text)
		m.close()
		return Effect{Search: text, Searches: true}
	}
	text := strings.TrimSpace(p.text)
	insist := p.insist()
	m.check()
	if p.problem != nil && (p.parsed == nil || !insist) {
		p.entered = true
		return Effect{}
	}
	m.close()
	if text == "" {
		return Effect{Sets: true}
	}
	f, err := filter.Parse(text)
	if err != nil {
		m.say = draw.Safe([]byte(err.Error()))
		return Effect{}
	}
	return Effect{Filter: f, Sets: true}
}

// leave closes the proposals, or else the line; the filter stays.
func (m *typing) leave() {
	if !m.line.popup.open {
		m.close()
		return
	}
	if m.line.popup.chosen > 0 {
		m.choose(0)
	}
	m.line.popup = popup{}
}
