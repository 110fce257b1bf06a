package stream

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// A Digest counts what a stream brings: by table, event and minute, the transactions by
// their shapes, and what went wrong. It is a Sink that hands everything on; any goroutine
// may ask for its Summary.
type Digest struct {
	Sink

	mu       sync.Mutex
	first    int64 // when the first and the last row came, in Unix nanoseconds
	last     int64
	shards   map[*Shard]*ShardCount
	tables   map[ColumnName]*TableCount // of a keyspace and table
	byTable  map[*Table]*TableCount
	minutes  map[int64]uint64 // row changes by Unix minute
	open     map[*Shard]*openDigest
	shapes   map[string]*Shape
	txns     uint64
	left     uint64 // transactions of shapes beyond those that are counted
	largest  [2][]TxnCount
	events   []DigestEvent
	cut      uint64 // events beyond those that are kept
	problems uint64
	retries  uint64
	begin    Position // where the shards stood once each had told, empty before
}

// openDigest is a transaction whose COMMIT is to come.
type openDigest struct {
	rows, bytes uint64
	begun       int64 // by the binlog, in Unix seconds
	parts       []shapePart
	statement   []byte
	pending     []pendingRow
}

// pendingRow counts the rows of a table and kind in an open transaction.
type pendingRow struct {
	table  *Table
	kind   Kind
	minute int64
	rows   uint64
	bytes  uint64
}

// Bounds of what a digest keeps.
const (
	shapesKept  = 4096
	digestKept  = 1000
	largestSaid = 10
)

// NewDigest makes a digest in front of a sink.
func NewDigest(next Sink) *Digest {
	return &Digest{
		Sink: next, shards: map[*Shard]*ShardCount{}, tables: map[ColumnName]*TableCount{}, byTable: map[*Table]*TableCount{},
		minutes: map[int64]uint64{}, open: map[*Shard]*openDigest{}, shapes: map[string]*Shape{},
	}
}

// A ShardCount is what came of a shard.
type ShardCount struct {
	Shard              *Shard
	Rows, Transactions uint64
}

// A TableCount is what came of a table, whatever its version.
type TableCount struct {
	Keyspace, Name string
	// Rows are row changes by kind, from Copy on; Bytes their encoded images.
	Rows  [Delete - Copy + 1]uint64
	Bytes uint64
	// Minutes are the row changes by Unix minute.
	Minutes map[int64]uint64
}

// Of is the number of row changes of a kind.
func (t *TableCount) Of(kind Kind) uint64 { return t.Rows[kind-Copy] }

// Total is the number of row changes of all kinds.
func (t *TableCount) Total() (n uint64) {
	for _, rows := range t.Rows {
		n += rows
	}
	return n
}

// A TxnCount is one transaction.
type TxnCount struct {
	Shard       *Shard
	GTID        string
	At          int64 // of its COMMIT by the binlog, in Unix seconds
	Seconds     int64 // from its first row's event to that
	Rows, Bytes uint64
	Shape       string
	Statement   string // the first that MySQL has logged, "" for none
}

// A DigestEvent is something that happened once: a DDL, a journal, a problem, a break of
// the stream.
type DigestEvent struct {
	At    int64 // when it came, in Unix nanoseconds
	Kind  Kind
	State State // of a Status
	Shard *Shard
	Text  string
}

// Append takes one record.
func (d *Digest) Append(r *Record) error {
	d.take(r)
	return d.Sink.Append(r)
}

func (d *Digest) take(r *Record) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case r.Kind.IsRow():
		d.row(r)
	case r.Kind == Commit:
		d.commit(r)
	case r.Kind == VGTID:
		d.position(r)
	case r.Kind == Abandoned:
		delete(d.open, r.Shard)
	case r.IsIncident():
		d.event(r)
	}
}

// position takes the first position that tells of every shard.
func (d *Digest) position(r *Record) {
	if len(d.begin.Shards) > 0 {
		return
	}
	position, err := DecodePosition(r.Payload)
	if err == nil && position.IsResumable() {
		d.begin = position
	}
}

