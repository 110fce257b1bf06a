package filter_test

import (
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
	"vtscope/stream"
)

const (
	binary     = 63
	latin1     = 8
	utf8mb4    = 255
	utf8mb4Bin = 46
)

// odd has a column of each type, and values that are hard to write.
var odd = []struct {
	*query.Field
	values []any
}{
	{field("tiny", query.Type_INT8, binary, "tinyint"), []any{"-128", "0", "127"}},
	{field("big", query.Type_INT64, binary, "bigint"), []any{"-9223372036854775808", "9223372036854775807"}},
	{field("ubig", query.Type_UINT64, binary, "bigint unsigned"), []any{"18446744073709551615", "9223372036854775808"}},
	{field("y", query.Type_YEAR, binary, "year"), []any{"1901", "0000", "2155"}},
	{zerofill("zero", 6), []any{"000042", "7"}},
	{decimal("price", 12, 2), []any{"-0.01", "9999999999.99", "0.00"}},
	{decimal("wide", 65, 30), []any{"-12345678901234567890123456789012345.123456789012345678901234567890"}},
	{field("f", query.Type_FLOAT32, binary, "float"), []any{"1E-01", "0.1", "-3.4028235E+38", "3.40282e38", "1.1754944E-38", "1.6777216E+07", "0"}},
	{field("d", query.Type_FLOAT64, binary, "double"), []any{"1E-01", "0.1", "1.7976931348623157E+308", "-5E-324", "1.2345678901234567e20", "-0"}},
	{field("bits", query.Type_BIT, binary, "bit(64)"), []any{[]byte{255, 255, 255, 255, 255, 255, 255, 255}, []byte{0, 0, 0, 0, 0, 0, 0, 5}}},
	{field("day", query.Type_DATE, binary, "date"), []any{"2024-02-29", "1000-01-01", "0000-00-00"}},
	{temporal("clock", query.Type_TIME, "time(6)", 6), []any{"-838:59:59.000000", "00:00:00.000001", "101:00:00.500000"}},
	{field("time", query.Type_TIME, binary, "time"), []any{"-00:00:01", "23:59:59"}},
	{temporal("at", query.Type_DATETIME, "datetime(6)", 6), []any{"2026-11-23 01:02:03.000004", "9999-12-31 23:59:59.999999", "0000-00-00 00:00:00.000000"}},
	{field("updated", query.Type_TIMESTAMP, binary, "timestamp"), []any{"2026-11-23 01:02:03", "0000-00-00 00:00:00"}},
	{field("name", query.Type_VARCHAR, utf8mb4, "varchar(190)"), []any{"", " ", "it's", `back\slash \% \_ \'`, "'; --", "line\nend\r\t\x00\x1a\b", "\x1b[2J\x7f", "größe ✓ 👩‍👩‍👧", "\u202etxt", "\xff\xfe", "%", "1", "null", `"`}},
	{field("exact", query.Type_VARBINARY, utf8mb4Bin, "varchar(40)"), []any{"It's", "ß", "\x1b"}},
	{field("old", query.Type_VARCHAR, latin1, "varchar(40)"), []any{"caf\xe9", "plain", "\x9d", "\x1b\xe9"}},
	{field("code", query.Type_CHAR, utf8mb4, "char(3)"), []any{"EUR", "é"}},
	{field("label", query.Type_BLOB, utf8mb4Bin, "text"), []any{"Label"}},
	{field("text", query.Type_TEXT, utf8mb4, "text"), []any{strings.Repeat("long ", 1000)}},
	{field("thai", query.Type_TEXT, 0, "text"), []any{"plain", "\xa1"}},
	{field("state", query.Type_ENUM, utf8mb4, "enum('pending','it''s','','größe')"), []any{"pending", "it's", "", "größe"}},
	{field("tags", query.Type_SET, utf8mb4, "set('a','b','c d')"), []any{"a,c d", "", "b"}},
	{field("raw", query.Type_VARBINARY, binary, "varbinary(40)"), []any{[]byte{}, []byte{0, 255, 39}, []byte("text")}},
	{field("fixed", query.Type_BINARY, binary, "binary(4)"), []any{[]byte{1, 0, 0, 0}}},
	{field("blob", query.Type_BLOB, binary, "blob"), []any{[]byte{0}}},
	{field("doc", query.Type_JSON, binary, "json"), []any{`{"a": 1, "b": [true, null, "it's"]}`, `"text"`, "null", "1.5", "true", "[]", `{"a": "line\nend \\ ü"}`, `9007199254740993`}},
	{field("shape", query.Type_GEOMETRY, binary, "point"), []any{[]byte{0, 0, 0, 0, 1, 1, 0, 0, 0}}},
	{field("order", query.Type_INT64, binary, "int"), []any{"1"}},
	{field("odd `name", query.Type_INT64, binary, "int"), []any{"1"}},
	{field("größe", query.Type_INT64, binary, "int"), []any{"1"}},
	{field("_table", query.Type_INT64, binary, "int"), []any{"1"}},
	{field("evil\x1b", query.Type_INT64, binary, "int"), []any{"1"}},
}

