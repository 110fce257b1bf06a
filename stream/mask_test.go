package stream_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// masked gives a frame after the masks, and its rows as text.
func masked(t *testing.T, m *stream.Masker, masks *stream.Masks, events ...*binlogdata.VEvent) ([]byte, []string) {
	t.Helper()
	f, err := m.Frame(frame(t, events...))
	if err != nil {
		t.Fatal(err)
	}
	sink := &maskedRows{}
	config := stream.Config{Sink: sink, Progress: stream.NewProgress(stream.Position{}), Masks: masks}
	if err := stream.Replay(t.Context(), config, &oneFrame{f: f}, nil); err != nil {
		t.Fatal(err)
	}
	return f.Bytes, sink.rows
}

// maskedRows writes rows as columns and values.
type maskedRows struct{ rows []string }

func (s *maskedRows) Append(r *stream.Record) error {
	if !r.Kind.IsRow() {
		return nil
	}
	before, after := r.Images()
	text := r.Kind.String()
	for _, image := range []stream.Image{before, after} {
		if !image.Exists() {
			continue
		}
		values := image.Values(nil)
		for i := range values {
			text += fmt.Sprintf(" %s=%s", r.Table.Columns[i].Name, values[i].Raw)
			if values[i].State == stream.Null {
				text += "null"
			}
			if r.Table.Columns[i].Masked {
				text += "!"
			}
		}
	}
	s.rows = append(s.rows, text)
	return nil
}

func (s *maskedRows) Flush() error { return nil }

// oneFrame is a recording of one.
type oneFrame struct {
	f    stream.Frame
	read bool
}

func (o *oneFrame) Next() (stream.Recorded, error) {
	if o.read {
		return stream.Recorded{}, io.EOF
	}
	o.read = true
	return stream.Recorded{At: o.f.Arrived, Frame: o.f.Bytes}, nil
}

func maskTable() *binlogdata.FieldEvent {
	return &binlogdata.FieldEvent{TableName: "ks.users", Keyspace: "ks", Shard: "-80", Fields: []*query.Field{
		{Name: "id", Type: query.Type_INT64, Charset: 63, Flags: 3, ColumnType: "bigint"},
		{Name: "email", Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(64)"},
		{Name: "pin", Type: query.Type_INT32, Charset: 63, ColumnType: "int"},
		{Name: "doc", Type: query.Type_JSON, Charset: 63, ColumnType: "json"},
		{Name: "notes", Type: query.Type_JSON, Charset: 63, ColumnType: "json"},
	}}
}

func maskRow(values ...string) *query.Row {
	r := &query.Row{}
	for _, v := range values {
		if v == "NULL" {
			r.Lengths = append(r.Lengths, -1)
			continue
		}
		r.Lengths, r.Values = append(r.Lengths, int64(len(v))), append(r.Values, v...)
	}
	return r
}

func maskEvents(change *binlogdata.RowChange) []*binlogdata.VEvent {
	of := func(e *binlogdata.VEvent) *binlogdata.VEvent {
		e.Keyspace, e.Shard, e.Timestamp = "ks", "-80", 1_700_000_000
		return e
	}
	return []*binlogdata.VEvent{
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: maskTable()}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_ROWS_QUERY, Statement: "update users set email = 's3cret@x.y' where id = 4711"}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{TableName: "ks.users", Keyspace: "ks", Shard: "-80", RowChanges: []*binlogdata.RowChange{change}}}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}),
	}
}

