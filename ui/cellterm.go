package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
)

// termLimit bounds the value that + and - put into a filter, in bytes.
const termLimit = 1 << 10

// filterByValue adds the value that is chosen in the details to the filter, by
// filter.And or filter.AndNot. Where the details do not have the keys, they get
// them first.
func (m *Model) filterByValue(add func(text, term string) string) tea.Cmd {
	var r stream.Record
	if !m.current(&r) {
		return nil
	}
	if m.focus != paneDetails {
		m.chooseValue(&r)
		return nil
	}
	term, refusal := m.chosenTerm(&r)
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
		m.message = problem(err)
		return nil
	}
	if m.zoomed {
		m.message = "filter  " + draw.Safe([]byte(f.String())) // its line is not on the screen
	}
	return m.apply(f)
}

// chooseValue shows the details and gives them the keys, with the first column
// chosen that the row changed. The row stays: the log no longer follows.
func (m *Model) chooseValue(r *stream.Record) {
	m.log.follow, m.zoomed, m.focus = false, false, paneDetails
	m.details = detailsView{open: true}
	m.message = "choose a column with j k, then + or -"
	m.Take(r)
	for i, d := range m.detailsOf(r, m.width) {
		if d.column == 0 {
			m.details.chosen = i
		}
		if d.column >= 0 && r.Kind == stream.Update && m.Differs(&r.Table.Columns[d.column], d.column) {
			m.details.chosen = i
			return
		}
	}
}

// chosenTerm is what a filter says of the line that is chosen in the details,
// or why it can say nothing.
func (m *Model) chosenTerm(r *stream.Record) (term, refusal string) {
	details := m.detailsOf(r, m.width)
	d := details[min(m.details.chosen, len(details)-1)]
	name, length, known := d.meta, len(d.term), d.meta != ""
	term = d.term
	if d.column >= 0 {
		m.Take(r)
		column, value := &r.Table.Columns[d.column], m.valueOf(r, d.column)
		if value.State == stream.Absent {
			return "", draw.Safe([]byte(column.Name)) + " is not in the image, so nothing can be compared with it"
		}
		name, length = column.Name, len(value.Raw)
		if length <= termLimit {
			term, known = filter.Term(column, value)
		}
	}
	switch {
	case name == "":
		return "", "this line has no value; choose one with j k"
	case length > termLimit:
		return "", "the value of " + draw.Safe([]byte(name)) + " is too long for a filter: " + draw.Size(length)
	case !known:
		return "", "the value of " + draw.Safe([]byte(name)) + " cannot be written in a filter"
	}
	return term, ""
}
