package demo

import (
	"strconv"
	"strings"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// rowsQuery adds the statement that made the changes, before their table is
// described: the binary log has it before the table map.
func (c *cursor) rowsQuery(rows []change, m *meta) error {
	return c.stream.enc.message(&binlogdatapb.VEvent{
		Type: binlogdatapb.VEventType_ROWS_QUERY, Timestamp: m.timestamp, CurrentTime: m.currentTime,
		Statement: c.shard.work.sql(rows),
		Keyspace:  m.keyspace, Shard: m.shard, CommitParent: m.parent, SequenceNumber: m.sequence, EventGtid: m.gtid,
	})
}

// sql is a statement that names the rows by their keys; what it sets is left out.
func (w *workload) sql(rows []change) string {
	t := shopTables[rows[0].table]
	var columns []string
	for _, i := range t.keys() {
		columns = append(columns, t.columns[i].name)
	}
	names := strings.Join(columns, ", ")
	if len(columns) > 1 {
		names = "(" + names + ")"
	}
	var tuples []string
	var key image
	for _, r := range rows {
		w.key(&key, r.ref)
		tuples = append(tuples, tuple(&key, r.table != session, r.op == insert))
	}
	values := strings.Join(tuples, ", ")
	switch rows[0].op {
	case insert:
		return "insert into " + t.name + " (" + strings.Join(columns, ", ") + ", …) values " + values + " /* web */"
	case update:
		return "update " + t.name + " set … where " + names + " in (" + values + ") /* web */"
	default:
		return "delete from " + t.name + " where " + names + " in (" + values + ") /* janitor */"
	}
}

// tuple prints a key's values as SQL: a whole row's where open, else what IN compares with.
func tuple(key *image, numeric, open bool) string {
	var parts []string
	for i := range key.lengths {
		v, _ := key.value(i)
		if numeric {
			parts = append(parts, string(v))
		} else {
			parts = append(parts, strconv.Quote(string(v)))
		}
	}
	if open {
		parts = append(parts, "…")
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