func TestMasks(t *testing.T) {
	change := func() *binlogdata.RowChange {
		return &binlogdata.RowChange{Before: maskRow("4711", "s3cret@x.y", "1234", `{"a":1}`, "NULL"), After: maskRow("4711", "n3w@x.y", "NULL", `{"a":2}`, `[]`)}
	}
	for _, test := range []struct {
		rules  []string
		keys   bool
		want   string
		secret []string
	}{
		{[]string{"email"}, false, `update id=4711 email=***! pin=1234 doc={"a":1} notes=null id=4711 email=***! pin=null doc={"a":2} notes=[]`, []string{"s3cret", "n3w"}},
		{[]string{"users.p*"}, false, `update id=4711 email=s3cret@x.y pin=***! doc={"a":1} notes=null id=4711 email=n3w@x.y pin=null! doc={"a":2} notes=[]`, []string{"1234"}},
		{[]string{"USERS.Doc", "other.*"}, false, `update id=4711 email=s3cret@x.y pin=1234 doc=***! notes=null id=4711 email=n3w@x.y pin=null doc=***! notes=[]`, []string{`"a"`}},
		{[]string{"*"}, false, `update id=***! email=***! pin=***! doc=***! notes=null! id=***! email=***! pin=null! doc=***! notes=***!`, []string{"4711", "s3cret", "n3w", "1234", `"a"`}},
	} {
		masks, err := stream.ParseMasks(test.rules, test.keys)
		if err != nil {
			t.Fatal(err)
		}
		encoded, rows := masked(t, stream.NewMasker(masks), masks, maskEvents(change())...)
		if len(rows) != 1 || rows[0] != test.want {
			t.Errorf("%q: %q, want %q", test.rules, rows, test.want)
		}
		for _, secret := range append(test.secret, "where id = 4711") {
			if bytes.Contains(encoded, []byte(secret)) {
				t.Errorf("%q: the frame holds %q", test.rules, secret)
			}
		}
	}
}

// TestMaskedKeys have tokens: equal ones are equal within a run, and in no other.
func TestMaskedKeys(t *testing.T) {
	masks, _ := stream.ParseMasks(nil, true)
	token := func(m *stream.Masker, id string) string {
		_, rows := masked(t, m, masks, maskEvents(&binlogdata.RowChange{After: maskRow(id, "x", "1", "{}", "{}")})...)
		word := strings.Fields(rows[0])[1]
		if !strings.HasPrefix(word, "id=key_") || len(word) != len("id=key_123456789012!") {
			t.Errorf("the key is %q", word)
		}
		return word
	}
	m := stream.NewMasker(masks)
	if one := token(m, "1"); one != token(m, "1") || one == token(m, "2") || one == token(stream.NewMasker(masks), "1") {
		t.Error("tokens do not tell rows apart, or tell of another run")
	}
}

// TestMaskedParts: parts of documents that came as a change stay with their columns.
func TestMaskedParts(t *testing.T) {
	masks, _ := stream.ParseMasks([]string{"doc"}, false)
	change := &binlogdata.RowChange{
		Before: maskRow("1", "x", "1", `{"a":1}`, `{"b":1}`), After: maskRow("1", "x", "1", "secret", `{"b":2}`),
		JsonPartialValues: &binlogdata.RowChange_Bitmap{Count: 2, Cols: []byte{0b01}},
	}
	_, rows := masked(t, stream.NewMasker(masks), masks, maskEvents(change)...)
	if len(rows) != 1 || !strings.HasSuffix(rows[0], `doc=***! notes={"b":2}`) {
		t.Errorf("%q", rows)
	}
}

// TestMasksOfPositions: a copy's position holds keys; without them it is none.
func TestMasksOfPositions(t *testing.T) {
	at := &binlogdata.ShardGtid{Keyspace: "ks", Shard: "-80", Gtid: "MySQL56/a:1", TablePKs: []*binlogdata.TableLastPK{{
		TableName: "users", Lastpk: &query.QueryResult{Fields: maskTable().Fields[:1], Rows: []*query.Row{maskRow("4711")}},
	}}}
	vgtid := &binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Keyspace: "ks", Shard: "-80", Vgtid: &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{at}}}
	for rule, holds := range map[string]bool{"id": false, "email": true} {
		masks, _ := stream.ParseMasks([]string{rule}, false)
		encoded, _ := masked(t, stream.NewMasker(masks), masks, vgtid)
		if bytes.Contains(encoded, []byte("4711")) != holds {
			t.Errorf("--mask %s: the position holds the key: %v", rule, !holds)
		}
	}
}

