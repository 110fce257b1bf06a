package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/rows"
)

// setFilter gives the log another filter, none where it is nil.
func (m *Model) setFilter(f *filter.Filter) tea.Cmd {
	m.refilter(func() { m.Sieve.Set(f) })
	m.arrange()
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
	m.dirty = true
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
			m.dirty = true
		}
	})
	m.arrange()
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
