package stream

import (
	"time"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// A Reframer makes frames of the records of a snapshot, as VTGate would have sent them but for
// the positions, which a store does not keep: each transaction in a frame of its own.
type Reframer struct {
	put  func(Frame) error
	open map[*Shard]*reframed
	told map[reframedTable]bool
	// names are those that rows of a table version have in their events.
	names map[*Table]string
}

type reframedTable struct {
	shard *Shard
	table *Table
}

// reframed is a transaction whose rows come.
type reframed struct {
	txn      uint64
	record   Record // the last of its rows
	response vtgate.VStreamResponse
	query    string
}

// NewReframer makes one that hands frames on.
func NewReframer(put func(Frame) error) *Reframer {
	return &Reframer{put: put, open: map[*Shard]*reframed{}, told: map[reframedTable]bool{}, names: map[*Table]string{}}
}

// Snapshot makes the frames of what a snapshot holds. A transaction that has not committed
// is left open, for its other rows; one that was abandoned is left out.
func (f *Reframer) Snapshot(s *Snapshot) error {
	reader, r := s.Reader(), Record{}
	last := map[uint64]uint64{} // row of each transaction
	for seq := s.First(); seq < s.End(); seq++ {
		if reader.At(seq, &r) && r.Kind.IsRow() {
			last[r.Txn] = seq
		}
	}
	for seq := s.First(); seq < s.End(); seq++ {
		var r Record
		if !reader.At(seq, &r) || r.Abandoned {
			continue
		}
		if err := f.record(&r); err != nil {
			return err
		}
		if t := f.open[r.Shard]; t != nil && t.txn == r.Txn && last[r.Txn] == seq {
			if err := f.end(t, !r.Open); err != nil {
				return err
			}
		}
	}
	return nil
}

// record takes one record.
func (f *Reframer) record(r *Record) error {
	switch {
	case r.Kind.IsRow():
		return f.row(r)
	case r.Kind == DDL || r.Kind == Journal || r.Kind == CopyCompleted:
		return f.event(r)
	}
	return nil
}

// row adds a row to its transaction.
func (f *Reframer) row(r *Record) error {
	t := f.open[r.Shard]
	if t == nil {
		t = &reframed{txn: r.Txn}
		f.open[r.Shard] = t
		t.add(r, &binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN})
	}
	t.record = *r
	if table := (reframedTable{r.Shard, r.Table}); !f.told[table] {
		f.tell(table)
		event := &binlogdata.FieldEvent{}
		if event.UnmarshalVT([]byte(r.Table.FieldEvent())) == nil {
			t.add(r, &binlogdata.VEvent{Type: binlogdata.VEventType_FIELD, FieldEvent: event})
		}
	}
	if query := string(r.Query); query != t.query {
		t.query = query
		t.add(r, &binlogdata.VEvent{Type: binlogdata.VEventType_ROWS_QUERY, Statement: query})
	}
	change := &binlogdata.RowChange{}
	if err := change.UnmarshalVT(r.Payload); err != nil {
		return err
	}
	t.add(r, &binlogdata.VEvent{Type: binlogdata.VEventType_ROW, RowEvent: &binlogdata.RowEvent{
		TableName: f.name(r.Table), Keyspace: r.Shard.Keyspace, Shard: r.Shard.Name, RowChanges: []*binlogdata.RowChange{change},
	}})
	return nil
}

// tell takes note that a shard's table has the columns of a version from here on.
func (f *Reframer) tell(table reframedTable) {
	for other := range f.told {
		if other.shard == table.shard && other.table.Name == table.table.Name {
			delete(f.told, other)
		}
	}
	f.told[table] = true
}

// name is what rows of a table version are called in their events.
func (f *Reframer) name(t *Table) string {
	name, known := f.names[t]
	if !known {
		event := &binlogdata.FieldEvent{}
		if name = t.Name; event.UnmarshalVT([]byte(t.FieldEvent())) == nil {
			name = event.TableName
		}
		f.names[t] = name
	}
	return name
}

// event makes a frame of something outside of transactions.
func (f *Reframer) event(r *Record) error {
	t := &reframed{record: *r}
	event := &binlogdata.VEvent{Type: binlogdata.VEventType_COPY_COMPLETED}
	switch r.Kind {
	case DDL:
		event.Type, event.Statement = binlogdata.VEventType_DDL, string(r.Payload)
	case Journal:
		event.Type, event.Journal = binlogdata.VEventType_JOURNAL, &binlogdata.Journal{}
		if err := event.Journal.UnmarshalVT(r.Payload); err != nil {
			return err
		}
	}
	t.add(r, event)
	return f.send(t)
}

// add stamps an event as VTGate does, and adds it.
func (t *reframed) add(r *Record, e *binlogdata.VEvent) {
	e.Timestamp = r.Time
	if r.Shard != nil {
		e.Keyspace, e.Shard = r.Shard.Keyspace, r.Shard.Name
	}
	e.EventGtid = r.GTID.String()
	t.response.Events = append(t.response.Events, e)
}

// end sends a transaction, with its COMMIT where that has come.
func (f *Reframer) end(t *reframed, committed bool) error {
	delete(f.open, t.record.Shard)
	if committed {
		t.add(&t.record, &binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT})
	}
	return f.send(t)
}

func (f *Reframer) send(t *reframed) error {
	encoded, err := t.response.MarshalVT()
	if err != nil {
		return err
	}
	return f.put(Frame{Arrived: time.Unix(0, t.record.Arrived), Bytes: encoded})
}
