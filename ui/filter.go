package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/rows"
)

// setFilter gives the log another filter, none where it is nil.
func (m *Model) setFilter(f *filter.Filter) tea.Cmd {
	m.refilter(func() { m.Sieve.Set(f) })
	return m.scan()
}

// dropFilter takes the filter away, for ! to bring back.
func (m *Model) dropFilter() { m.refilter(m.Sieve.Drop) }

// toggleFilter switches the filter off, or on again; also the one that esc took
// away.
func (m *Model) toggleFilter() {
	m.refilter(func() {
		if !m.Sieve.Toggle() {
			m.message = "there is no filter to switch on; / sets one"
		}
	})
}

// refilter changes the filter. Whatever still looks for the one before stops.
func (m *Model) refilter(change func()) {
	m.stopSearch()
	m.turning(change)
	m.checkFilter()
}

// turning does what may put other rows on screen: the cursor stays on its row, or
// goes to what is nearest.
func (m *Model) turning(change func()) {
	before, cursor := m.Sieve.Matches, m.changes.Cursor
	if change(); m.Sieve.Matches != before && before.Len() > 0 {
		m.changes.Anchor = cursor
	}
}

// scan gives idle commands rows to look at, nearest to the cursor first.
func (m *Model) scan() tea.Cmd {
	var commands []tea.Cmd
	for _, job := range m.Sieve.Scans(m.changes.Wanted(&m.Context), m.changes.Rows()) {
		commands = append(commands, func() tea.Msg { return job.Run() })
	}
	return tea.Batch(commands...)
}

// looked takes over what a scan found.
func (m *Model) looked(message *rows.Looked) {
	m.turning(func() {
		if m.Sieve.Take(message) {
			m.drawn.old = true
		}
	})
}

// checkFilter looks whether the tables seen so far have what the filter names.
func (m *Model) checkFilter() {
	m.FilterProblem = nil
	if m.Sieve.Filter == nil || m.Sieve.Off {
		return
	}
	m.FilterProblem = m.Sieve.Filter.Check(m.Tables)
	if warnings := m.Sieve.Filter.Warnings(m.Known()); m.FilterProblem == nil && len(warnings) > 0 {
		m.FilterProblem = warnings[0]
	}
}

// see takes note of the tables of a snapshot.
func (m *Model) see(s *stream.Snapshot) {
	if tables := s.Tables(); !slices.Equal(tables, m.Tables) {
		m.Tables = tables
		m.checkFilter()
		m.prompt.See(&m.Context)
	}
}

// ofItsTable has the opposite of a column's value say which table that is of: rows of
// tables without the column are no less wanted.
func (m *Model) ofItsTable(act pane.Action, term string) string {
	r := m.changes.Record(&m.Context)
	if act != pane.ActDrop || m.details.Column() == "" || m.detailed != paneView || m.view != viewLog || r == nil || r.Table == nil {
		return term
	}
	table, known := filter.MetaTerm("_table", r)
	if !known {
		return term
	}
	return filter.And(table, term)
}

// filterByValue adds the value that is chosen in the details to the filter, or its
// opposite. Where the details do not have the keys, they get
// them first.
func (m *Model) filterByValue(act pane.Action) tea.Cmd {
	add := filter.And
	if act == pane.ActDrop {
		add = filter.AndNot
	}
	if m.focus != paneDetails {
		if m.chooseValue(); m.view == viewLog || m.focus != paneDetails {
			return nil
		}
		m.message = "" // of a table or a transaction, what is meant is plain
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
	term = m.ofItsTable(act, term)
	longer := add(text, term)
	added, _ := strings.CutPrefix(longer, text)
	if text == add("", term) || strings.HasSuffix(text, added) {
		longer = text // a key that repeats
	}
	return m.filterBy(longer)
}

// filterBy filters the log by an expression that was made, not typed.
func (m *Model) filterBy(text string) tea.Cmd {
	f, err := filter.Parse(text)
	if err != nil {
		m.message = draw.Safe([]byte(filter.Summary(err)))
		return nil
	}
	if m.zoomed || m.view != viewLog {
		m.message = "filter  " + draw.Safe([]byte(f.String())) // its line is not on the screen
	}
	return m.apply(f)
}

// lookAside filters the log for a while; esc brings back what was there before.
func (m *Model) lookAside(text string) tea.Cmd {
	f, err := filter.Parse(text)
	if err != nil {
		m.message = draw.Safe([]byte(filter.Summary(err)))
		return nil
	}
	m.refilter(func() { m.Sieve.Aside(f) })
	m.message = cmp.Or(m.message, "only these changes") + "; " + m.Keys.Key(pane.ActBack) + " goes back"
	return m.scan()
}

// chooseValue shows the details of what is under the cursor and gives them the keys,
// with the value chosen that a filter is most likely to be about. A row stays: the log
// no longer follows.
func (m *Model) chooseValue() {
	if m.middle().Subject(&m.Context) == nil {
		return
	}
	if m.view == viewLog {
		m.changes.Follow = false
	}
	m.zoomed, m.focus, m.detailed = false, paneDetails, paneView
	m.details.Reset()
	m.message = "choose a column with " + m.Keys.Key(pane.ActDown) + " " + m.Keys.Key(pane.ActUp) + ", then " + m.Keys.Key(pane.ActKeep) + " or " + m.Keys.Key(pane.ActDrop)
	m.arrange()
	m.details.ChooseValue()
}
