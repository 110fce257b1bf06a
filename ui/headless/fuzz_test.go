package headless_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// FuzzLines prints arbitrary values in columns of arbitrary types: a line of
// JSON is JSON, and a line of text is one line without control characters.
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
		for _, format := range []headless.Format{headless.JSON, headless.Text} {
			out := newFeed(headless.Options{Format: format})
			err := out.send(t, begin("-80", 1), fields("-80", 1, field),
				rows("-80", 1, &binlogdata.RowChange{Before: row(string(before)), After: row(string(after))}), commit("-80", 1))
			line, newline := strings.CutSuffix(out.out.String(), "\n")
			if err != nil || !newline || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
				t.Fatalf("printed %q (%v)", out.out.String(), err)
			}
			if format == headless.JSON && !json.Valid([]byte(line)) {
				t.Fatalf("no JSON: %s", line)
			}
		}
	})
}
