package filter_test

import (
	"errors"
	"fmt"

	"testing"
	"time"

	"vtscope/filter"
	"vtscope/stream"
)

// seeds are expressions from which fuzzing starts.
var seeds = []string{
	"", "id = 42", "email like '%foo.com' and not changed(email)", "before.s <> after.s or _table = 'x'", "j->>'$.a.b' = 3 and j->'$[0]' > 1.5",
	"i in (1, 2, 3) and d between 1 and 2.5", "case when i > 3 then 'a' else 'b' end = 'a'", "dt > now() - interval 7 day", "s regexp '^a+' or s rlike 'b'",
	"(i, s) in ((1, 'a'), (2, 'b'))", "concat(s, '-', i) = 'x-5'", "cast(s as decimal(10,2)) = 1.5", "s collate utf8mb4_bin = 'X'", "i <=> null",
	"_latin1 x'e4' = s", "a, b", "a = ", "((i)", "`s` = 'it''s'", "s like 'a|%' escape '|'", "trim(s) = ''", "substring(s from 2 for 3) = 'x'",
	"i = 1 -- comment", "/* c */ i = 1", "/*!80000 i */ = 5", "i # c", "sleep(3)", "select 1", "count(*) > 1", "@x = 1", ":x", "i is not unknown",
	"interval(i, 1, 2)", "date'2026-01-31' = da", "y = 2026 and bit = 5", "e = 'a' or e > 1", "s = \"x\"", "N'x' = s", "s like '\xff'", "s = '\x00'",
}

// FuzzParse parses any text. What is wrong with it has a place in it, and a
// text means the same each time.
func FuzzParse(f *testing.F) {
	for _, text := range seeds {
		f.Add(text)
	}
	row := wide.change(f, ordinary, ordinary)
	f.Fuzz(func(t *testing.T, text string) {
		first, err := filter.Parse(text)
		second, again := filter.Parse(text)
		if fmt.Sprintf("%#v", err) != fmt.Sprintf("%#v", again) {
			t.Fatalf("%q: first %v, then %v", text, err, again)
		}
		if err != nil {
			checkPlace(t, text, err)
			return
		}
		for _, warning := range first.Warnings(filter.Known{Keyspaces: []string{"shop"}, Shards: []string{"-80"}, Tables: []string{"t"}}) {
			checkPlace(t, text, warning)
		}
		if err := first.Check([]*stream.Table{row.Table}); err != nil {
			checkPlace(t, text, err)
		}
		if matchAt(first, row) != matchAt(second, row) {
			t.Fatalf("%q matches once", text)
		}
	})
}

// matchAt matches at a fixed time.
func matchAt(f *filter.Filter, row *stream.Record) bool {
	m := f.Matcher()
	m.SetTime(time.Unix(at, 0))
	return m.Match(row)
}

// checkPlace holds an error to what it promises.
func checkPlace(t *testing.T, text string, err error) {
	t.Helper()
	var e *filter.Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: %v is no *Error", text, err)
	}
	if e.Text != text || e.Start < 0 || e.Start > e.End || e.End > len(text) || e.Problem == "" {
		t.Fatalf("%q: %d to %d: %s", text, e.Start, e.End, e.Summary())
	}
	_ = e.Error()
	for width := range 5 {
		e.Excerpt(width)
	}
}

// FuzzMatch matches expressions of the whole grammar against rows of any bytes.
// Whatever is in them costs no more than a failure of that record, and little
// memory.
func FuzzMatch(f *testing.F) {
	for i, text := range seeds {
		f.Add([]byte{byte(i), byte(i * 7), byte(i * 31), 3, 5, 200, 17, 44, 90, 1}, text, "-5", `{"a": "`+text+`"}`, "2026-01-31 12:00:00.5")
	}
	f.Fuzz(func(t *testing.T, choices []byte, s, number, document, datetime string) {
		const most = 64 << 20
		if len(choices) > 200 || len(s)+len(number)+len(document)+len(datetime) > 4<<10 {
			t.Skip("small values find more in the same time")
		}
		text := generate(choices)
		parsed, err := filter.Parse(text)
		if err != nil {
			checkPlace(t, text, err)
			return
		}
		row := []any{number, number, number, number, s, s, s, s, document, datetime, datetime, datetime, number, s, s}
		record := wide.change(t, ordinary, row)
		m := parsed.Matcher()
		var matches bool
		allocated := allocation(func() { matches = m.Match(record) })
		if allocated > most {
			t.Errorf("%s: %d bytes allocated", text, allocated)
		}
		if n, reason := m.Failures(); n > 0 != (reason != nil) || n > 0 && matches {
			t.Errorf("%s: %d failures, %v, matches is %v", text, n, reason, matches)
		}
		whole := parsed.Matcher()
		want, members := whole.MatchWhole(record)
		failures, _ := m.Failures()
		if n, _ := whole.Failures(); members > 0 && (want != matches || n != failures) {
			t.Errorf("%s of %s: %v with %d failures, by whole documents %v with %d", text, document, matches, failures, want, n)
		}
	})
}
