package capture

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// benchShape is a kind of traffic.
type benchShape struct {
	name   string
	frames []stream.Frame
	rows   int
}

func benchShapes(t testing.TB) []benchShape {
	return []benchShape{benchCopy(t), benchTransactions(t, 16), benchTransactions(t, 256)}
}

func benchFields() []*query.Field {
	return []*query.Field{
		{Name: "customer_id", Type: query.Type_INT64, Charset: 63, Flags: 3, ColumnType: "bigint"},
		{Name: "email", Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(128)"},
		{Name: "total", Type: query.Type_DECIMAL, Charset: 63, ColumnType: "decimal(10,2)"},
		{Name: "updated_at", Type: query.Type_DATETIME, Charset: 63, ColumnType: "datetime"},
	}
}

func benchRow(id int) *query.Row {
	row := &query.Row{}
	for _, v := range []string{fmt.Sprint(id), fmt.Sprintf("user%d@example.com", id*7919%100_003), fmt.Sprintf("%d.%02d", id%5000, id%97), fmt.Sprintf("2026-11-22 12:%02d:%02d", id/60%60, id%60)} {
		row.Lengths, row.Values = append(row.Lengths, int64(len(v))), append(row.Values, v...)
	}
	return row
}

func benchFrame(t testing.TB, n int, events ...*binlogdata.VEvent) stream.Frame {
	t.Helper()
	b, err := (&vtgate.VStreamResponse{Events: events}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Frame{Arrived: time.Unix(1_795_000_000, int64(n)*1e6), Bytes: b}
}

// benchCopy is a message of a copy, as large as VTGate makes them.
func benchCopy(t testing.TB) benchShape {
	of := func(e *binlogdata.VEvent) *binlogdata.VEvent {
		e.Keyspace, e.Shard = "customer", "-80"
		return e
	}
	events := []*binlogdata.VEvent{
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN}),
		of(&binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: &binlogdata.FieldEvent{TableName: "customer", Fields: benchFields()}}),
	}
	for i := range 5000 {
		events = append(events, of(&binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
			TableName: "customer", Keyspace: "customer", Shard: "-80", RowChanges: []*binlogdata.RowChange{{After: benchRow(i)}},
		}}))
	}
	return benchShape{"copy", []stream.Frame{benchFrame(t, 0, append(events, of(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}))...)}, 5000}
}

// benchTransactions are one-row transactions over n shards, a message each, with the
// positions of all shards as VTGate repeats them.
func benchTransactions(t testing.TB, n int) benchShape {
	dice := rand.New(rand.NewPCG(7, 7))
	s := benchShape{name: fmt.Sprintf("one-row transactions, %d shards", n), rows: 512}
	servers, numbers, names := make([]string, n), make([]int, n), make([]string, n)
	for i := range n {
		servers[i] = fmt.Sprintf("%08x-5f1a-11f1-8c2d-%012x", dice.Uint32(), dice.Uint64()>>16)
		numbers[i], names[i] = 100_000+dice.IntN(900_000), fmt.Sprintf("%04x-%04x", i<<8, (i+1)<<8)
	}
	for k := range s.rows {
		i := k % n
		numbers[i]++
		vgtid := &binlogdata.VGtid{}
		for j := range n {
			vgtid.ShardGtids = append(vgtid.ShardGtids, &binlogdata.ShardGtid{Keyspace: "customer", Shard: names[j], Gtid: fmt.Sprintf("MySQL56/%s:1-%d", servers[j], numbers[j])})
		}
		of := func(e *binlogdata.VEvent) *binlogdata.VEvent {
			e.Keyspace, e.Shard, e.Timestamp = "customer", names[i], 1_795_000_000+int64(k)
			e.CurrentTime, e.EventGtid = e.Timestamp*1e9+5e8, fmt.Sprintf("%s:%d", servers[i], numbers[i])
			return e
		}
		var events []*binlogdata.VEvent
		events = append(events, of(&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN}))
		if k < n {
			events = append(events, of(&binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: &binlogdata.FieldEvent{TableName: "customer", Fields: benchFields()}}))
		}
		events = append(events, of(&binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
			TableName: "customer", Keyspace: "customer", Shard: names[i], RowChanges: []*binlogdata.RowChange{{Before: benchRow(k), After: benchRow(k + 1)}},
		}}), of(&binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Vgtid: vgtid}), of(&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT}))
		s.frames = append(s.frames, benchFrame(t, k, events...))
	}
	return s
}
