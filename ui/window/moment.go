package window

import (
	"errors"
	"time"
)

// A Moment is a time as it is typed: with a date, or the first such time from another on.
type Moment struct {
	time  time.Time
	clock bool // time has hours, minutes and seconds alone
}

// momentForms are the forms of a time, in the order in which they are tried; without a
// zone they are local.
var momentForms = []struct {
	layout string
	clock  bool
}{
	{time.RFC3339Nano, false}, {"2006-01-02T15:04:05", false}, {"2006-01-02 15:04:05", false}, {"2006-01-02T15:04", false},
	{"2006-01-02 15:04", false}, {"2006-01-02", false}, {"15:04:05", true}, {"15:04", true},
}

var errMoment = errors.New("write a time such as 10:30, 10:30:05, \"2026-11-27 10:30\" or 2026-11-27T10:30:00Z")

// ParseMoment reads a time.
func ParseMoment(text string) (Moment, error) {
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form.layout, text, time.Local); err == nil {
			return Moment{t, form.clock}, nil
		}
	}
	return Moment{}, errMoment
}

// In is the time meant in what goes from one time to another, which is zero where it is not
// known: without a date, that of the day on which it begins, or of the next where that one
// lies within. The zero Moment is the zero time.
func (m Moment) In(begin, end time.Time) time.Time {
	if !m.clock {
		return m.time
	}
	begin = begin.In(time.Local)
	t := time.Date(begin.Year(), begin.Month(), begin.Day(), m.time.Hour(), m.time.Minute(), m.time.Second(), m.time.Nanosecond(), time.Local)
	if next := t.AddDate(0, 0, 1); t.Before(begin) && (!end.IsZero() && !next.After(end) || end.IsZero() && begin.Sub(t) > 12*time.Hour) {
		return next
	}
	return t
}