// TestWhatCannotBeMasked is left out: rows of a table whose columns are not known, rows
// that do not fit, and what is no message.
func TestWhatCannotBeMasked(t *testing.T) {
	masks, _ := stream.ParseMasks([]string{"email"}, false)
	m := stream.NewMasker(masks)
	events := maskEvents(&binlogdata.RowChange{After: maskRow("secret", "x")})
	for _, list := range [][]*binlogdata.VEvent{events, append(events[:1:1], events[3:]...)} {
		f, err := stream.NewMasker(masks).Frame(frame(t, list...))
		if err != nil || bytes.Contains(f.Bytes, []byte("secret")) {
			t.Errorf("%q, %v", f.Bytes, err)
		}
	}
	if f, err := m.Frame(stream.Frame{Bytes: []byte("secret")}); err == nil || len(f.Bytes) > 0 {
		t.Errorf("%q, %v", f.Bytes, err)
	}
	var response vtgate.VStreamResponse
	response.ProtoReflect().SetUnknown([]byte("\xfa\x01\x06secret"))
	encoded, _ := response.MarshalVT()
	if f, err := m.Frame(stream.Frame{Bytes: encoded}); err != nil || bytes.Contains(f.Bytes, []byte("secret")) {
		t.Errorf("%q, %v", f.Bytes, err)
	}
}

func TestStatementsWithoutLiterals(t *testing.T) {
	masks, _ := stream.ParseMasks([]string{"x"}, false)
	for text, want := range map[string]string{
		"update t set a = 'it''s', b=\"q\\\\x\" where id = 12": "update t set a = ?, b=? where id = ?",
		"insert into t values ('C:\\', 'secret')":              "insert into t values (?",
		"select 1 --\tsecret\n from t":                         "select ?  \n from t",
		"insert into t1 values (x'1f', 0x1F, 1.5e-3, .5, -7)":  "insert into t1 values (?, ?, ?, ?, -?)",
		"select `a 'b' 12` /* secret */ from t -- secret":      "select `a 'b' 12`   from t  ",
		"set a=_utf8mb4'secret', b=n'secret' # secret\n, c=1":  "set a=?, b=?  \n, c=?",
		"alter table t2 add column `c3` enum('a','b')":         "alter table t2 add column `c3` enum(?,?)",
		"update t set a = 'not closed secret":                  "update t set a = ?",
		"update größe set a='x'":                               "update größe set a=?",
	} {
		e := &binlogdata.VEvent{Type: binlogdata.VEventType_DDL, Keyspace: "ks", Shard: "-80", Timestamp: 1, Statement: text}
		f, err := stream.NewMasker(masks).Frame(frame(t, e))
		var got vtgate.VStreamResponse
		if err := errors.Join(err, got.UnmarshalVT(f.Bytes)); err != nil {
			t.Fatal(err)
		}
		if got.Events[0].Statement != want {
			t.Errorf("%q becomes %q, want %q", text, got.Events[0].Statement, want)
		}
	}
}

func TestParseMasks(t *testing.T) {
	for _, rule := range []string{"", ".", "a.", ".b", "a.b.c"} {
		if _, err := stream.ParseMasks([]string{rule}, false); err == nil {
			t.Errorf("%q is taken", rule)
		}
	}
	if m, err := stream.ParseMasks(nil, false); m != nil || err != nil {
		t.Error(m, err)
	}
	m, err := stream.ParseMasks([]string{"a.b*", "--mask-key"}, false)
	if err != nil || fmt.Sprint(m.Rules()) != "[a.b* --mask-key]" {
		t.Error(m.Rules(), err)
	}
}
