package stream

import (
	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// begin opens the shard's transaction. The copy sends a second BEGIN before the
// COMMIT of an empty first one; a BEGIN after rows means that VTGate started
// the transaction again.
func (d *Decoder) begin(e *vevent) {
	s := d.shards.of(e)
	if s == nil {
		d.problem(nil, "a BEGIN that belongs to no shard")
		return
	}
	if s.txn != 0 && s.rows > 0 {
		d.abandon(s)
	}
	if s.txn == 0 {
		d.open(s)
	}
	s.gtid, s.query = GTID{}, s.query[:0]
	d.emit(Begin, s, e, nil)
}

func (d *Decoder) open(s *shard) {
	d.txns++
	s.txn, s.rows, s.gtid = d.txns, 0, GTID{}
}

func (d *Decoder) commit(e *vevent) {
	s := d.shards.of(e)
	if s == nil {
		d.problem(nil, "a COMMIT that belongs to no shard")
		return
	}
	d.emit(Commit, s, e, nil)
	s.close()
}

// abandon ends a transaction whose COMMIT will not come.
func (d *Decoder) abandon(s *shard) {
	if s == nil || s.txn == 0 {
		return
	}
	d.emit(Abandoned, s, &vevent{}, nil)
	s.close()
}

// Reset forgets what belongs to one connection, before the stream is opened
// again: open transactions are abandoned, and the columns come anew.
func (d *Decoder) Reset() error {
	d.err = nil
	for _, s := range d.shards.all {
		d.abandon(s)
		clear(s.tables)
		s.lastTable, s.lastName = nil, s.lastName[:0]
	}
	return d.err
}

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
