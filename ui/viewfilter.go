package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"vtscope/filter"
	"vtscope/stream"
)

// setFilter gives the log another filter, none where it is nil. The rows stay
// until the first of the new ones are known.
func (m *Model) setFilter(f *filter.Filter) tea.Cmd {
	if f == nil {
		m.dropFilter()
	} else {
		m.filter, m.filterOff = f, false
		m.startView()
	}
	m.arrange()
	return m.scan()
}

// dropFilter takes the filter away, for ! to bring back.
func (m *Model) dropFilter() {
	if m.filter == nil {
		return
	}
	m.filterBefore, m.filter, m.filterOff = m.filter, nil, false
	m.startView()
}

// toggleFilter switches the filter off, or on again; also the one that esc took
// away.
func (m *Model) toggleFilter() {
	if m.filter == nil {
		if m.filterBefore == nil {
			m.message = "there is no filter to switch on; / sets one"
			return
		}
		m.filter, m.filterOff = m.filterBefore, true
	}
	m.filterOff = !m.filterOff
	m.startView()
}

// startView begins another view of what is shown. Whatever still looks for the
// one before stops.
func (m *Model) startView() {
	m.stopSearch()
	m.dirty = true
	f := m.filter
	if m.filterOff {
		f = nil
	}
	m.pending = newView(m.generation.Add(1), f, m.shown)
	if !m.pending.looking() {
		m.turnView()
	}
	m.checkFilter()
}

// turnView puts the view that was begun in the place of the one on screen. The
// cursor stays on its row, or goes to what is nearest.
func (m *Model) turnView() {
	if m.view.len() > 0 {
		m.log.anchor = m.log.cursor
	}
	m.view, m.pending = m.pending, nil
	m.view.extend(m.shown)
}

// scan gives idle commands something to look at: the rows nearest to the cursor
// first, one command alone until the first are known.
func (m *Model) scan() tea.Cmd {
	v, most := m.view, m.scans
	if m.pending != nil {
		v, most = m.pending, 1
	}
	anchor := m.log.anchor
	if m.log.follow {
		anchor = v.end
	}
	var commands []tea.Cmd
	for len(v.busy) < most {
		s, upwards, found := v.next(anchor, most-len(v.busy))
		if !found {
			break
		}
		job := &scan{
			generation: v.generation, latest: m.generation, snapshot: m.shown, matcher: v.matcher(),
			span: s, upwards: upwards, limit: v.slice(), now: m.options.Now,
		}
		if v == m.pending {
			job.enough = max(m.layout.rows, 1)
		}
		commands = append(commands, func() tea.Msg { return job.run() })
	}
	return tea.Batch(commands...)
}

// looked takes over what a scan found.
func (m *Model) looked(message *lookedMsg) {
	if m.pending != nil && m.pending.generation == message.generation {
		m.turnView()
	}
	if m.view.generation != message.generation {
		return
	}
	m.view.take(message)
	m.arrange()
	m.dirty = true
}

// lookAhead gives the scan of the rows that the next frame brings, nil where
// none is to be looked at.
func (m *Model) lookAhead() *scan {
	v := m.view
	if v.filter == nil || m.paused {
		return nil
	}
	return &scan{
		generation: v.generation, latest: m.generation, matcher: v.matcher(),
		span: span{from: v.end}, limit: frameSlice, now: m.options.Now,
	}
}

// checkFilter looks whether the tables seen so far have what the filter names.
func (m *Model) checkFilter() {
	m.filterProblem = nil
	if m.filter == nil || m.filterOff {
		return
	}
	m.filterProblem = m.filter.Check(m.tables)
	if warnings := m.filter.Warnings(m.known()); m.filterProblem == nil && len(warnings) > 0 {
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
