package ui

import (
	"time"

	"vtscope/stream"
)

// All times on the screen are of one clock, UTC, as in _time and in every
// output. clockZone stands in the heads of columns.
const clockZone = "UTC"

// Forms of a moment: the binlog's clock has whole seconds.
const (
	secondForm = time.TimeOnly
	dayForm    = "01-02 15:04:05"
	milliForm  = "15:04:05.000"
)

// A timeColumn says what the log's first column shows.
type timeColumn bool

const (
	commitTime  timeColumn = false
	arrivalTime timeColumn = true
)

// head is the column's name.
func (c timeColumn) head() string {
	if c == arrivalTime {
		return "ARRIVED " + clockZone
	}
	return "TIME " + clockZone
}

// turnTimes shows when rows arrived in place of when they were committed, or the
// other way round.
func (m *Model) turnTimes() {
	m.times = !m.times
	m.log.columns.time = 0
}

// rowTime is when a record was committed, to the second, with the day where that
// is not today; ~ stands before the arrival of what has no such time, such as a
// row of the copy.
func (m *Model) rowTime(r *stream.Record) string {
	if m.times == arrivalTime {
		return time.Unix(0, r.Arrived).UTC().Format(milliForm)
	}
	mark, at := " ", time.Unix(r.Time, 0)
	if r.Time == 0 {
		mark, at = "~", time.Unix(0, r.Arrived)
	}
	form := secondForm
	if year, day := at.UTC().Year(), at.UTC().YearDay(); year != m.Now.UTC().Year() || day != m.Now.UTC().YearDay() {
		form = dayForm
	}
	return mark + at.UTC().Format(form)
}

// arrival says when a record arrived.
func arrival(r *stream.Record) string {
	return "arrived " + time.Unix(0, r.Arrived).UTC().Format(milliForm) + " " + clockZone
}
