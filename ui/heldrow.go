package ui

import (
	"vtscope/stream"
	"vtscope/ui/pane"
)

// rowUnderCursor is the row under the cursor, nil where there is none. It is kept,
// since the store may drop it under the details: they go on to show it until the
// cursor is moved.
func (m *Model) rowUnderCursor() pane.Subject {
	l := &m.log
	l.settle(m.Sieve.Matches, 0)
	if m.Sieve.Matches.Len() == 0 {
		l.held = nil
		return nil
	}
	if l.held != nil && l.held.Seq == l.anchor && l.anchor < m.Shown.First() {
		if !l.held.gone {
			l.held.gone = true
			m.message = "the row of the details is no longer kept; the cursor is on the oldest that is"
		}
		return l.held
	}
	var r stream.Record
	if !m.Shown.At(l.cursor, &r) {
		if l.held == nil {
			return nil
		}
		return l.held
	}
	if l.held != nil && l.held.Seq == r.Seq {
		l.held.Open, l.held.Abandoned, l.held.gone = r.Open, r.Abandoned, false
		return l.held
	}
	l.held = &rowSubject{Record: r.Clone()}
	return l.held
}
