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
	m.refilter(func() { m.sieve.Set(f) })
	m.arrange()
	return m.scan()
}

// dropFilter takes the filter away, for ! to bring back.
func (m *Model) dropFilter() { m.refilter(m.sieve.Drop) }

// toggleFilter switches the filter off, or on again; also the one that esc took
// away.
func (m *Model) toggleFilter() {
	m.refilter(func() {
		if !m.sieve.Toggle() {
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
	before, cursor := m.sieve.Matches, m.log.cursor
	if change(); m.sieve.Matches != before && before.Len() > 0 {
		m.log.anchor = cursor
	}
}

// scan gives idle commands rows to look at, nearest to the cursor first.
func (m *Model) scan() tea.Cmd {
	anchor := m.log.anchor
	if m.log.follow {
		anchor = m.shown.End()
	}
	var commands []tea.Cmd
	for _, job := range m.sieve.Scans(anchor, m.layout.rows) {
		commands = append(commands, func() tea.Msg { return job.Run() })
	}
	return tea.Batch(commands...)
}

// looked takes over what a scan found.
func (m *Model) looked(message *rows.Looked) {
	m.turning(func() {
		if m.sieve.Take(message) {
			m.dirty = true
		}
	})
	m.arrange()
}

// checkFilter looks whether the tables seen so far have what the filter names.
func (m *Model) checkFilter() {
	m.filterProblem = nil
	if m.sieve.Filter == nil || m.sieve.Off {
		return
	}
	m.filterProblem = m.sieve.Filter.Check(m.tables)
	if warnings := m.sieve.Filter.Warnings(m.known()); m.filterProblem == nil && len(warnings) > 0 {
		m.filterProblem = warnings[0]
	}
}

// see takes note of the tables of a snapshot.
func (m *Model) see(s *stream.Snapshot) {
	if tables := s.Tables(); !slices.Equal(tables, m.tables) {
		m.tables = tables
		m.checkFilter()
		m.promptSees()
	}
}
