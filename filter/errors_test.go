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
		{"changed(emial)", "emial", "no table seen so far has a column emial; did you mean email?"},
		{"_tabel = 'x'", "_tabel", "no table seen so far has a column _tabel; did you mean _table?"},
		{"status = paid", "paid", "no table seen so far has a column paid; a text is written in quotes: 'paid'"},
		{"status in (open, 'paid')", "open", "no table seen so far has a column open; a text is written in quotes: 'open'"},
		{"email = somebody", "somebody", "no table seen so far has a column somebody; a text is written in quotes: 'somebody'"},
		{"quantity > 3", "quantity", "no table seen so far has a column quantity"},
		{"id = 1 and item_id = 1", "id = 1 and item_id = 1", "no table seen so far has all of these columns, so no row matches; of two tables, write (_table = 'a' and …) or (_table = 'b' and …)"},
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
		for _, w := range f.Warnings(filter.Known{}) {
			place, problem = w.Text[w.Start:w.End], w.Problem
		}
		if place != c.place || problem != c.problem {
			t.Errorf("%s: at %q: %s, want at %q: %s", c.text, place, problem, c.place, c.problem)
		}
	}
}

// TestImpossibleValues tells of what a meta name is never, with the nearest that
// it can be.
func TestImpossibleValues(t *testing.T) {
	known := filter.Known{Keyspaces: []string{"shop", "lookup"}, Shards: []string{"-80", "80-", "80-c0"}, Tables: []string{"customer", "corder"}, RowsAlone: true}
	for _, c := range []struct{ text, place, summary string }{
		{"_event = 'updte'", "'updte'", "there is no event updte; did you mean 'update'?"},
		{"_event IN ('insert', 'del')", "'del'", "there is no event del; did you mean 'delete'?"},
		{"_event = 'DDL'", "'DDL'", "no row change is DDL, and only row changes are filtered here; --events chooses what else is printed"},
		{"not (id = 1 and 'x' <> _event)", "'x'", "there is no event x"},
		{"_shard = '80-c'", "'80-c'", "no shard that is streamed is called 80-c; did you mean '80-c0'?"},
		{"_shard = 80", "80", "_shard is a text, and this is a number; write _shard = '80'"},
		{"_keyspace = 'shp'", "'shp'", "no keyspace that is streamed is called shp; did you mean 'shop'?"},
		{"_table not in ('customer', 'order')", "'order'", "no table that is streamed is called order; did you mean 'corder'?"},
		{"_table = 7", "7", "_table is a text, and this is a number; write _table = '7'"},
		{"_gtid = '90a3e2d2-8a0f-11ef-9c5b-0242ac110002:1-59'", "'90a3e2d2-8a0f-11ef-9c5b-0242ac110002:1-59'", "_gtid is one transaction's GTID; as in _gtid = '90a3e2d2-8a0f-11ef-9c5b-0242ac110002:59'"},
		{"_copy = 2", "2", "_copy is true or false"},
		{"_copy = 'yes'", "'yes'", "_copy is true or false; write _copy, or not _copy"},
		{"_event = 'UPDATE' and _shard in ('-80', '80-') and _copy = 0 and _table = 'Corder' and _keyspace <=> null", "", ""},
		{"_gtid = '90a3e2d2-8a0f-11ef-9c5b-0242ac110002:59' or _gtid = '0-1-7' or _copy = true or _event like 'up%' or after._shard = 5", "", ""},
	} {
		f, err := filter.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		place, summary := "", ""
		for _, w := range f.Warnings(known) {
			place, summary = w.Text[w.Start:w.End], w.Summary()
		}
		if place != c.place || summary != c.summary && !(c.summary == "there is no event x" && strings.HasPrefix(summary, c.summary)) {
			t.Errorf("%s: at %q: %s, want at %q: %s", c.text, place, summary, c.place, c.summary)
		}
		for _, w := range f.Warnings(filter.Known{}) {
			if strings.Contains(w.Problem, "is called") {
				t.Errorf("%s: %s, though nothing is known", c.text, w.Problem)
			}
		}
	}
}

// TestShardsAreQuoted: without quotes a shard is a calculation.
func TestShardsAreQuoted(t *testing.T) {
	for text, shard := range map[string]string{
		"_shard = -80": "-80", "_shard = 80-": "80-", "_shard <> c0-e0 and id = 1": "c0-e0", "_shard in ('-40', 80-)": "80-", "_SHARD != -": "-", "id = 1 and _shard=-80": "-80",
	} {
		var e *filter.Error
		if _, err := filter.Parse(text); !errors.As(err, &e) || e.Hint != "write '"+shard+"'" || text[e.Start:e.End] != shard {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"_shard = '-80'", "_shard = '-80' and id = 80-c0", "after._shard = '80-'", "_shard is null or id in (-5, 80-2)"} {
		if _, err := filter.Parse(text); err != nil {
			t.Errorf("%s: %v", text, err)
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
