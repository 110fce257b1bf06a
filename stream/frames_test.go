package stream_test

import (
	"fmt"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// uuid is the server of every shard in hand-made frames.
const uuid = "be98ad8c-e67e-11f1-a140-02fc00000001"

// customerFields are the columns of the hand-made table.
func customerFields() []*query.Field {
	return []*query.Field{
		{Name: "customer_id", Type: query.Type_INT64, Charset: 63, Flags: 53251, ColumnLength: 20, ColumnType: "bigint"},
		{Name: "email", Type: query.Type_VARCHAR, Charset: 255, ColumnLength: 512, ColumnType: "varchar(128)"},
		{Name: "balance", Type: query.Type_DECIMAL, Charset: 63, Decimals: 2, ColumnLength: 12, ColumnType: "decimal(10,2)"},
		{Name: "created", Type: query.Type_DATETIME, Charset: 63, ColumnLength: 19, ColumnType: "datetime"},
	}
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
		r.Lengths = append(r.Lengths, int64(len(text)))
		r.Values = append(r.Values, text...)
	}
	return r
}

func customerRow(id int) *query.Row {
	return row(id, fmt.Sprintf("user%d@example.com", id), "1234.50", "2026-11-22 12:03:43")
}

// shardName names shard i of n as Vitess does, near enough for a test.
func shardName(i int) string {
	return fmt.Sprintf("%02x%02x-%02x%02x", i>>8, i&255, (i+1)>>8, (i+1)&255)
}

// vgtid makes the VGTID of n shards that move in turn, where the given one has
// just moved.
func vgtid(shard, n, number int) *binlogdata.VGtid {
	v := &binlogdata.VGtid{}
	for i := range n {
		ago := (shard - i + n) % n
		v.ShardGtids = append(v.ShardGtids, &binlogdata.ShardGtid{
			Keyspace: "customer", Shard: shardName(i), Gtid: fmt.Sprintf("MySQL56/%s:1-%d", uuid, number-ago),
		})
	}
	return v
}

// at stamps an event as VTGate does outside of the copy.
func at(e *binlogdata.VEvent, shard, number int) *binlogdata.VEvent {
	e.Keyspace, e.Shard = "customer", shardName(shard)
	if e.Type != binlogdata.VEventType_VGTID {
		e.Timestamp, e.CurrentTime = 1795356899, 1795356899677473234
		e.SequenceNumber, e.CommitParent = int64(number), int64(number-1)
		e.EventGtid = fmt.Sprintf("%s:%d", uuid, number)
	}
	return e
}

func fieldEvent(shard int) *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: &binlogdata.FieldEvent{
		TableName: "customer", Keyspace: "customer", Shard: shardName(shard), Fields: customerFields(),
	}}
}

func rowEvent(shard int, changes ...*binlogdata.RowChange) *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
		TableName: "customer", Keyspace: "customer", Shard: shardName(shard), RowChanges: changes, Flags: 17,
	}}
}

// transaction makes the events of a transaction on one of n shards.
func transaction(shard, n, number int, changes ...*binlogdata.RowChange) []*binlogdata.VEvent {
	return []*binlogdata.VEvent{
		at(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN}, shard, number),
		at(rowEvent(shard, changes...), shard, number),
		at(&binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Vgtid: vgtid(shard, n, number)}, shard, number),
		at(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}, shard, number),
	}
}

// frame encodes events as one message.
func frame(t testing.TB, events ...*binlogdata.VEvent) stream.Frame {
	t.Helper()
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Frame{Arrived: time.Unix(1795356900, 0), Bytes: b}
}

// copyFrame is a message of the copy: n rows, one ROW event each.
func copyFrame(t testing.TB, n int) stream.Frame {
	t.Helper()
	at := func(e *binlogdata.VEvent) *binlogdata.VEvent {
		e.Keyspace, e.Shard = "customer", shardName(0)
		return e
	}
	events := []*binlogdata.VEvent{at(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN})}
	for i := range n {
		events = append(events, at(rowEvent(0, &binlogdata.RowChange{After: customerRow(i)})))
	}
	position := vgtid(0, 1, 7)
	position.ShardGtids[0].TablePKs = []*binlogdata.TableLastPK{{TableName: "customer", Lastpk: &query.QueryResult{
		Fields: customerFields()[:1], Rows: []*query.Row{row(n)},
	}}}
	events = append(events, at(&binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Vgtid: position}),
		at(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}))
	return frame(t, events...)
}
