package stream

import "vitess.io/vitess/go/vt/proto/binlogdata"

// rows emits the changes of one ROW event.
func (d *Decoder) rows(e *vevent) {
	if e.row == nil {
		d.contentless(e)
		return
	}
	var event rowEvent
	if !event.scan(e.row) {
		plain, ok := canonical(e.row, &binlogdata.RowEvent{})
		if !ok || !event.scan(plain) {
			d.problem(d.shards.of(e), "a ROW event of %d bytes cannot be decoded", len(e.row))
			return
		}
		e.row = plain
	}
	if e.at == nil && len(e.shard) == 0 && len(e.keyspace) == 0 {
		e.keyspace, e.shard = event.keyspace, event.shard
	}
	s := d.shards.of(e)
	if s == nil {
		d.problem(nil, "rows of table %q belong to no shard", event.table)
		return
	}
	table := s.table(event.table)
	if table == nil {
		d.problem(s, "rows of table %q came before its columns; they are left out", event.table)
		return
	}
	if s.txn == 0 {
		d.open(s)
	}
	r := d.fill(Unknown, s, e, nil)
	r.Table, r.Query, r.statement = table, s.query, s.statement
	for i, left := 0, event.count; left > 0 && d.err == nil; {
		tag, value, next := field(event.changes, i)
		if i = next; tag == tagRowChange {
			d.change(s, r, event.changes[next-int(value):next])
			left--
		}
	}
}

// change emits one row change as r.
func (d *Decoder) change(s *shard, r *Record, b []byte) {
	var change rowChange
	columns := len(r.Table.Columns)
	if !change.scan(b) || !change.fits(columns) {
		plain, ok := canonical(b, &binlogdata.RowChange{})
		if !ok || !change.scan(plain) {
			d.rowProblem(s, r, "a row of %s cannot be decoded", r.Table.Name)
			return
		}
		if b = plain; !change.fits(columns) {
			d.rowProblem(s, r, "a row of %s does not fit its %d columns; it is left out", r.Table.Name, columns)
			return
		}
	}
	switch {
	case change.hasBefore && change.hasAfter:
		r.Kind = Update
	case change.hasBefore:
		r.Kind = Delete
	case !change.hasAfter:
		d.rowProblem(s, r, "a change of %s has no row, neither before nor after", r.Table.Name)
		return
	case r.Time == 0:
		r.Kind = Copy // only the copy has no timestamp (vstreamer/copy.go)
	default:
		r.Kind = Insert
	}
	if r.Table.Internal {
		r.Kind = Heartbeat
	} else {
		s.rows++
	}
	r.Payload = b
	d.send(r)
}

// rowProblem reports a row without losing what the record holds for the next.
func (d *Decoder) rowProblem(s *shard, r *Record, format string, args ...any) {
	saved := *r
	d.problem(s, format, args...)
	*r = saved
}
