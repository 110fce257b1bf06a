package filter_test

import (
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestErrors compares errors with testdata/errors.txt: a block for each, of the
// expression, the carets under it and what is said.
func TestErrors(t *testing.T) {
	const name = "testdata/errors.txt"
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for block := range strings.SplitSeq(strings.TrimSuffix(string(want), "\n"), "\n\n") {
		text, _, _ := strings.Cut(block, "\n")
		now := explained(text)
		got = append(got, now)
		if now != block && !*update {
			t.Errorf("got\n%s\nwant\n%s", now, block)
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(strings.Join(got, "\n\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// explained gives a block of errors.txt.
func explained(text string) string {
	_, err := filter.Parse(text)
	var e *filter.Error
	if !errors.As(err, &e) {
		return text + "\n(no error)"
	}
	_, carets := e.Excerpt(len(text))
	return text + "\n" + carets + "\n" + e.Summary()
}

// TestCheck finds what only the tables tell.
func TestCheck(t *testing.T) {
	orders := tableOf("corder",
		field("id", query.Type_INT64, 63, "bigint"),
		field("email", query.Type_VARCHAR, 255, "varchar(128)"),
		field("status", query.Type_ENUM, 255, "enum('open','paid','sent')"),
		field("note", query.Type_VARBINARY, 63, "varbinary(16)"),
	).change(t, nil, []any{1, "a@b.c", "paid", "x"})
	items := tableOf("item", field("item_id", query.Type_INT64, 63, "bigint")).change(t, nil, []any{1})
	for _, c := range []struct{ text, place, summary string }{
		{"id = 1 and email = 'x'", "", ""},
		{"item_id = 1", "", ""},
		{"emial = 'x'", "emial", "no table seen so far has a column emial; did you mean email?"},
		{"before.statsu = 'x'", "before.statsu", "no table seen so far has a column statsu; did you mean status?"},
		{"_tabel = 'x'", "_tabel", "no table seen so far has a column _tabel; did you mean _table?"},
		{"status = paid", "paid", "no table seen so far has a column paid; a text is written in quotes: 'paid'"},
		{"status in (open, 'paid')", "open", "no table seen so far has a column open; a text is written in quotes: 'open'"},
		{"email = somebody", "somebody", "no table seen so far has a column somebody; a text is written in quotes: 'somebody'"},
		{"quantity > 3", "quantity", "no table seen so far has a column quantity"},
		{"id = 1 and item_id = 1", "id = 1 and item_id = 1", "no table seen so far has all of these columns, so no row matches"},
		{"status = 'x' and id->>'$.a' = 1", "->>", "a JSON document is needed here, and this is none"},
		{"json_extract(id, '$.a') = 1", "json_extract", "a JSON document is needed here, and this is none"},
		{"email collate latin1_bin = 'x'", "latin1_bin", "COLLATION 'latin1_bin' is not valid for CHARACTER SET 'utf8mb4'"},
	} {
		f, err := filter.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		place, summary := "", ""
		var e *filter.Error
		if errors.As(f.Check([]*stream.Table{orders.Table, items.Table}), &e) {
			place, summary = e.Text[e.Start:e.End], e.Summary()
		}
		if place != c.place || summary != c.summary {
			t.Errorf("%s: at %q: %s, want at %q: %s", c.text, place, summary, c.place, c.summary)
		}
	}
}

// TestWarnings finds what is valid and never true.
func TestWarnings(t *testing.T) {
	for _, c := range []struct{ text, place, problem string }{
		{"email = null", "null", "nothing compares with NULL: this is never true"},
		{"id = 1 or null <> email", "null", "nothing compares with NULL: this is never true"},
		{"id not in (1, null)", "null", "NOT IN with a NULL in its list is never true"},
		{"'email' = 'x'", "'email'", "this compares a text with another, and no column"},
		{"email <=> null", "", ""},
		{"email is null", "", ""},
		{"id in (1, null)", "", ""},
		{"email = \"x\"", "", ""},
	} {
		f, err := filter.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		place, problem := "", ""
		for _, w := range f.Warnings() {
			place, problem = w.Text[w.Start:w.End], w.Problem
		}
		if place != c.place || problem != c.problem {
			t.Errorf("%s: at %q: %s, want at %q: %s", c.text, place, problem, c.place, c.problem)
		}
	}
}

// TestExcerpt keeps the carets under the place, however little room there is.
func TestExcerpt(t *testing.T) {
	long := "id = 1 and email = 'somebody@example.com' and soundex(name) = 'x' and price > 100"
	for _, c := range []struct {
		text            string
		start, end      int
		width           int
		excerpt, carets string
	}{
		{"id = ", 5, 5, 20, "id = ", "     ^"},
		{"a\tb\nc", 4, 5, 20, "a b c", "    ^"},
		{"ä = ö", 5, 7, 20, "ä = ö", "    ^"},
		{"x = '\xff'", 5, 6, 20, "x = '?'", "     ^"},
		{long, 46, 53, 24, "…e.com' and soundex(nam…", "            ^^^^^^^"},
		{long, 0, 2, 10, "id = 1 an…", "^^"},
		{long, len(long), len(long), 10, "…ice > 100", "          ^"},
		{long, 0, len(long), 10, "id = 1 an…", "^^^^^^^^^^"},
		{"", 0, 0, 10, "", "^"},
	} {
		e := &filter.Error{Text: c.text, Start: c.start, End: c.end}
		if excerpt, carets := e.Excerpt(c.width); excerpt != c.excerpt || carets != c.carets {
			t.Errorf("%q, %d to %d:\n%s|\n%s|\nwant\n%s|\n%s|", c.text, c.start, c.end, excerpt, carets, c.excerpt, c.carets)
		}
	}
}
