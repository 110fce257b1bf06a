package headless_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/sqlparser"
)

// FuzzLines prints arbitrary values in columns of arbitrary types: a line of
// JSON is JSON, a line of text is one line, CSV reads back as one record, and
// what is no comment of SQL is one statement. None has control characters.
func FuzzLines(f *testing.F) {
	f.Add(int32(query.Type_VARCHAR), "varchar(10)", uint32(8), uint32(0), "name", []byte("\xfc\n"), []byte("x"))
	f.Add(int32(query.Type_ENUM), "enum('ü','a')", uint32(8), uint32(0), "e", []byte("\xfc"), []byte("ü"))
	f.Add(int32(query.Type_FLOAT32), "float(7,2) zerofill", uint32(63), uint32(64), "f", []byte("1.5E+00"), []byte("NaN"))
	f.Add(int32(query.Type_JSON), "json", uint32(63), uint32(0), "j", []byte(`{"b":1, "a": "\u0041"}`), []byte("{"))
	f.Add(int32(query.Type_BIT), "bit(9)", uint32(63), uint32(2), "b", []byte("\x01\xff"), []byte(""))
	f.Fuzz(func(t *testing.T, typ int32, sqlType string, charset, flags uint32, column string, before, after []byte) {
		if !utf8.ValidString(sqlType) || !utf8.ValidString(column) {
			return // no protobuf message holds it
		}
		field := &query.Field{
			Name: column, Type: query.Type(typ), ColumnType: sqlType, Charset: charset, Flags: flags, ColumnLength: flags,
		}
		for _, format := range headless.Formats() {
			out := newFeed(headless.Options{Format: format, Terminal: true})
			err := out.send(t, begin("-80", 1), fields("-80", 1, field),
				rows("-80", 1, &binlogdata.RowChange{Before: row(string(before)), After: row(string(after))}), commit("-80", 1))
			if err == nil {
				err = out.End()
			}
			text, newline := strings.CutSuffix(out.out.String(), "\n")
			if err != nil || !newline || strings.ContainsFunc(text, isControl) {
				t.Fatalf("%s printed %q (%v)", format, out.out.String(), err)
			}
			checkFormat(t, format, text)
		}
	})
}

func isControl(r rune) bool { return r < ' ' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 }

// checkFormat reads what is printed of a row as its readers do.
func checkFormat(t *testing.T, format *headless.Format, text string) {
	lines := strings.Split(text, "\n")
	last := lines[len(lines)-1]
	switch format {
	case headless.JSON:
		if !json.Valid([]byte(text)) {
			t.Fatalf("no JSON: %s", text)
		}
	case headless.Text:
		if len(lines) != 1 {
			t.Fatalf("%d lines: %s", len(lines), text)
		}
	case headless.CSV:
		if records, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil || len(records) != 2 || len(lines) != 2 {
			t.Fatalf("read back as %q (%v): %s", records, err, text)
		}
	case headless.SQL, headless.UndoSQL:
		if strings.HasPrefix(last, "-- ") {
			return
		}
		statement, err := sqlparser.NewTestParser().Parse(strings.TrimSuffix(last, ";"))
		if _, ok := statement.(*sqlparser.Update); err != nil || !ok || len(lines) != 5 {
			t.Fatalf("%T (%v): %s", statement, err, text)
		}
	}
}
