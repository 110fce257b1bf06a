package window

import (
	"testing"
	"time"
)

func TestMoment(t *testing.T) {
	zone := time.Local
	time.Local = time.UTC
	defer func() { time.Local = zone }()
	at := func(text string) time.Time {
		t.Helper()
		if text == "" {
			return time.Time{}
		}
		parsed, err := time.Parse("2006-01-02 15:04:05", text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	for _, test := range []struct{ text, begin, end, want string }{
		{"10:30", "2026-11-27 10:00:00", "2026-11-27 11:00:00", "2026-11-27 10:30:00"},
		{"10:00", "2026-11-27 10:00:30", "2026-11-27 11:00:00", "2026-11-27 10:00:00"}, // in its first minute
		{"10:00", "2026-11-27 10:00:30", "", "2026-11-27 10:00:00"},
		{"01:15:30", "2026-11-27 22:00:00", "2026-11-28 02:00:00", "2026-11-28 01:15:30"}, // over midnight
		{"01:15", "2026-11-27 22:00:00", "", "2026-11-28 01:15:00"},
		{"21:00", "2026-11-27 22:00:00", "2026-11-28 02:00:00", "2026-11-27 21:00:00"},
		{"2026-11-26 10:30", "2026-11-27 10:00:00", "", "2026-11-26 10:30:00"},
		{"2026-11-26T10:30:00+02:00", "2026-11-27 10:00:00", "", "2026-11-26 08:30:00"},
		{"2026-11-26", "2026-11-27 10:00:00", "", "2026-11-26 00:00:00"},
	} {
		m, err := ParseMoment(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got := m.In(at(test.begin), at(test.end)); !got.Equal(at(test.want)) {
			t.Errorf("%s in what begins at %s is %v, want %s", test.text, test.begin, got, test.want)
		}
	}
	for _, text := range []string{"", "noon", "25:00", "10", "10:30 PM", "2026-13-01"} {
		if _, err := ParseMoment(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	if got := (Moment{}).In(at("2026-11-27 10:00:00"), time.Time{}); !got.IsZero() {
		t.Errorf("of none: %v", got)
	}
}