func zerofill(name string, width uint32) *query.Field {
	f := field(name, query.Type_UINT32, binary, "int(6) unsigned zerofill")
	f.Flags, f.ColumnLength = 64, width
	return f
}

func decimal(name string, precision, scale uint32) *query.Field {
	f := field(name, query.Type_DECIMAL, binary, "decimal")
	f.ColumnLength, f.Decimals = precision+2, scale
	return f
}

func temporal(name string, typ query.Type, sqlType string, decimals uint32) *query.Field {
	f := field(name, typ, binary, sqlType)
	f.Decimals = decimals
	return f
}

// TestTermMatchesItsRow writes a term of every odd value and of NULL. It must
// match the row that it is made from, and of the other rows of its column none
// but those with an equal value.
func TestTermMatchesItsRow(t *testing.T) {
	for _, column := range odd {
		t.Run(column.Name, func(t *testing.T) {
			table := tableOf("odd", column.Field)
			var rows []*stream.Record
			values := append(slices.Clone(column.values), nil)
			for _, value := range values {
				rows = append(rows, table.change(t, nil, []any{value}))
			}
			for i, row := range rows {
				term := termOf(t, row)
				matches := matcher(t, term)
				if !matches.Match(row) {
					_, reason := matches.Failures()
					t.Errorf("%s does not match its row: %v", term, reason)
				}
				if deleted := table.change(t, []any{values[i]}, nil); column.Name != "_table" && !matches.Match(deleted) {
					t.Errorf("%s does not match the row's deletion", term)
				}
				differs := matcher(t, filter.AndNot("", term))
				if differs.Match(row) {
					t.Errorf("%s matches the row", filter.AndNot("", term))
				}
				for j, other := range rows {
					if text := termOf(t, other); i != j && text != term && matches.Match(other) == differs.Match(other) {
						t.Errorf("%s and its opposite say the same of a row with %s", term, text)
					}
				}
			}
		})
	}
}

// termOf writes the term of a row's only column.
func termOf(t *testing.T, row *stream.Record) string {
	t.Helper()
	_, after := row.Images()
	term, ok := filter.Term(&row.Table.Columns[0], after.Values(nil)[0])
	if !ok {
		t.Fatal("there is no term")
	}
	return term
}

