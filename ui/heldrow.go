package ui

import "vtscope/stream"

// hold keeps the row that the details show, since the store may drop it under
// them: they go on to show it until the cursor is moved.
func (m *Model) hold() {
	d := &m.details
	if !d.open || d.stream || m.Sieve.Matches.Len() == 0 {
		d.held, d.gone = nil, false
		return
	}
	if d.held != nil && d.held.Seq == m.log.anchor && m.log.anchor < m.Shown.First() {
		if !d.gone {
			d.gone = true
			m.message = "the row of the details is no longer kept; the cursor is on the oldest that is"
		}
		return
	}
	d.gone = false
	var r stream.Record
	if !m.Shown.At(m.log.cursor, &r) {
		return
	}
	if d.held != nil && d.held.Seq == r.Seq {
		d.held.Open, d.held.Abandoned = r.Open, r.Abandoned
		return
	}
	d.held = r.Clone()
}

// current reads the row under the cursor, where there is one, or the one that the
// details go on to show.
func (m *Model) current(r *stream.Record) bool {
	if m.details.gone {
		*r = *m.details.held
		return true
	}
	return m.Sieve.Matches.Len() > 0 && m.Shown.At(m.log.cursor, r)
}
