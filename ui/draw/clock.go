package draw

import (
	"fmt"
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

// Span writes a span of time with its sign, in at most ten columns.
func Span(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	switch {
	case d < 100*time.Second:
		return fmt.Sprintf("%s%.3fs", sign, d.Seconds())
	case d < 100*time.Minute:
		return fmt.Sprintf("%s%dm%04.1fs", sign, int(d.Minutes()), (d % time.Minute).Truncate(100*time.Millisecond).Seconds())
	case d < 100*time.Hour:
		return fmt.Sprintf("%s%dh%02dm%02ds", sign, int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
	}
	return fmt.Sprintf("%s%dd%02dh%02dm", sign, int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60)
}

// Arrival says when a record arrived.
func Arrival(r *stream.Record) string {
	return "arrived " + time.Unix(0, r.Arrived).UTC().Format(MilliForm) + " " + Zone
}
