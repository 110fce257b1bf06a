package ui

import (
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// A search looks for the next row shown whose text holds what was typed. It
// goes through the view piece by piece, each a command of its own; the next
// key ends it.
type search struct {
	down   bool
	next   uint64 // the row to go on from
	origin uint64 // the row that it began at
	first  bool   // of its text: with nothing above, it looks below
	more   int    // matches to pass by: how often the key came again meanwhile
	rows   int    // how many rows the next command searches
	ended  *atomic.Bool
}

// The first command of a search looks at few rows, since most matches are near;
// each one after it at more.
const (
	fewestSearched = 1 << 10
	mostSearched   = 64 << 10
)

// searchedMsg is what a command found in its piece.
type searchedMsg struct {
	search *search
	found  bool
	row    uint64 // the match, else the last row that was looked at
}

// startSearch looks for text in what the log shows: from the cursor up, since
// the newest rows are at the bottom, and else below it.
func (m *Model) startSearch(text string) tea.Cmd {
	m.setSearch(text)
	if text == "" {
		return nil
	}
	return m.startHunt(&search{next: m.log.cursor + 1, origin: m.log.cursor, first: true})
}

// setSearch sets what is marked on screen; nothing is searched for yet.
func (m *Model) setSearch(text string) {
	m.stopSearch()
	m.searchText, m.needle = text, draw.AppendFolded(nil, []byte(draw.Safe([]byte(text))))
	m.dirty = true
}

// findNext looks for the next match below the cursor, or above it.
func (m *Model) findNext(down bool) tea.Cmd {
	if m.searchText == "" {
		m.message = "nothing is searched for; s searches"
		return nil
	}
	if m.hunt != nil && m.hunt.down == down && !m.hunt.first {
		m.hunt.more++
		m.message = searching
		return nil
	}
	s := &search{down: down, next: m.log.cursor, origin: m.log.cursor}
	if down {
		s.next++
	}
	return m.startHunt(s)
}

const searching = "searching …"

func (m *Model) startHunt(s *search) tea.Cmd {
	m.stopSearch()
	s.rows, s.ended = fewestSearched, new(atomic.Bool)
	m.hunt, m.message, m.dirty = s, searching, true
	return m.goOn()
}

// stopSearch ends the search under way. What it was about stays marked.
func (m *Model) stopSearch() {
	if m.hunt != nil {
		m.hunt.ended.Store(true)
		m.hunt, m.message = nil, ""
	}
}

// goOn searches the next piece, or says that there is none.
func (m *Model) goOn() tea.Cmd {
	s := m.hunt
	rows := m.piece()
	if len(rows) == 0 && s.first && !s.down {
		s.down, s.next = true, s.origin+1
		rows = m.piece()
	}
	if len(rows) == 0 {
		m.endSearch(m.notFound(s))
		return nil
	}
	s.rows = min(4*s.rows, mostSearched)
	ended, now, snapshot, needle, keyspaces := s.ended, m.options.Now, m.shown, m.needle, m.severalKeyspaces()
	return func() tea.Msg {
		message := searchedMsg{search: s}
		message.row, message.found = seek(snapshot, rows, needle, keyspaces, ended, now)
		return message
	}
}

// piece gives the rows to search next, in the order of the search.
func (m *Model) piece() []uint64 {
	s := m.hunt
	at := m.view.index(s.next)
	if s.down {
		return m.view.rows(nil, at, s.rows)
	}
	n := min(at, s.rows)
	rows := m.view.rows(nil, at-n, n)
	slices.Reverse(rows)
	return rows
}

// seek looks for the first of some rows that matches, for a while.
func seek(s *stream.Snapshot, rows []uint64, needle []byte, keyspaces bool, ended *atomic.Bool, now func() time.Time) (row uint64, found bool) {
	d := draw.Writer{Theme: draw.MonoTheme()}
	reader, start := s.Reader(), now()
	var record stream.Record
	for i, seq := range rows {
		if i%checkEvery == checkEvery-1 && (ended.Load() || now().Sub(start) >= lastSlice) {
			return row, false
		}
		row = seq
		if reader.At(seq, &record) && d.Has(needle, &record, keyspaces) {
			return row, true
		}
	}
	return row, false
}

// searched goes to the row that a search found, or goes on.
func (m *Model) searched(message *searchedMsg) tea.Cmd {
	s := message.search
	if s != m.hunt {
		return nil
	}
	m.dirty = true
	s.next = message.row
	if s.down {
		s.next++
	}
	if message.found {
		m.jump(message.row)
		if s.more == 0 {
			m.endSearch("")
			return nil
		}
		s.more--
		s.rows = fewestSearched
	}
	return m.goOn()
}

// endSearch ends a search that has its answer.
func (m *Model) endSearch(message string) {
	m.hunt, m.message, m.dirty = nil, message, true
}

// notFound says where nothing was found. Searches do not begin again at the
// other end: the reader would be somewhere else without knowing.
func (m *Model) notFound(s *search) string {
	text := "no further match above"
	switch {
	case s.first:
		text = "no row shown matches"
	case s.down:
		text = "no further match below"
	}
	if m.view.looking() {
		text += " so far; the filter is still looking"
	}
	return text
}

// jump puts the cursor on a row, which stays on its line where it is on screen.
func (m *Model) jump(row uint64) {
	line := m.layout.rows / 2
	at, top := m.view.index(row), m.view.index(m.log.top)
	if at >= top && at < top+m.layout.rows {
		line = at - top
	}
	m.log.put(m.view, at, line, m.layout.rows)
	m.arrange()
}
