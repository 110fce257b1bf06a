package changes

import (
	"slices"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// A timeColumn says what the log's first column shows.
type timeColumn int

const (
	commitTime   timeColumn = iota
	arrivalTime             // to the millisecond
	relativeTime            // of arrival, since the last row that was marked, or the first of the run
	deltaTime               // of arrival, since the row above

	timeColumns
)

// TimeNames are what the first column can show at first.
var TimeNames = []string{"commit", "arrival", "relative", "delta"}

// ShowTimes has the first column show what one of TimeNames stands for.
func (p *Pane) ShowTimes(name string) { p.times = timeColumn(max(slices.Index(TimeNames, name), 0)) }

// spanWidth is that of a span of time.
const spanWidth = len("+99h59m59s")

// words say what the column shows.
func (c timeColumn) words(marked bool) string {
	switch {
	case c == arrivalTime:
		return "when rows arrived"
	case c == relativeTime && marked:
		return "time since the row that was marked last arrived"
	case c == relativeTime:
		return "time since the first row of the run arrived; a mark counts instead"
	case c == deltaTime:
		return "time since the row above arrived"
	}
	return "when rows were committed"
}

// head is the column's name.
func (p *Pane) timeHead() string {
	switch p.times {
	case arrivalTime:
		return "ARRIVED " + draw.Zone
	case relativeTime:
		if len(p.marks) > 0 {
			return "FROM MARK"
		}
		return "FROM FIRST"
	case deltaTime:
		return "DELTA"
	}
	return "TIME " + draw.Zone
}

// noteFirst keeps when the first row of the run arrived, which the store may drop.
func (p *Pane) noteFirst(s *stream.Snapshot) {
	var r stream.Record
	if p.first == 0 && s.Len() > 0 && s.At(s.First(), &r) {
		p.first = r.Arrived
	}
}

// rowTime is when a record was committed, to the second, with the day where that
// is not today; ~ stands before the arrival of what has no such time, such as a
// row of the copy. Or it is one of the other times.
func (m *drawing) rowTime(r *stream.Record) string {
	switch m.times {
	case arrivalTime:
		return time.Unix(0, r.Arrived).UTC().Format(draw.MilliForm)
	case relativeTime:
		return draw.Span(time.Duration(r.Arrived - m.base()))
	case deltaTime:
		if m.above == 0 {
			return ""
		}
		return draw.Span(time.Duration(r.Arrived - m.above))
	}
	mark, at := " ", time.Unix(r.Time, 0)
	if r.Time == 0 {
		mark, at = "~", time.Unix(0, r.Arrived)
	}
	form := draw.SecondForm
	if year, day := at.UTC().Year(), at.UTC().YearDay(); year != m.Now.UTC().Year() || day != m.Now.UTC().YearDay() {
		form = draw.DayForm
	}
	return mark + at.UTC().Format(form)
}

// base is the arrival from which relative times are counted.
func (m *drawing) base() int64 {
	if n := len(m.marking); n > 0 {
		return m.marking[n-1].arrived
	}
	return m.first
}

// arrivedAbove is when the row arrived that is shown above a row, 0 for the first.
func (m *drawing) arrivedAbove(seq uint64) int64 {
	var r stream.Record
	matches := m.Sieve.Matches
	if at := matches.Index(seq); at > 0 && m.Shown.At(matches.Row(at-1), &r) {
		return r.Arrived
	}
	return 0
}
