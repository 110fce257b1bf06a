package stream

import (
	"slices"
	"time"
)

// A TableState is what the stream has told of one table, in all shards.
type TableState struct {
	Keyspace, Name string
	// Versions are those that the table has had, in that order, the newest 256. One
	// stands in it again where the table has gone back to it.
	Versions []TableVersion
	// Standing are the versions of which the shards have told last, where those differ: it
	// may be that some have not had a row since a statement changed the table.
	Standing []VersionStanding
	// LastRow is when the last row change arrived, zero before the first.
	LastRow time.Time

	rows [Delete - Copy + 1]RowCount // by kind
}

// A TableVersion is a version of a table, with the shard that told of it first and
// when that arrived.
type TableVersion struct {
	*Table
	Shard *Shard
	Seen  time.Time
}

// A VersionStanding is a version of a table with how many live shards have told of it last,
// and one of them.
type VersionStanding struct {
	*Table
	Shards  int
	Example *Shard
}

// A RowCount counts the row changes of one kind.
type RowCount struct {
	Total uint64
	Rate  Rate
}

// Rows counts the row changes of a kind: Copy, Insert, Update or Delete.
func (t *TableState) Rows(kind Kind) *RowCount { return &t.rows[kind-Copy] }

// PerSecond is the rate of row changes of all kinds, as Rate.PerSecond has it.
func (t *TableState) PerSecond(now time.Time) (sum float64) {
	for i := range t.rows {
		sum += t.rows[i].Rate.PerSecond(now)
	}
	return sum
}

// History is that of all kinds, as Rate.History has it.
func (t *TableState) History(dst []uint32, now time.Time, n int) []uint32 {
	from := len(dst)
	dst = t.rows[0].Rate.History(dst, now, n)
	for i := range t.rows[1:] {
		for j, count := range t.rows[1+i].Rate.History(nil, now, n) {
			dst[from+j] += count
		}
	}
	return dst
}

// A DDLEvent is a statement that changed tables, as one shard told it.
type DDLEvent struct {
	Shard     *Shard
	GTID      GTID
	Statement string
	// Time is the binlog event's timestamp in Unix seconds, Arrived when it came.
	Time    int64
	Arrived time.Time
}

// Bounds of the versions kept of a table, and of the statements, in number and in
// bytes.
const (
	versionsKept = 256
	ddlsKept     = 256
	ddlBytesKept = 1 << 20
)

// tableStates are the tables of a stream. They have no lock of their own.
type tableStates struct {
	list  []*tableState
	byID  []*tableState // by Table.ID-1: the versions of a table share one
	names map[[2]string]*tableState

	ddls     []DDLEvent // oldest first; readers hold the slice
	ddlBytes int
	lost     uint64 // DDLs that gave way
}

type tableState struct {
	TableState
	last int64 // when the last row arrived, in Unix nanoseconds

	told  []*Table // by the shard's ID-1: the version that it has told of last
	dirty bool     // Standing is older than told
}

// openRows are the rows of a transaction whose COMMIT is to come, of one table version.
type openRows struct {
	version *Table
	table   *tableState
	rows    [Delete - Copy + 1]uint64
}

// of is the table that a record is of, nil for one of Vitess's own.
func (t *tableStates) of(r *Record) *tableState {
	if has(t.byID, r.Table.ID) {
		return t.byID[r.Table.ID-1]
	}
	if r.Table.Internal {
		return nil
	}
	name := [2]string{r.Table.Keyspace, r.Table.Name}
	s := t.names[name]
	if s == nil {
		s = &tableState{TableState: TableState{Keyspace: r.Table.Keyspace, Name: r.Table.Name}}
		if t.names == nil {
			t.names = map[[2]string]*tableState{}
		}
		t.names[name], t.list = s, append(t.list, s)
	}
	for len(t.byID) < int(r.Table.ID) {
		t.byID = append(t.byID, nil)
	}
	t.byID[r.Table.ID-1] = s
	s.add(r)
	return s
}

// columns takes note of a FIELD event. A shard that tells of an older version has gone
// back to it, where it is the one that told of the newest; another may just be late.
func (t *tableStates) columns(r *Record) {
	s := t.of(r)
	if s == nil {
		return
	}
	s.tell(r)
	if newest := &s.Versions[len(s.Versions)-1]; newest.Table != r.Table && newest.Shard == r.Shard {
		s.add(r)
	}
}

// tell takes note of the version of which a shard has told.
func (s *tableState) tell(r *Record) {
	for len(s.told) < int(r.Shard.ID) {
		s.told = append(s.told, nil)
	}
	s.told[r.Shard.ID-1], s.dirty = r.Table, true
}

