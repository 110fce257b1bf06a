package ui

import (
	"fmt"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"
)

// TestAThousandTables: each is listed, found and drawn.
func TestAThousandTables(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello())
	for i := range 1000 {
		table := tableSpec{fmt.Sprintf("table_%03d", i), noted.fields}
		f.deliver(f.commit(i%4, insert(table, i, "text")))
	}
	s := f.screen(120, 40).press("3").shows("1,000 tables", "table_000").fits().press("G").shows("table_999").fits()
	s.press("enter").shows("_table = 'table_999'", "1 of 1,00").fits()
	s.press("6", "o").shows("by table").press("G").fits()
	s.press("1", "/").types("_table = 'table_5").fits().press("esc")
}

// TestFiveHundredColumns: a row of them is read whole.
func TestFiveHundredColumns(t *testing.T) {
	wide := tableSpec{name: "wide", fields: []*query.Field{keyed(column("id", query.Type_INT64, "bigint"))}}
	values := []any{1}
	for i := 1; i < 500; i++ {
		wide.fields, values = append(wide.fields, column(fmt.Sprintf("c%03d", i), query.Type_VARCHAR, "varchar(20)")), append(values, fmt.Sprint("value ", i))
	}
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(wide, values...)))
	s := f.screen(120, 40).shows("c001 'value 1'").press("enter", "tab", "z").shows("c001").press("G").fits()
	for !strings.HasPrefix(s.detailLine(), "c499") {
		s.press("k")
	}
	s.shows("c499", "'value 499'").press("enter").shows("value 499").press("esc", "esc", "esc", "1", "k", "j")
	s.press("c").shows("of shop.wide").press("G").shows("c499").press("space", "esc").fits()
	s.search("'value 498'").shows("1 of 1", "c498").fits()
	s.press("3").shows("wide").fits()
}

// TestAValueOf16MB is shown in parts, as hex, and copied to a file.
func TestAValueOf16MB(t *testing.T) {
	t.Chdir(t.TempDir())
	text := strings.Repeat("0123456789abcdef", 1<<20)
	s := valueOf(t, column("body", query.Type_TEXT, "mediumtext"), nil, text, 80, 24).fits()
	s.press("G").shows("16,777,216 bytes").fits().press("x", "g").shows("00000000  30 31 32 33").fits().press("G").fits()
	s.press("y", "tab", "enter").shows("16,777,216 bytes written to vtscope-value-").fits()
	s.press("esc", "esc", "esc").fits()
}

// detailLine is the line of the details that is chosen.
func (s *screen) detailLine() string {
	for _, line := range strings.Split(s.view(), "\n") {
		if _, chosen, found := strings.Cut(line, string(s.model.Theme.Reverse)); found {
			return strings.TrimSpace(chosen)
		}
	}
	return ""
}
