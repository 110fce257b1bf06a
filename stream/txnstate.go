package stream

import "cmp"

// A TxnState is what came of one transaction that has committed. It holds no statement
// longer than StatementKept: a ring of them has a fixed size.
type TxnState struct {
	// Txn is its number within the run, as in Record.Txn.
	Txn   uint64
	Shard *Shard
	GTID  GTID
	// Time is the timestamp of its first row's binlog event, Commit that of its COMMIT,
	// in Unix seconds: a statement's events carry the second in which it began.
	Time, Commit int64
	// Begun is when its first row arrived, Arrived when its COMMIT did, in Unix
	// nanoseconds.
	Begun, Arrived int64
	// Rows counts its row changes, Bytes their encoded images.
	Rows, Bytes uint64

	tables    [tablesKept]TxnTable
	tableN    int
	statement [StatementKept]byte
	length    int // of the statement
}

// A TxnTable is what a transaction did to one version of a table.
type TxnTable struct {
	Table *Table
	rows  [Delete - Copy + 1]uint64
}

// Rows counts the row changes of a kind: Insert, Update or Delete.
func (t *TxnTable) Rows(kind Kind) uint64 { return t.rows[kind-Copy] }

// Bounds of what is kept of a transaction: tables, and bytes of its statement.
const (
	tablesKept    = 4
	StatementKept = 160
)

// Tables gives what it did to its tables, and how many more table versions there are.
func (t *TxnState) Tables() (tables []TxnTable, more int) {
	n := min(t.tableN, tablesKept)
	return t.tables[:n], t.tableN - n
}

// Statement is the first statement that MySQL has logged for its rows, nil where it has
// logged none, and whether it is longer than what is kept.
func (t *TxnState) Statement() (text []byte, cut bool) {
	return t.statement[:min(t.length, StatementKept)], t.length > StatementKept
}

// Seconds is how many seconds lie between its first row's event and its COMMIT, by the
// clock of MySQL, which counts whole ones.
func (t *TxnState) Seconds() int64 { return max(t.Commit-t.Time, 0) }

// Bounds of the transactions kept: the newest, and of each measure the largest.
const (
	txnsKept    = 4096
	largestKept = 64
)

// A TxnMeasure is something by which transactions are large.
type TxnMeasure int

// The measures of transactions.
const (
	TxnRows TxnMeasure = iota
	TxnBytes
	TxnSeconds
	TxnMeasures
)

// Of measures a transaction.
func (m TxnMeasure) Of(t *TxnState) uint64 {
	switch m {
	case TxnRows:
		return t.Rows
	case TxnBytes:
		return t.Bytes
	}
	return uint64(t.Seconds())
}

// Compare orders two transactions by a measure, the largest first, the newer before the
// older.
func (m TxnMeasure) Compare(a, b *TxnState) int {
	return cmp.Or(cmp.Compare(m.Of(b), m.Of(a)), cmp.Compare(b.Txn, a.Txn))
}

// txnStates are the transactions of a stream that are kept. They have no lock of their
// own.
type txnStates struct {
	ring    []TxnState // those that came last
	next    int        // the place in the ring of the one to come
	largest [TxnMeasures]largestTxns
	total   uint64
}

// openTxn is what is known of a shard's transaction before its COMMIT.
type openTxn struct {
	begun, time int64
	bytes       uint64
	statement   [StatementKept]byte
	length      int
}

// row takes note of a row of the transaction.
func (o *openTxn) row(r *Record, first bool) {
	if first {
		o.begun, o.time, o.bytes, o.length = r.Arrived, r.Time, 0, 0
	}
	if o.length == 0 && len(r.Query) > 0 {
		copy(o.statement[:], r.Query)
		o.length = len(r.Query)
	}
	o.bytes += uint64(len(r.Payload))
}

// commit takes note of a shard's transaction.
func (t *txnStates) commit(s *shardProgress, r *Record) {
	t.total++
	if len(t.ring) < txnsKept {
		t.ring = append(t.ring, TxnState{})
	}
	x := &t.ring[t.next]
	t.next = (t.next + 1) % txnsKept
	o := &s.txn
	x.Txn, x.Shard, x.GTID, x.Time, x.Commit = r.Txn, r.Shard, r.GTID, o.time, r.Time
	x.Begun, x.Arrived, x.Rows, x.Bytes = o.begun, r.Arrived, s.open, o.bytes
	x.length = o.length
	copy(x.statement[:min(o.length, StatementKept)], o.statement[:])
	x.tableN = len(s.openIn)
	for i := range min(x.tableN, tablesKept) {
		x.tables[i] = TxnTable{s.openIn[i].version, s.openIn[i].rows}
	}
	for m := range t.largest {
		t.largest[m].add(TxnMeasure(m), x)
	}
}

// largestTxns are the largest by one measure, in no order.
type largestTxns struct {
	list  []TxnState
	least uint64 // the measure of the smallest, once the list is full
}

func (l *largestTxns) add(m TxnMeasure, t *TxnState) {
	switch {
	case len(l.list) < largestKept:
		l.list = append(l.list, *t)
	case m.Of(t) <= l.least:
		return
	default:
		for i := range l.list {
			if m.Of(&l.list[i]) == l.least {
				l.list[i] = *t
				break
			}
		}
	}
	l.least = m.Of(&l.list[0])
	for i := range l.list {
		l.least = min(l.least, m.Of(&l.list[i]))
	}
}

// Txns are the transactions that a Progress keeps.
type Txns struct {
	// Newest are those that came last, in that order.
	Newest []TxnState
	// Largest are, by measure, the largest of all that came, in no order.
	Largest [TxnMeasures][]TxnState
	// Total counts all that came.
	Total uint64
}

// Transactions gives the transactions kept, writing over dst. Those that are taken back
// by a break of the stream are not among them, nor are those of the copy, which are
// only messages, or those without a row.
func (p *Progress) Transactions(dst *Txns) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := &p.txns
	dst.Newest = dst.Newest[:0]
	if len(t.ring) == txnsKept {
		dst.Newest = append(dst.Newest, t.ring[t.next:]...)
	}
	dst.Newest = append(dst.Newest, t.ring[:t.next]...)
	for m := range t.largest {
		dst.Largest[m] = append(dst.Largest[m][:0], t.largest[m].list...)
	}
	dst.Total = t.total
}
