package filter_test

import (
	"fmt"
	"testing"
	"time"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"

	"vtscope/stream"
)

// A fixture makes records as the stream makes them: from events, through the
// decoder and the store.
type fixture struct {
	name   string
	fields []*query.Field
}

const (
	keyspace = "shop"
	shard    = "-80"
	gtid     = "90a3e2d2-8a0f-11ef-9c5b-0242ac110002:59"
	at       = 1_700_000_000 // 2023-11-14 22:13:20 UTC
)

func tableOf(name string, fields ...*query.Field) *fixture { return &fixture{name, fields} }

// field describes a column as VTGate does.
func field(name string, typ query.Type, charset uint32, sqlType string) *query.Field {
	return &query.Field{Name: name, Type: typ, Charset: charset, ColumnType: sqlType}
}

// change gives the record of a row change: an insert without a before image, a
// delete without an after image.
func (f *fixture) change(t testing.TB, before, after []any) *stream.Record {
	t.Helper()
	return f.records(t, &binlogdata.RowChange{Before: image(before), After: image(after)})[0]
}

// records gives the records of row changes in one transaction.
func (f *fixture) records(t testing.TB, changes ...*binlogdata.RowChange) []*stream.Record {
	t.Helper()
	event := func(kind binlogdata.VEventType) *binlogdata.VEvent {
		return &binlogdata.VEvent{Type: kind, Keyspace: keyspace, Shard: shard, Timestamp: at, EventGtid: gtid}
	}
	begin, fields, rows, vgtid, commit := event(binlogdata.VEventType_BEGIN), event(binlogdata.VEventType_FIELD),
		event(binlogdata.VEventType_ROW), event(binlogdata.VEventType_VGTID), event(binlogdata.VEventType_COMMIT)
	fields.FieldEvent = &binlogdata.FieldEvent{
		TableName: keyspace + "." + f.name, Fields: f.fields, Keyspace: keyspace, Shard: shard, EnumSetStringValues: true,
	}
	rows.RowEvent = &binlogdata.RowEvent{TableName: keyspace + "." + f.name, Keyspace: keyspace, Shard: shard, RowChanges: changes}
	vgtid.Vgtid = &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{{Keyspace: keyspace, Shard: shard, Gtid: "MySQL56/" + gtid}}}
	return decode(t, begin, fields, rows, vgtid, commit)
}

// decode gives the records that a store keeps of one frame.
func decode(t testing.TB, events ...*binlogdata.VEvent) []*stream.Record {
	t.Helper()
	frame, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	store := stream.NewStore(64 << 20)
	decoder := stream.NewDecoder(store, nil)
	if err := decoder.Decode(stream.Frame{Arrived: time.Unix(at, 0), Bytes: frame}); err != nil {
		t.Fatal(err)
	}
	if err := store.Flush(); err != nil {
		t.Fatal(err)
	}
	snapshot := store.Snapshot()
	var records []*stream.Record
	for seq := snapshot.First(); seq < snapshot.End(); seq++ {
		r := &stream.Record{}
		snapshot.At(seq, r)
		if r.Kind == stream.Problem {
			t.Fatalf("the decoder says: %s", r.Payload)
		}
		records = append(records, r)
	}
	return records
}

// image encodes a row of what fmt prints; nil gives none, and nil in it a NULL.
func image(values []any) *query.Row {
	if values == nil {
		return nil
	}
	row := make([]sqltypes.Value, len(values))
	for i, v := range values {
		if v == nil {
			row[i] = sqltypes.NULL
			continue
		}
		row[i] = sqltypes.MakeTrusted(sqltypes.VarBinary, fmt.Append(nil, v))
	}
	return sqltypes.RowToProto3(row)
}
