package ui

import (
	"errors"
	"fmt"
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// keyspace is the one of hand-made frames.
const keyspace = "shop"

// A tableSpec is a hand-made table; its first column is the primary key.
type tableSpec struct {
	name   string
	fields []*query.Field
}

func column(name string, typ query.Type, sqlType string) *query.Field {
	f := &query.Field{Name: name, Type: typ, ColumnType: sqlType, Charset: 63, ColumnLength: 255}
	switch typ {
	case query.Type_VARCHAR, query.Type_TEXT, query.Type_CHAR:
		f.Charset = 255
	}
	return f
}

func keyed(f *query.Field) *query.Field {
	f.Flags = 3 // NOT NULL, PRIMARY KEY
	return f
}

// The tables of the hand-made shop.
var (
	customerTable = tableSpec{"customer", []*query.Field{
		keyed(column("customer_id", query.Type_INT64, "bigint")),
		column("email", query.Type_VARCHAR, "varchar(128)"),
		column("name", query.Type_VARCHAR, "varchar(64)"),
		column("phone", query.Type_VARCHAR, "varchar(32)"),
		column("settings", query.Type_JSON, "json"),
		column("updated_at", query.Type_DATETIME, "datetime(3)"),
	}}
	orderTable = tableSpec{"corder", []*query.Field{
		keyed(column("order_id", query.Type_UINT64, "bigint unsigned")),
		column("customer_id", query.Type_INT64, "bigint"),
		column("status", query.Type_VARCHAR, "varchar(16)"),
		column("total", query.Type_DECIMAL, "decimal(10,2)"),
		column("note", query.Type_TEXT, "text"),
	}}
	productTable = tableSpec{"product", []*query.Field{
		keyed(column("sku", query.Type_VARCHAR, "varchar(16)")),
		column("name", query.Type_VARCHAR, "varchar(64)"),
		column("price", query.Type_DECIMAL, "decimal(8,2)"),
		column("digest", query.Type_VARBINARY, "varbinary(16)"),
		column("stock", query.Type_INT32, "int"),
	}}
)

// A change is one row change of a transaction.
type change struct {
	table         tableSpec
	before, after *query.Row
}

func insert(t tableSpec, values ...any) change { return change{t, nil, row(values...)} }
func remove(t tableSpec, values ...any) change { return change{t, row(values...), nil} }
func modify(t tableSpec, before, after []any) change {
	return change{t, row(before...), row(after...)}
}

// row encodes values as their text; nil is NULL.
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

func (c change) event() *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
		TableName: c.table.name, Keyspace: keyspace, Flags: 17,
		RowChanges: []*binlogdata.RowChange{{Before: c.before, After: c.after}},
	}}
}

func (t tableSpec) event(shard string) *binlogdata.VEvent {
	return &binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, Keyspace: keyspace, Shard: shard,
		FieldEvent: &binlogdata.FieldEvent{TableName: t.name, Keyspace: keyspace, Shard: shard, Fields: t.fields}}
}

// shardNames cuts the key range into n shards, n a power of two up to 4096.
func shardNames(n int) []string {
	digits := 1
	for 1<<(4*digits) < n {
		digits++
	}
	digits += digits % 2
	step := 1 << (4 * digits) / n
	names := make([]string, n)
	for i := range names {
		low, high := fmt.Sprintf("%0*x", digits, i*step), fmt.Sprintf("%0*x", digits, (i+1)*step)
		if i == 0 {
			low = ""
		}
		if i == n-1 {
			high = ""
		}
		names[i] = low + "-" + high
	}
	return names
}

// server makes up the UUID of a shard's MySQL.
func server(shard int) string {
	head := fmt.Sprintf("%08x", uint32(shard+3)*2654435761)
	return strings.Join([]string{head, "5f1a", "11f1", "8c2d", fmt.Sprintf("02fc%08x", shard)}, "-")
}

// errCut is a break that trying again mends, errPurged one that it does not.
var (
	errCut    = errors.New("connection reset by peer")
	errPurged = errors.New("the master has purged required binary logs")
)
