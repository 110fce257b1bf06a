package headless_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/ui/headless"
)

// largeTexts are texts of which a segment must not tear anything apart.
var largeTexts = []string{
	strings.Repeat("plain text, 'quoted' \"twice\" and \\ ", 20), strings.Repeat("\x1b", 100), strings.Repeat("日本語のテキスト", 20),
	strings.Repeat("e\u0301\u0302 👩‍👩‍👧 🏳️‍🌈 ", 20), strings.Repeat("a\r\nb\rc\n", 30), strings.Repeat("\xff\xfe text", 20), strings.Repeat("\r\n", 60),
	strings.Repeat("x", 24), strings.Repeat("\u202e", 40), strings.Repeat("é", 40), `{"a": [1, 2.50, "` + strings.Repeat("x\u2028", 20) + `"]}`,
}

// TestLargeValuesPrintAlike: by segments and a file, or at once, a row prints the
// same.
func TestLargeValuesPrintAlike(t *testing.T) {
	columns := []*query.Field{
		{Name: "t", Type: query.Type_TEXT, Charset: 255, ColumnType: "longtext"}, {Name: "b", Type: query.Type_BLOB, Charset: 63, ColumnType: "longblob"},
		{Name: "l", Type: query.Type_TEXT, Charset: 8, ColumnType: "longtext"}, {Name: "j", Type: query.Type_JSON, Charset: 63, ColumnType: "json"},
		{Name: "s", Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(10)"},
	}
	document := largeTexts[len(largeTexts)-1]
	for _, format := range []*headless.Format{headless.Text, headless.JSON, headless.CSV, headless.SQL, headless.UndoSQL} {
		for _, keyed := range []bool{true, false} {
			for i, text := range largeTexts {
				other := largeTexts[(i+1)%len(largeTexts)]
				printed := func() string {
					f := newFeed(headless.Options{Format: format})
					table := slices.Clone(columns)
					if keyed {
						table = append([]*query.Field{id}, columns...)
					}
					of := func(values ...any) *query.Row {
						if keyed {
							values = append([]any{7}, values...)
						}
						return row(values...)
					}
					before, after := of(text, other, text, document, "x"), of(text, text, other, nil, "y")
					f.send(t, begin("-80", 1), fields("-80", 1, table...), rows("-80", 1,
						&binlogdata.RowChange{After: before}, &binlogdata.RowChange{Before: before, After: after}, &binlogdata.RowChange{Before: before, After: before},
						&binlogdata.RowChange{Before: after, After: of(other, text, other, document, "y")}, &binlogdata.RowChange{Before: after}), position("-80", 1), commit("-80", 1))
					if err := f.End(); err != nil {
						t.Fatal(err)
					}
					return unquoted(t, format, f.out.String()) + fmt.Sprint(f.Unwritten())
				}
				want := printed()
				if !strings.Contains(want, "x") {
					t.Fatalf("%v: %s", format, want)
				}
				for _, sizes := range [][2]int{{1, 60}, {20, 90}, {100, 300}} {
					restore := headless.SetLargeValue(sizes[0], sizes[1])
					if got := printed(); got != want {
						at := 0
						for at < min(len(got), len(want)) && got[at] == want[at] {
							at++
						}
						from := max(0, at-60)
						t.Errorf("%v, keyed: %v, text %d, segments of %d bytes print\n%.120s\nnot\n%.120s", format, keyed, i, sizes[1], got[from:], want[from:])
					}
					restore()
				}
			}
		}
	}
}

// unquoted gives what CSV holds: large values are in quotes, needed or not.
func unquoted(t *testing.T, format *headless.Format, printed string) string {
	t.Helper()
	if format != headless.CSV {
		return printed
	}
	records, err := csv.NewReader(strings.NewReader(printed)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%q", records)
}
