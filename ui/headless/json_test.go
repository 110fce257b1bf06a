package headless_test

import (
	"encoding/json"
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const head = `,"keyspace":"customer","shard":"-80","table":"customer"`

const stamp = `,"time":"2026-11-22T14:20:05Z","gtid":"` + uuid + `:59"`

func TestJSONRows(t *testing.T) {
	f := newFeed(headless.Options{})
	query := event(binlogdata.VEventType_ROWS_QUERY, "-80", 59)
	query.Statement = `update customer set name = "x"`
	f.expect(t, `{"event":"insert"`+head+stamp+`,"query":"update customer set name = \"x\"","key":{"id":1},"after":{"id":1,"name":"a"}}
{"event":"update"`+head+stamp+`,"query":"update customer set name = \"x\"","key":{"id":2},"before":{"id":1,"name":null},"after":{"id":2,"name":null},"changed":["id"]}
{"event":"update"`+head+stamp+`,"query":"update customer set name = \"x\"","key":{"id":2},"before":{"id":2,"name":null},"after":{"id":2,"name":""},"changed":["name"]}
{"event":"update"`+head+stamp+`,"query":"update customer set name = \"x\"","key":{"id":2},"before":{"id":2,"name":"x"},"after":{"id":2,"name":"x"},"changed":[]}
{"event":"delete"`+head+stamp+`,"query":"update customer set name = \"x\"","key":{"id":3},"before":{"id":3,"name":"c"}}
`, begin("-80", 59), query, fields("-80", 59, id, name), rows("-80", 59, insert(1, "a"),
		&binlogdata.RowChange{Before: row(1, nil), After: row(2, nil)},
		&binlogdata.RowChange{Before: row(2, nil), After: row(2, "")},
		&binlogdata.RowChange{Before: row(2, "x"), After: row(2, "x")},
		&binlogdata.RowChange{Before: row(3, "c")}), commit("-80", 59))
	f.expect(t, `{"event":"copy"`+head+`,"key":{"id":1},"after":{"id":1,"name":"a"}}
`, begin("-80", 0), rows("-80", 0, insert(1, "a")), commit("-80", 0))
}

func TestJSONAbsentColumns(t *testing.T) {
	f := newFeed(headless.Options{})
	text := &query.Field{Name: "t", Type: query.Type_TEXT, Charset: 255, ColumnType: "text"}
	doc := &query.Field{Name: "j", Type: query.Type_JSON, Charset: 63, ColumnType: "json"}
	f.expect(t, `{"event":"update"`+head+stamp+`,"key":{"id":1},"before":{"id":1,"j":{"a": 1, "b": 2}},"after":{"id":1,"j":{"a": 3, "b": 2}},"changed":["j"]}
`, begin("-80", 59), fields("-80", 59, id, text, doc), rows("-80", 59, &binlogdata.RowChange{
		Before: row(1, nil, `{"a": 1, "b": 2}`), After: row(1, nil, `JSON_REPLACE(%s, _utf8mb4'$.a', CAST(3 as JSON))`),
		DataColumns:       &binlogdata.RowChange_Bitmap{Count: 3, Cols: []byte{0b101}},
		JsonPartialValues: &binlogdata.RowChange_Bitmap{Count: 1, Cols: []byte{1}},
	}), commit("-80", 59))
}

// With binlog_row_image=NOBLOB, MySQL leaves TEXT out of the image before, and
// of the image after where the change did not set it.
func TestImagesWithoutText(t *testing.T) {
	text := &query.Field{Name: "t", Type: query.Type_TEXT, Charset: 255, ColumnType: "text"}
	change := rows("-80", 59, &binlogdata.RowChange{
		Before: row(1, nil, nil), After: row(1, "new", nil), DataColumns: &binlogdata.RowChange_Bitmap{Count: 3, Cols: []byte{0b011}},
	})
	for format, want := range map[*headless.Format]string{
		headless.JSON: `{"event":"update"` + head + stamp + `,"key":{"id":1},"before":{"id":1},"after":{"id":1,"t":"new"},"changed":["t"]}` + "\n",
		headless.Text: "2026-11-22T14:20:05Z customer/-80 update customer id=1 t: ? → 'new'\n",
	} {
		f := newFeed(headless.Options{Format: format})
		other := &query.Field{Name: "u", Type: query.Type_TEXT, Charset: 255, ColumnType: "text"}
		f.expect(t, want, begin("-80", 59), fields("-80", 59, id, text, other), change, commit("-80", 59))
	}
}

func TestJSONValues(t *testing.T) {
	const zerofill = 64
	tests := []struct {
		typ           query.Type
		sqlType       string
		charset       uint32
		flags, length uint32
		raw, want     string
	}{
		{query.Type_UINT64, "bigint unsigned", 63, 0, 20, "18446744073709551615", `18446744073709551615`},
		{query.Type_INT8, "tinyint", 63, 0, 4, "-128", `-128`},
		{query.Type_UINT32, "int(8) unsigned zerofill", 63, zerofill, 8, "00000042", `42`},
		{query.Type_UINT32, "int(8) unsigned zerofill", 63, zerofill, 8, "42", `42`},
		{query.Type_UINT32, "int(8) unsigned zerofill", 63, zerofill, 8, "0", `0`},
		{query.Type_YEAR, "year", 63, zerofill, 4, "0000", `0`},
		{query.Type_YEAR, "year", 63, zerofill, 4, "2024", `2024`},
		{query.Type_INT64, "bigint", 63, 0, 20, "what", `"what"`},
		{query.Type_INT64, "bigint", 63, 0, 20, "", `""`},
		{query.Type_FLOAT32, "float", 63, 0, 12, "-1.2345678E-05", `-0.0000123457`},
		{query.Type_FLOAT64, "double", 63, 0, 22, "1E+22", `1e22`},
		{query.Type_FLOAT64, "double", 63, 0, 22, "-0E+00", `-0`},
		{query.Type_FLOAT64, "double zerofill", 63, zerofill, 22, "1.5E+00", `1.5`},
		{query.Type_DECIMAL, "decimal(10,2)", 63, 0, 12, "1234.50", `"1234.50"`},
		{query.Type_BIT, "bit(64)", 63, 32, 64, "\xff\xff\xff\xff\xff\xff\xff\xff", `18446744073709551615`},
		{query.Type_BIT, "bit(1)", 63, 32, 1, "\x00", `0`},
		{query.Type_DATETIME, "datetime", 63, 128, 19, "0000-00-00 00:00:00", `"0000-00-00 00:00:00"`},
		{query.Type_TIME, "time(6)", 63, 128, 17, "-838:59:59.000000", `"-838:59:59.000000"`},
		{query.Type_ENUM, "enum('größe')", 8, 256, 20, "gr\xf6\xdfe", `"größe"`},
		{query.Type_ENUM, "enum('größe')", 8, 256, 20, "größe", `"größe"`},
		{query.Type_VARCHAR, "varchar(100)", 8, 0, 400, "\x80 \xfc", `"€ ü"`},
		{query.Type_VARCHAR, "varchar(100)", 255, 0, 400, "a\"\\\n\x01\x7f\xff 😀\u2028\u202e", `"a\"\\\n\u0001\u007f` + "\ufffd 😀" + `\u2028\u202e"`},
		{query.Type_VARBINARY, "varchar(100)", 46, 128, 400, "text", `"text"`},
		{query.Type_VARBINARY, "varbinary(100)", 63, 128, 100, "text", `"dGV4dA=="`},
		{query.Type_GEOMETRY, "point", 63, 144, 0, "\x00\x01", `"AAE="`},
		{query.Type_VECTOR, "vector(1)", 63, 144, 0, "\x00\x00\x80\x3f", `"AACAPw=="`},
		{query.Type_JSON, "json", 63, 144, 0, `{"aa": 1, "b": [1.50]}`, `{"b": [1.50], "aa": 1}`},
		{query.Type_JSON, "json", 63, 144, 0, `"base64:type15:AP8=", 1]`, `"\"base64:type15:AP8=\", 1]"`},
		{query.Type_JSON, "json", 63, 144, 0, `null`, `null`},
		{query.Type_JSON, "json", 63, 144, 0, "{\"\x7f\": \"\u009b31mé\u202e\"}", `{"\u007f": "\u009b31mé\u202e"}`},
	}
	for _, test := range tests {
		f := newFeed(headless.Options{})
		column := &query.Field{Name: "c", Type: test.typ, ColumnType: test.sqlType, Charset: test.charset, Flags: test.flags, ColumnLength: test.length}
		f.expect(t, `{"event":"insert"`+head+stamp+`,"after":{"c":`+test.want+"}}\n",
			begin("-80", 59), fields("-80", 59, column), rows("-80", 59, insert(test.raw)), commit("-80", 59))
		if !json.Valid([]byte(f.out.String())) {
			t.Errorf("no JSON: %s", f.out.String())
		}
	}
}

func TestJSONEvents(t *testing.T) {
	all, err := headless.ParseEvents("all")
	if err != nil {
		t.Fatal(err)
	}
	f := newFeed(headless.Options{Events: all})
	const shard = `,"keyspace":"customer","shard":"-80"`
	f.expect(t, `{"event":"begin"`+shard+stamp+`}
{"event":"position"`+shard+`,"gtid":"`+uuid+`:59","vgtid":[{"keyspace":"customer","shard":"-80","gtid":"MySQL56/`+uuid+`:1-59","table_p_ks":[]}]}
{"event":"commit"`+shard+stamp+`}
`, begin("-80", 59), position("-80", 59), commit("-80", 59))

	ddl := event(binlogdata.VEventType_DDL, "-80", 59)
	ddl.Statement = "alter table t\nadd c int"
	f.expect(t, `{"event":"ddl"`+shard+stamp+`,"statement":"alter table t\nadd c int"}`+"\n", ddl)
	f.expect(t, `{"event":"other"`+shard+stamp+`}`+"\n", event(binlogdata.VEventType_OTHER, "-80", 59))
	f.expect(t, `{"event":"copy_completed"`+shard+`}`+"\n"+`{"event":"copy_completed"}`+"\n",
		event(binlogdata.VEventType_COPY_COMPLETED, "-80", 0), &binlogdata.VEvent{Type: binlogdata.VEventType_COPY_COMPLETED})

	journal := event(binlogdata.VEventType_JOURNAL, "-80", 59)
	journal.Journal = &binlogdata.Journal{
		Id: 7, MigrationType: binlogdata.MigrationType_SHARDS,
		Participants: []*binlogdata.KeyspaceShard{{Keyspace: "customer", Shard: "-80"}},
		ShardGtids:   []*binlogdata.ShardGtid{{Keyspace: "customer", Shard: "-40", Gtid: "MySQL56/" + uuid + ":1-3"}, {Keyspace: "customer", Shard: "40-80"}},
	}
	f.expect(t, `{"event":"journal"`+shard+stamp+`,"migration":"SHARDS","participants":[{"keyspace":"customer","shard":"-80"}],`+
		`"targets":[{"keyspace":"customer","shard":"-40","gtid":"MySQL56/`+uuid+`:1-3"},{"keyspace":"customer","shard":"40-80","gtid":""}]}`+"\n", journal)

	before := f.out.Len()
	if err := f.Append(&stream.Record{Kind: stream.Status, State: stream.Retrying, Payload: []byte("gone \xff")}); err != nil {
		t.Fatal(err)
	}
	if err := f.Append(&stream.Record{Kind: stream.Status, State: stream.Streaming}); err != nil || f.Flush() != nil {
		t.Fatal(err)
	}
	if got := f.out.String()[before:]; got != "{\"event\":\"status\",\"state\":\"retrying\",\"error\":\"gone \ufffd\"}\n{\"event\":\"status\",\"state\":\"streaming\"}\n" {
		t.Errorf("printed %s", got)
	}
	for line := range strings.Lines(f.out.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}
