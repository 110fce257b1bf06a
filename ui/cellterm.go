package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/ui/draw"
)

// filterByValue adds the value that is chosen in the details to the filter, by
// filter.And or filter.AndNot. Where the details do not have the keys, they get
// them first.
func (m *Model) filterByValue(add func(text, term string) string) tea.Cmd {
	if m.focus != paneDetails {
		m.chooseValue()
		return nil
	}
	if m.details.Subject(&m.Context) == nil {
		return nil
	}
	term, refusal := m.details.Term()
	if refusal != "" {
		m.message = refusal
		return nil
	}
	text := ""
	if m.Sieve.Filter != nil {
		text = m.Sieve.Filter.String()
	}
	longer := add(text, term)
	added, _ := strings.CutPrefix(longer, text)
	if text == add("", term) || strings.HasSuffix(text, added) {
		longer = text // a key that repeats
	}
	f, err := filter.Parse(longer)
	if err != nil {
		m.message = draw.Safe([]byte(filter.Summary(err)))
		return nil
	}
	if m.zoomed {
		m.message = "filter  " + draw.Safe([]byte(f.String())) // its line is not on the screen
	}
	return m.apply(f)
}

// chooseValue shows the details of the row and gives them the keys, with the first
// column chosen that the row changed. The row stays: the log no longer follows.
func (m *Model) chooseValue() {
	if m.changes.Subject(&m.Context) == nil {
		return
	}
	m.changes.Follow, m.zoomed, m.focus, m.detailed = false, false, paneDetails, paneLog
	m.details.Reset()
	m.message = "choose a column with j k, then + or -"
	m.arrange()
	m.details.ChooseValue()
}
