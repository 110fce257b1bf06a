package filter_test

import (
	"testing"

	"vtscope/filter"
)

func TestAnd(t *testing.T) {
	for _, test := range []struct{ text, term, want string }{
		{"", "b = 2", "b = 2"},
		{" \t", "b = 2", "b = 2"},
		{"a = 1", "", "a = 1"},
		{"a = 1", "b = 2", "a = 1 and b = 2"},
		{"a  =  1 ", "b = 2", "a  =  1 and b = 2"},
		{"a = 1 and c = 3", "b = 2", "a = 1 and c = 3 and b = 2"},
		{"a = 1 AND c = 3", "b = 2", "a = 1 AND c = 3 AND b = 2"},
		{"a LIKE 'and'", "b = 2", "a LIKE 'and' AND b = 2"},
		{"a = 'x AND y'", "b = 2", "a = 'x AND y' and b = 2"},
		{"a or c", "b = 2", "(a or c) and b = 2"},
		{"(a or c)", "b = 2", "(a or c) and b = 2"},
		{"(a or c) and d", "b = 2", "(a or c) and d and b = 2"},
		{"a || c", "b = 2", "(a || c) and b = 2"},
		{"a xor c", "b = 2", "(a xor c) and b = 2"},
		{"not a", "b = 2", "not a and b = 2"},
		{"a between 1 and 2", "b = 2", "a between 1 and 2 and b = 2"},
		{"case when a then 1 else 0 end", "b = 2", "case when a then 1 else 0 end and b = 2"},
		{"a = 1", "b = 2 or c", "a = 1 and (b = 2 or c)"},
		{"a or d", "b = 2 or c", "(a or d) and (b = 2 or c)"},
		{"a = 1", "b = 2 and c", "a = 1 and b = 2 and c"},
		{"a = 1 -- one", "b = 2", "(a = 1 -- one\n) and b = 2"},
		{"a = 1 /* one */", "b = 2", "a = 1 /* one */ and b = 2"},
		{"a = ", "b = 2", "(a =) and b = 2"}, // still wrong, in the same place
		{"a = 1) or (c", "b = 2", "(a = 1) or (c) and b = 2"},
	} {
		if got := filter.And(test.text, test.term); got != test.want {
			t.Errorf("%q and %q give %q, want %q", test.text, test.term, got, test.want)
		}
	}
}

func TestAndNot(t *testing.T) {
	for _, test := range []struct{ text, term, want string }{
		{"", "email = 'a@b.c'", "not (email <=> 'a@b.c')"},
		{"id > 3", "email = 'a = b'", "id > 3 and not (email <=> 'a = b')"},
		{"id > 3 AND id < 9", "email = 'a'", "id > 3 AND id < 9 AND NOT (email <=> 'a')"},
		{"a or b", "`a=b` = 1", "(a or b) and not (`a=b` <=> 1)"},
		{"", "after._table = 1", "not (after._table <=> 1)"},
		{"", "email is null", "email is not null"},
		{"A IS NULL", "email is null", "A IS NULL AND email is not null"},
		{"", "email is not null", "(email is not null) is not true"},
		{"", "a > 3", "(a > 3) is not true"},
		{"", "(a = 1) = b", "((a = 1) = b) is not true"},
		{"x", "changed(email)", "x and (changed(email)) is not true"},
	} {
		if got := filter.AndNot(test.text, test.term); got != test.want {
			t.Errorf("%q and not %q give %q, want %q", test.text, test.term, got, test.want)
		}
	}
}
