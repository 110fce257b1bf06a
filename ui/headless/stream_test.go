package headless_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

const (
	uuid   = "be98ad8c-e67e-11f1-a140-02fc00000001"
	second = 1795357205
)

// A feed decodes hand-made events into a printer.
type feed struct {
	*headless.Printer
	out      strings.Builder
	problems []string
	decoder  *stream.Decoder
}

func newFeed(o headless.Options) *feed {
	f := &feed{}
	o.Problem = func(shard *stream.Shard, text string) { f.problems = append(f.problems, fmt.Sprint(shard, ": ", text)) }
	f.Printer = headless.New(&f.out, o)
	f.decoder = stream.NewDecoder(f.Printer, nil)
	return f
}

// send decodes one frame and flushes, and returns the first error of the two.
func (f *feed) send(t *testing.T, events ...*binlogdata.VEvent) error {
	t.Helper()
	if err := f.decoder.Decode(frame(t, events...)); err != nil {
		return err
	}
	return f.Flush()
}

// expect sends a frame and compares what is printed for it.
func (f *feed) expect(t *testing.T, want string, events ...*binlogdata.VEvent) {
	t.Helper()
	before := f.out.Len()
	if err := f.send(t, events...); err != nil {
		t.Fatal(err)
	}
	if got := f.out.String()[before:]; got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

func frame(t testing.TB, events ...*binlogdata.VEvent) stream.Frame {
	t.Helper()
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Frame{Bytes: b, Arrived: time.Unix(second+1, 0)}
}

// event makes an event of a shard's transaction; number 0 is the copy.
func event(kind binlogdata.VEventType, shard string, number int) *binlogdata.VEvent {
	e := &binlogdata.VEvent{Type: kind, Keyspace: "customer", Shard: shard}
	if number > 0 {
		e.Timestamp, e.EventGtid = second, fmt.Sprintf("%s:%d", uuid, number)
	}
	return e
}

func begin(shard string, number int) *binlogdata.VEvent {
	return event(binlogdata.VEventType_BEGIN, shard, number)
}

func commit(shard string, number int) *binlogdata.VEvent {
	return event(binlogdata.VEventType_COMMIT, shard, number)
}

func position(shard string, number int) *binlogdata.VEvent {
	e := event(binlogdata.VEventType_VGTID, shard, 0)
	e.Vgtid = &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{
		{Keyspace: "customer", Shard: shard, Gtid: fmt.Sprintf("MySQL56/%s:1-%d", uuid, number)},
	}}
	return e
}

func fields(shard string, number int, columns ...*query.Field) *binlogdata.VEvent {
	e := event(binlogdata.VEventType_FIELD, shard, number)
	e.FieldEvent = &binlogdata.FieldEvent{
		TableName: "customer.customer", Keyspace: "customer", Shard: shard, Fields: columns, EnumSetStringValues: true,
	}
	return e
}

func rows(shard string, number int, changes ...*binlogdata.RowChange) *binlogdata.VEvent {
	e := event(binlogdata.VEventType_ROW, shard, number)
	e.RowEvent = &binlogdata.RowEvent{TableName: "customer.customer", Keyspace: "customer", Shard: shard, RowChanges: changes}
	return e
}

func insert(values ...any) *binlogdata.RowChange {
	return &binlogdata.RowChange{After: row(values...)}
}

// row makes an encoded row of text values; nil is NULL.
func row(values ...any) *query.Row {
	r := &query.Row{}
	for _, v := range values {
		if v == nil {
			r.Lengths = append(r.Lengths, -1)
			continue
		}
		text := fmt.Sprint(v)
		r.Lengths, r.Values = append(r.Lengths, int64(len(text))), append(r.Values, text...)
	}
	return r
}

// id and name are a small table's columns.
var (
	id   = &query.Field{Name: "id", Type: query.Type_INT64, Charset: 63, Flags: 53251, ColumnLength: 20, ColumnType: "bigint"}
	name = &query.Field{Name: "name", Type: query.Type_VARCHAR, Charset: 255, ColumnLength: 400, ColumnType: "varchar(100)"}
)
