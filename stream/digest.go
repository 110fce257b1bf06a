package stream

import (
	"slices"
	"sync"
	"time"
)

// A Digest counts what a stream brings: by table, event and minute, the transactions by
// their shapes, and what went wrong. It is a Sink that hands everything on; any goroutine
// may ask for its Summary.
type Digest struct {
	Sink

	// The stream goroutine's own.
	byShard map[*Shard]*openDigest
	latest  *openDigest // of the record before
	byTable map[*Table]*TableCount
	byParts map[string]*Shape
	key     []byte

	mu       sync.Mutex // guards the rest
	first    int64      // when the first and the last row came, in Unix nanoseconds
	last     int64
	shards   map[*Shard]*ShardCount
	tables   map[ColumnName]*TableCount // of a keyspace and table
	minutes  Minutes
	step     int64 // how many minutes count as one
	shapes   map[string]*Shape
	txns     uint64
	left     uint64 // transactions of shapes beyond those that are counted
	largest  [2][]TxnCount
	events   [2][]DigestEvent // DDL apart: it must not push out what went wrong
	cut      uint64           // events beyond those that are kept
	problems uint64
	retries  uint64
	begin    Position // where the shards stood once each had told, empty before
}

// openDigest is what of a shard's transaction has come, nothing where none is open.
type openDigest struct {
	count       *ShardCount
	rows, bytes uint64
	first, last int64 // when its rows came, in Unix nanoseconds
	begun       int64 // by the binlog, in Unix seconds
	statement   []byte
	pending     []pendingRow
	parts       []shapePart
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

// pendingSought is how many of the rows counted last are looked through for those of the
// same table: a transaction that goes back and forth between some tables is counted in few.
const pendingSought = 16

// NewDigest makes a digest in front of a sink.
func NewDigest(next Sink) *Digest {
	return &Digest{
		Sink: next, shards: map[*Shard]*ShardCount{}, tables: map[ColumnName]*TableCount{}, byTable: map[*Table]*TableCount{},
		byShard: map[*Shard]*openDigest{}, byParts: map[string]*Shape{}, shapes: map[string]*Shape{}, step: 1,
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
	Rows    [Delete - Copy + 1]uint64
	Bytes   uint64
	Minutes Minutes

	number uint32 // in the order in which they came
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
	GTID        GTID
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
	switch {
	case r.Kind.IsRow():
		d.row(r)
	case r.Kind == Commit:
		d.commit(r)
	case r.Kind == VGTID:
		d.position(r)
	case r.Kind == Abandoned:
		d.of(r.Shard).close()
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
	if err != nil || !position.IsResumable() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.begin = position
}

// of is the open transaction of a shard.
func (d *Digest) of(shard *Shard) *openDigest {
	if o := d.latest; o != nil && o.count.Shard == shard {
		return o
	}
	o := d.byShard[shard]
	if o == nil {
		o = &openDigest{count: &ShardCount{Shard: shard}}
		d.byShard[shard] = o
	}
	d.latest = o
	return o
}

// close forgets what has come.
func (o *openDigest) close() {
	c := openDigest{count: o.count}
	if cap(o.pending) <= 4*pendingSought { // else it has been an unusual one
		c.pending, c.statement, c.parts = o.pending[:0], o.statement[:0], o.parts[:0]
	}
	*o = c
}

// row takes a row change. It counts with its COMMIT: a break of the stream takes it back.
func (d *Digest) row(r *Record) {
	o := d.of(r.Shard)
	if o.rows == 0 {
		o.begun, o.first = r.Time, r.Arrived
	}
	if len(o.statement) == 0 && len(r.Query) > 0 {
		o.statement = append(o.statement, r.Query[:min(len(r.Query), StatementKept)]...)
	}
	o.rows++
	o.bytes += uint64(len(r.Payload))
	o.last = r.Arrived
	minute := r.Arrived / int64(time.Minute)
	for i := len(o.pending) - 1; i >= max(len(o.pending)-pendingSought, 0); i-- {
		if p := &o.pending[i]; p.table == r.Table && p.kind == r.Kind && p.minute == minute {
			p.rows++
			p.bytes += uint64(len(r.Payload))
			return
		}
	}
	o.pending = append(o.pending, pendingRow{r.Table, r.Kind, minute, 1, uint64(len(r.Payload))})
}

// commit counts what an open transaction has brought.
func (d *Digest) commit(r *Record) {
	o := d.of(r.Shard)
	if o.rows == 0 {
		return
	}
	defer o.close()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last = max(d.last, o.last); d.first == 0 {
		d.first = o.first
	}
	if d.shards[r.Shard] == nil {
		d.shards[r.Shard] = o.count
	}
	o.count.Rows += o.rows
	if d.rows(o) {
		return // a message of the copy is no transaction
	}
	o.count.Transactions++
	d.txns++
	d.transaction(r, o)
}

// rows counts the rows of a transaction by table and minute, and reports whether they are
// of the copy.
func (d *Digest) rows(o *openDigest) (copied bool) {
	for i := range o.pending {
		p := &o.pending[i]
		t, minute := d.table(p.table), p.minute-p.minute%d.step
		t.Rows[p.kind-Copy] += p.rows
		t.Bytes += p.bytes
		t.Minutes.add(minute, p.rows)
		d.minutes.add(minute, p.rows)
		copied = copied || p.kind == Copy
		o.addPart(p.kind, t)
	}
	if len(d.minutes) > minutesKept {
		d.step *= 2
		d.minutes.coarsen(d.step)
		for _, t := range d.tables {
			t.Minutes.coarsen(d.step)
		}
	}
	return copied
}

// transaction counts a transaction by its shape, and keeps it where it is one of the
// largest.
func (d *Digest) transaction(r *Record, o *openDigest) {
	shape := d.shape(o, r)
	seconds := uint64(max(r.Time-o.begun, 0))
	if !isLarge(d.largest[0], o.rows, rowsOf) && !isLarge(d.largest[1], seconds, secondsOf) {
		return
	}
	t := TxnCount{
		Shard: r.Shard, GTID: r.GTID, At: r.Time, Seconds: int64(seconds), Rows: o.rows, Bytes: o.bytes,
		Shape: shape, Statement: string(o.statement),
	}
	d.largest[0] = keepLargest(d.largest[0], t, rowsOf)
	d.largest[1] = keepLargest(d.largest[1], t, secondsOf)
}

// table is the count of a table.
func (d *Digest) table(t *Table) *TableCount {
	if c := d.byTable[t]; c != nil {
		return c
	}
	name := ColumnName{Keyspace: t.Keyspace, Table: t.Name}
	c := d.tables[name]
	if c == nil {
		c = &TableCount{Keyspace: t.Keyspace, Name: t.Name, number: uint32(len(d.tables))}
		d.tables[name] = c
	}
	d.byTable[t] = c
	return c
}

func rowsOf(t *TxnCount) uint64    { return t.Rows }
func secondsOf(t *TxnCount) uint64 { return uint64(t.Seconds) }

// isLarge reports whether a transaction of a size belongs to a list of the largest.
func isLarge(list []TxnCount, size uint64, of func(*TxnCount) uint64) bool {
	return size > 0 && (len(list) < largestSaid || size > of(&list[largestSaid-1]))
}

// keepLargest adds a transaction where it is one of the largest, the largest first.
func keepLargest(list []TxnCount, t TxnCount, of func(*TxnCount) uint64) []TxnCount {
	if !isLarge(list, of(&t), of) {
		return list
	}
	// Behind its equals: the first stays.
	at := len(list)
	for at > 0 && of(&list[at-1]) < of(&t) {
		at--
	}
	list = slices.Insert(list, at, t)
	return list[:min(len(list), largestSaid)]
}

// event takes what happened once.
func (d *Digest) event(r *Record) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case r.Kind == Problem:
		d.problems++
	case r.State == Retrying:
		d.retries++
	}
	kept := &d.events[0]
	if r.Kind == DDL {
		kept = &d.events[1]
	}
	if len(*kept) == digestKept {
		d.cut++
		return
	}
	e := DigestEvent{At: r.Arrived, Kind: r.Kind, State: r.State, Shard: r.Shard}
	if r.Kind == Journal {
		e.Text = JournalText(r.Payload)
	} else {
		e.Text = string(r.Payload[:min(len(r.Payload), incidentText)])
	}
	*kept = append(*kept, e)
}
