package filter_test

import (
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
)

func TestSmoke(t *testing.T) {
	table := tableOf("customer",
		&query.Field{Name: "id", Type: query.Type_INT64, Charset: 63, Flags: 2, ColumnType: "bigint"},
		&query.Field{Name: "email", Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(128)"},
		&query.Field{Name: "doc", Type: query.Type_JSON, Charset: 63, ColumnType: "json"},
	)
	row := table.change(t, []any{42, "old@foo.com", `{"a": {"b": 3}}`}, []any{42, "new@foo.com", `{"a": {"b": 3}}`})
	for _, text := range []string{"id = 42", "email like '%foo.com'", "doc->>'$.a.b' = 3", "changed(email)", "not changed(id)",
		"before.email = 'OLD@foo.com' and after.email = 'new@foo.com'", "_table = 'customer'", "_event in ('update')", "_time > '2023-11-14'", "_copy = 0"} {
		f, err := filter.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		m := f.Matcher()
		if !m.Match(row) {
			_, reason := m.Failures()
			t.Errorf("%s: no match %v", text, reason)
		}
	}
	for _, text := range []string{"", "id =", "id = 3)", "(id = 3", "email liek 'x'", "key = 3", "a, b", "id = 3 from x", "soundex(email)='x'", "id == 3", "email = 'x", "sleep(3)", "(select 1)", "count(*) > 1", "customer.id = 3", "id = :x", "concat()", "email regexp '('"} {
		if _, err := filter.Parse(text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

// TestFailuresCostLittle bounds what a row costs that cannot be evaluated: all
// of a million may be such.
func TestFailuresCostLittle(t *testing.T) {
	m := matcher(t, "s->>'$.a' = 1")
	row := wide.change(t, nil, with("s", "{"))
	m.Match(row)
	if n := testing.AllocsPerRun(100, func() { m.Match(row) }); n > 20 {
		t.Errorf("%v allocations", n)
	}
	if n, reason := m.Failures(); n < 100 || reason == nil {
		t.Errorf("%d failures, %v", n, reason)
	}
}

func BenchmarkFailures(b *testing.B) {
	f, err := filter.Parse("s->>'$.a' = 1")
	if err != nil {
		b.Fatal(err)
	}
	m, row := f.Matcher(), wide.change(b, nil, with("s", "{"))
	for b.Loop() {
		m.Match(row)
	}
}