func TestTerm(t *testing.T) {
	present := func(text string) stream.Value { return stream.Value{State: stream.Present, Raw: []byte(text)} }
	number := stream.Column{Name: "id", Type: query.Type_INT64, Class: stream.ClassInteger}
	text := stream.Column{Name: "email", Type: query.Type_VARCHAR, Class: stream.ClassText, Collation: utf8mb4}
	named := func(name string) *stream.Column {
		c := number
		c.Name = name
		return &c
	}
	for _, test := range []struct {
		column *stream.Column
		value  stream.Value
		want   string
	}{
		{&number, present("-42"), "id = -42"},
		{&number, present("1 or 1=1"), "id = '1 or 1=1'"},
		{&number, present("0x10"), "id = '0x10'"},
		{&number, stream.Value{State: stream.Null}, "id is null"},
		{&number, stream.Value{State: stream.Absent}, ""},
		{&number, stream.Value{State: stream.PartialJSON, Raw: []byte("JSON_SET(%s)")}, ""},
		{&text, present("a@b.c"), "email = 'a@b.c'"},
		{&text, present(`o'hara\`), `email = 'o\'hara\\'`},
		{&text, present("two\nlines"), `email = 'two\nlines'`},
		{&text, present("\x1b[2J"), "email = _utf8mb4 x'1b5b324a'"},
		{&text, present("\xff"), "cast(email as binary) = x'ff'"},
		{&text, present(strings.Repeat("x", 64<<10)), ""},
		{&text, present(strings.Repeat("\\", 40<<10)), ""},
		{named("status"), present("1"), "status = 1"},
		{named("order"), present("1"), "`order` = 1"},
		{named("two words"), present("1"), "`two words` = 1"},
		{named("a`b"), present("1"), "`a``b` = 1"},
		{named("größe"), present("1"), "`größe` = 1"},
		{named("1st"), present("1"), "`1st` = 1"},
		{named("any"), present("1"), "`any` = 1"},
		{named("current_date"), present("1"), "`current_date` = 1"},
		{named("_Table"), present("1"), "after._Table = 1"},
		{named("before"), present("1"), "before = 1"},
		{named(""), present("1"), "`` = 1"},
	} {
		got, ok := filter.Term(test.column, test.value)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%s of %.20q gives %q, %v, want %q", test.column.Name, test.value.Raw, got, ok, test.want)
		}
	}
}

// TestMetaTermMatchesItsRecord also compares each with a record in which
// everything is different, or not known.
func TestMetaTermMatchesItsRecord(t *testing.T) {
	table := tableOf("it's", field("id", query.Type_INT64, binary, "bigint"))
	row := table.change(t, nil, []any{1})
	row.Query = []byte("insert into `it's` values (1)")
	other := &stream.Record{Kind: stream.DDL}
	for name, want := range map[string]string{
		"_table": `_table = 'it\'s'`, "_keyspace": "_keyspace = 'shop'", "_shard": "_shard = '-80'", "_event": "_event = 'insert'",
		"_gtid": "_gtid = '" + gtid + "'", "_time": "_time = '2023-11-14 22:13:20'", "_query": "_query = 'insert into `it\\'s` values (1)'",
		"_COPY": "_copy = false",
	} {
		term, ok := filter.MetaTerm(name, row)
		if !ok || term != want {
			t.Errorf("%s gives %q, %v, want %q", name, term, ok, want)
			continue
		}
		if opposite := filter.AndNot("", term); !matcher(t, term).Match(row) || matcher(t, opposite).Match(row) {
			t.Errorf("%s does not match its record, or %s does", term, opposite)
		}
		if opposite := filter.AndNot("", term); name != "_COPY" && (matcher(t, term).Match(other) || !matcher(t, opposite).Match(other)) {
			t.Errorf("%s matches another record, or %s does not", term, opposite)
		}
	}
	for _, name := range []string{"_table", "_keyspace", "_shard", "_gtid", "_time", "_query", "email", ""} {
		if term, ok := filter.MetaTerm(name, other); ok {
			t.Errorf("%s of a record without one gives %q", name, term)
		}
	}
	if term, _ := filter.MetaTerm("_copy", &stream.Record{Kind: stream.Copy}); term != "_copy = true" {
		t.Errorf("the copy gives %q", term)
	}
}

func matcher(t *testing.T, text string) *filter.Matcher {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f.Matcher()
}
