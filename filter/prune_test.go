package filter_test

import (
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
)

// TestColumnsOfSeveralTables: a column that a table lacks counts only where _table has not
// decided already.
func TestColumnsOfSeveralTables(t *testing.T) {
	integer := func(name string) *query.Field { return field(name, query.Type_INT64, 63, "bigint") }
	a := tableOf("a", integer("id"), integer("x")).change(t, nil, []any{"1", "5"})
	b := tableOf("b", integer("id"), integer("y")).change(t, nil, []any{"1", "7"})
	for _, test := range []struct {
		expression string
		a, b       bool
	}{
		{"x = 5", true, false},
		{"x = 5 or y = 7", false, false},
		{"(_table = 'a' and x = 5) or (_table = 'b' and y = 7)", true, true},
		{"(_table = 'a' and x = 6) or (_table = 'b' and y = 7)", false, true},
		{"(_table = 'a' and x = 5) is not true", false, true},
		{"not (_table = 'a' and x = 5)", false, true},
		{"(_table = 'a' and x = 5) is not true and id = 1", false, true},
		{"_table = 'b' or x = 5", true, true},
		{"_table = 'b' and x = 5", false, false},
		{"_table in ('b', 'c') or x = 6", false, true},
		{"_keyspace = 'other' and z = 1 or id = 1", true, true},
		{"_event = 'insert' or x = 5", true, false}, // not settled by the table
	} {
		f, err := filter.Parse(test.expression)
		if err != nil {
			t.Fatal(err)
		}
		m := f.Matcher()
		for record, want := range map[string]bool{"a": test.a, "b": test.b} {
			r := a
			if record == "b" {
				r = b
			}
			if got := m.Match(r); got != want {
				t.Errorf("%s: the row of %s matches: %v", test.expression, record, got)
			}
		}
	}
}