// row takes a row change. It counts with its COMMIT: a break of the stream takes it back.
func (d *Digest) row(r *Record) {
	o := d.open[r.Shard]
	if o == nil {
		o = &openDigest{begun: r.Time}
		d.open[r.Shard] = o
	}
	if len(o.statement) == 0 && len(r.Query) > 0 {
		o.statement = append(o.statement, r.Query[:min(len(r.Query), StatementKept)]...)
	}
	o.rows++
	o.bytes += uint64(len(r.Payload))
	minute := r.Arrived / int64(time.Minute)
	if n := len(o.pending); n > 0 && o.pending[n-1].table == r.Table && o.pending[n-1].kind == r.Kind && o.pending[n-1].minute == minute {
		o.pending[n-1].rows++
		o.pending[n-1].bytes += uint64(len(r.Payload))
	} else {
		o.pending = append(o.pending, pendingRow{r.Table, r.Kind, minute, 1, uint64(len(r.Payload))})
	}
	d.last = max(d.last, r.Arrived)
	if d.first == 0 {
		d.first = r.Arrived
	}
}

// commit counts what an open transaction has brought.
func (d *Digest) commit(r *Record) {
	o := d.open[r.Shard]
	if o == nil {
		return
	}
	delete(d.open, r.Shard)
	shard := d.shards[r.Shard]
	if shard == nil {
		shard = &ShardCount{Shard: r.Shard}
		d.shards[r.Shard] = shard
	}
	shard.Rows += o.rows
	copied := false
	for i := range o.pending {
		p := &o.pending[i]
		t := d.table(p.table)
		t.Rows[p.kind-Copy] += p.rows
		t.Bytes += p.bytes
		t.Minutes[p.minute] += p.rows
		d.minutes[p.minute] += p.rows
		copied = copied || p.kind == Copy
		o.parts = addPart(o.parts, p)
	}
	if copied {
		return // a message of the copy is no transaction
	}
	shard.Transactions++
	d.txns++
	t := TxnCount{
		Shard: r.Shard, GTID: r.GTID.String(), At: r.Time, Seconds: max(r.Time-o.begun, 0), Rows: o.rows, Bytes: o.bytes,
		Shape: shapeOf(o.parts), Statement: string(o.statement),
	}
	d.shape(&t)
	d.largest[0] = keepLargest(d.largest[0], t, func(t *TxnCount) uint64 { return t.Rows })
	d.largest[1] = keepLargest(d.largest[1], t, func(t *TxnCount) uint64 { return uint64(t.Seconds) })
}

// table is the count of a table.
func (d *Digest) table(t *Table) *TableCount {
	if c := d.byTable[t]; c != nil {
		return c
	}
	name := ColumnName{Keyspace: t.Keyspace, Table: t.Name}
	c := d.tables[name]
	if c == nil {
		c = &TableCount{Keyspace: t.Keyspace, Name: t.Name, Minutes: map[int64]uint64{}}
		d.tables[name] = c
	}
	d.byTable[t] = c
	return c
}

// keepLargest adds a transaction where it is one of the largest, the largest first.
func keepLargest(list []TxnCount, t TxnCount, of func(*TxnCount) uint64) []TxnCount {
	at, _ := slices.BinarySearchFunc(list, of(&t), func(x TxnCount, n uint64) int { return cmp.Compare(n, of(&x)) })
	if at == largestSaid || of(&t) == 0 {
		return list
	}
	list = slices.Insert(list, at, t)
	return list[:min(len(list), largestSaid)]
}

// event takes what happened once.
func (d *Digest) event(r *Record) {
	e := DigestEvent{At: r.Arrived, Kind: r.Kind, State: r.State, Shard: r.Shard, Text: string(r.Payload[:min(len(r.Payload), incidentText)])}
	switch {
	case r.Kind == Journal:
		e.Text = JournalText(r.Payload)
	case r.Kind == Problem:
		d.problems++
	case r.State == Retrying:
		d.retries++
	}
	if len(d.events) == digestKept {
		d.cut++
		return
	}
	d.events = append(d.events, e)
}
