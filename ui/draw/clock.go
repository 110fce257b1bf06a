package draw

import (
	"time"

	"vtscope/stream"
)

// Zone is the clock of all times on the screen, as in _time and in every output. It
// stands in the heads of columns.
const Zone = "UTC"

// Forms of a moment: the binlog's clock has whole seconds.
const (
	SecondForm = time.TimeOnly
	DayForm    = "01-02 15:04:05"
	MilliForm  = "15:04:05.000"
)

// Arrival says when a record arrived.
func Arrival(r *stream.Record) string {
	return "arrived " + time.Unix(0, r.Arrived).UTC().Format(MilliForm) + " " + Zone
}
