package stream

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
