package changes

import (
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
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
		return "ARRIVED " + draw.Zone
	}
	return "TIME " + draw.Zone
}

// rowTime is when a record was committed, to the second, with the day where that
// is not today; ~ stands before the arrival of what has no such time, such as a
// row of the copy.
func (m *drawing) rowTime(r *stream.Record) string {
	if m.times == arrivalTime {
		return time.Unix(0, r.Arrived).UTC().Format(draw.MilliForm)
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