// stand compares what the live shards have told of. Readers hold the list before.
func (s *tableState) stand(live []*Shard) {
	if s.dirty = false; len(s.Versions) == 1 {
		return
	}
	var list []VersionStanding
	for _, shard := range live {
		if shard.Keyspace != s.Keyspace || int(shard.ID) > len(s.told) || s.told[shard.ID-1] == nil {
			continue
		}
		version := s.told[shard.ID-1]
		at := slices.IndexFunc(list, func(v VersionStanding) bool { return v.Table == version })
		if at < 0 {
			at, list = len(list), append(list, VersionStanding{Table: version, Example: shard})
		}
		list[at].Shards++
	}
	if s.Standing = list; len(list) == 1 {
		s.Standing = nil
	}
}

// add takes note of a version. Readers hold the list, which only grows.
func (s *tableState) add(r *Record) {
	if len(s.Versions) == versionsKept {
		s.Versions = slices.Clone(s.Versions[1:])
	}
	s.Versions = append(s.Versions, TableVersion{r.Table, r.Shard, time.Unix(0, r.Arrived)})
}

// row counts a row, also among those of the shard's open transaction.
func (t *tableStates) row(r *Record, second int64, open []openRows) []openRows {
	last := len(open) - 1
	if last < 0 || open[last].version != r.Table {
		s := t.of(r)
		if s == nil {
			return open
		}
		open, last = toTheEnd(open, r.Table, s)
	}
	o, kind := &open[last], r.Kind-Copy
	o.rows[kind]++
	o.table.last = r.Arrived
	count := &o.table.rows[kind]
	count.Total++
	count.Rate.add(second, 1)
	return open
}

// toTheEnd puts a table version's rows last, where they are found at once.
func toTheEnd(open []openRows, version *Table, s *tableState) (_ []openRows, last int) {
	at := slices.IndexFunc(open, func(o openRows) bool { return o.version == version })
	if at < 0 {
		at, open = len(open), append(open, openRows{version: version, table: s})
	}
	last = len(open) - 1
	open[at], open[last] = open[last], open[at]
	return open, last
}

// LongHistory is that of all kinds, as Rate.LongHistory has it.
func (t *TableState) LongHistory(dst []uint32, now time.Time, n int) []uint32 {
	from := len(dst)
	dst = t.rows[0].Rate.LongHistory(dst, now, n)
	for i := range t.rows[1:] {
		for j, count := range t.rows[1+i].Rate.LongHistory(nil, now, n) {
			dst[from+j] += count
		}
	}
	return dst
}

// abandon takes back the rows of a transaction that come again.
func (t *tableStates) abandon(open []openRows) {
	for i := range open {
		for kind, n := range open[i].rows {
			open[i].table.rows[kind].Total -= n
		}
	}
}

// ddl takes note of a statement, once where it comes again; the oldest give way.
func (t *tableStates) ddl(r *Record) {
	if !r.GTID.IsZero() && slices.ContainsFunc(t.ddls, func(e DDLEvent) bool { return e.Shard == r.Shard && e.GTID == r.GTID }) {
		return
	}
	e := DDLEvent{r.Shard, r.GTID, string(r.Payload), r.Time, time.Unix(0, r.Arrived)}
	t.ddls, t.ddlBytes = append(t.ddls, e), t.ddlBytes+len(e.Statement)
	drop := 0
	for len(t.ddls)-drop > 1 && (len(t.ddls)-drop > ddlsKept || t.ddlBytes > ddlBytesKept) {
		t.ddlBytes -= len(t.ddls[drop].Statement)
		drop++
	}
	if drop > 0 {
		t.ddls, t.lost = slices.Clone(t.ddls[drop:]), t.lost+uint64(drop)
	}
}

// Tables gives the state of every table seen, in the order they were first seen,
// writing over dst where it has room.
func (p *Progress) Tables(dst []TableState) []TableState {
	p.mu.Lock()
	defer p.mu.Unlock()
	dst = dst[:0]
	for _, s := range p.tables.list {
		if s.last != 0 {
			s.LastRow = time.Unix(0, s.last)
		}
		if s.dirty || len(s.Standing) > 0 {
			s.stand(p.live)
		}
		dst = append(dst, s.TableState)
	}
	return dst
}

// DDLs gives the statements that changed tables, oldest first, and how many older
// ones gave way.
func (p *Progress) DDLs() (events []DDLEvent, lost uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.tables.ddls[:len(p.tables.ddls):len(p.tables.ddls)], p.tables.lost
}
