package stream_test

import (
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// A valueTest is a value of a column as the copy and as the binlog send it, and
// as MySQL's SELECT prints it. Bytes print as they are.
type valueTest struct {
	sqlType              string
	typ                  query.Type
	charset              uint32
	flags                uint32
	length               uint32
	copied, logged, want string
}

func (v *valueTest) field() *query.Field {
	return &query.Field{
		Name: "c", Type: v.typ, ColumnType: v.sqlType, Charset: v.charset, Flags: v.flags, ColumnLength: v.length,
	}
}

// recorder keeps the rows of a stream, taken apart.
type recorder struct {
	table         *stream.Table
	before, after [][]stream.Value
	problems      []string
}

func (r *recorder) Append(record *stream.Record) error {
	switch {
	case record.Kind == stream.Columns:
		r.table = record.Table
	case record.Kind == stream.Problem:
		r.problems = append(r.problems, string(record.Payload))
	case record.Kind.IsRow():
		before, after := record.Images()
		r.before, r.after = append(r.before, before.Values(nil)), append(r.after, after.Values(nil))
	}
	return nil
}

func (r *recorder) Flush() error { return nil }

// record decodes changes of a table with these fields.
func record(t *testing.T, fields []*query.Field, changes ...*binlogdata.RowChange) *recorder {
	t.Helper()
	r := &recorder{}
	decode(t, r, []*binlogdata.VEvent{
		{Type: binlogdata.VEventType_BEGIN, Keyspace: "k", Shard: "0", Timestamp: 1},
		{Type: binlogdata.VEventType_FIELD, Keyspace: "k", Shard: "0", Timestamp: 1, FieldEvent: &binlogdata.FieldEvent{
			TableName: "t", Keyspace: "k", Shard: "0", Fields: fields, EnumSetStringValues: true,
		}},
		{Type: binlogdata.VEventType_ROW, Keyspace: "k", Shard: "0", Timestamp: 1, RowEvent: &binlogdata.RowEvent{
			TableName: "t", Keyspace: "k", Shard: "0", RowChanges: changes,
		}},
	})
	if len(r.problems) > 0 {
		t.Fatalf("problems: %v", r.problems)
	}
	return r
}

func decode(t *testing.T, sink stream.Sink, events []*binlogdata.VEvent) {
	t.Helper()
	frame, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.NewDecoder(sink, nil).Decode(stream.Frame{Bytes: frame, Arrived: time.Unix(2, 0)}); err != nil {
		t.Fatal(err)
	}
}

// columnOf makes a column as a FIELD event describes it.
func columnOf(t *testing.T, field *query.Field) *stream.Column {
	t.Helper()
	return &record(t, []*query.Field{field}).table.Columns[0]
}

func TestValuesPrintAsMySQLPrintsThem(t *testing.T) {
	for _, tests := range [][]valueTest{numberValues, textValues} {
		for i := range tests {
			test := &tests[i]
			column := columnOf(t, test.field())
			if got := string(column.AppendText(nil, []byte(test.copied))); got != test.want {
				t.Errorf("%s charset %d: copied %q prints %q, want %q", test.sqlType, test.charset, test.copied, got, test.want)
			}
			if got := string(column.AppendText([]byte("x"), []byte(test.logged))); got != "x"+test.want {
				t.Errorf("%s charset %d: logged %q prints %q, want x%q", test.sqlType, test.charset, test.logged, got, test.want)
			}
		}
	}
}

func TestClasses(t *testing.T) {
	tests := []struct {
		typ     query.Type
		sqlType string
		charset uint32
		want    stream.Class
	}{
		{query.Type_INT24, "mediumint", 63, stream.ClassInteger},
		{query.Type_UINT64, "bigint unsigned", 63, stream.ClassInteger},
		{query.Type_YEAR, "year", 63, stream.ClassInteger},
		{query.Type_FLOAT32, "float", 63, stream.ClassFloat},
		{query.Type_DECIMAL, "decimal(10,2)", 63, stream.ClassDecimal},
		{query.Type_BIT, "bit(9)", 63, stream.ClassBit},
		{query.Type_TIME, "time(6)", 63, stream.ClassTemporal},
		{query.Type_TIMESTAMP, "timestamp", 63, stream.ClassTemporal},
		{query.Type_JSON, "json", 63, stream.ClassJSON},
		{query.Type_ENUM, "enum('a')", 255, stream.ClassText},
		{query.Type_SET, "set('a')", 255, stream.ClassText},
		{query.Type_CHAR, "char(3)", 255, stream.ClassText},
		{query.Type_BINARY, "char(10)", 46, stream.ClassText},
		{query.Type_VARBINARY, "varchar(100)", 309, stream.ClassText},
		{query.Type_VARBINARY, "", 46, stream.ClassText},
		{query.Type_BLOB, "mediumtext", 46, stream.ClassText},
		{query.Type_BLOB, "TEXT", 46, stream.ClassText},
		{query.Type_BINARY, "binary(8)", 63, stream.ClassBinary},
		{query.Type_VARBINARY, "varbinary(100)", 63, stream.ClassBinary},
		{query.Type_VARBINARY, "", 63, stream.ClassBinary},
		{query.Type_BLOB, "longblob", 63, stream.ClassBinary},
		{query.Type_GEOMETRY, "point", 63, stream.ClassBinary},
		{query.Type_VECTOR, "vector(3)", 63, stream.ClassBinary},
	}
	for _, test := range tests {
		column := columnOf(t, &query.Field{Name: "c", Type: test.typ, ColumnType: test.sqlType, Charset: test.charset})
		if column.Class != test.want {
			t.Errorf("%s %q charset %d: class %d, want %d", test.typ, test.sqlType, test.charset, column.Class, test.want)
		}
	}
}

func TestMembersFromNumbers(t *testing.T) {
	tests := []struct {
		typ                query.Type
		sqlType, raw, want string
	}{
		{query.Type_ENUM, "enum('small','it''s','a\\\\b')", "1", "small"},
		{query.Type_ENUM, "enum('small','it''s','a\\\\b')", "2", "it's"},
		{query.Type_ENUM, "enum('small','it''s','a\\\\b')", "3", `a\b`},
		{query.Type_ENUM, "enum('small')", "0", ""},
		{query.Type_ENUM, "enum('small')", "7", ""},
		{query.Type_ENUM, "enum('small')", "what", "what"},
		{query.Type_SET, "set('a','ü','c')", "5", "a,c"},
		{query.Type_SET, "set('a','ü','c')", "0", ""},
	}
	for _, test := range tests {
		r := &recorder{}
		decode(t, r, []*binlogdata.VEvent{{Type: binlogdata.VEventType_FIELD, Keyspace: "k", Shard: "0", FieldEvent: &binlogdata.FieldEvent{
			TableName: "t", Keyspace: "k", Shard: "0",
			Fields: []*query.Field{{Name: "c", Type: test.typ, ColumnType: test.sqlType, Charset: 255}},
		}}})
		if got := string(r.table.Columns[0].AppendText(nil, []byte(test.raw))); got != test.want {
			t.Errorf("%s: %s prints %q, want %q", test.sqlType, test.raw, got, test.want)
		}
	}
}
