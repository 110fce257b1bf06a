package stream

import (
	"cmp"
	"slices"
	"sync"
)

// Bounds of a page's size; between them it is a 64th of the store's limit.
const (
	minPage = 64 << 10
	maxPage = 1 << 20
)

// A Store keeps the newest records within a bound in bytes. Whole pages of the
// oldest go first, and are counted. One goroutine appends; any may take
// snapshots. Appending takes the lock only where a page begins, and once a
// frame to publish what came.
type Store struct {
	limit    int
	pageSize int
	changed  chan struct{}

	// The writer's own: its page, and what Flush publishes.
	page  *page
	next  uint64
	open  []uint64  // transactions that have records and no COMMIT yet
	lost  []lostTxn // by their numbers
	fresh []Incident
	shelf *shelf // nil where pages are dropped

	mu        sync.Mutex // guards what follows
	pages     []*page    // oldest first
	published uint64     // records below this number are visible
	bytes     int
	dropped   uint64
	openNow   []uint64
	lostNow   []lostTxn
	incidents Incidents
	held      *Snapshot // by a reader, for long; nil for none
	names
}

// names resolves the numbers of entries. Slices only grow, so a snapshot keeps
// the header.
type names struct {
	shards  []*Shard
	tables  []*Table
	servers []*Server
	newest  []*Table // the newest version of each keyspace and name
}

// lostTxn is an abandoned transaction.
type lostTxn struct {
	txn uint64
	end uint64 // its records have lower sequence numbers
}

// NewStore makes a store that keeps limit bytes, at least two pages, and at
// most one page more.
func NewStore(limit int) *Store {
	return &Store{
		limit: max(limit, 2*minPage), pageSize: min(max(limit/64, minPage), maxPage),
		changed: make(chan struct{}, 1), next: 1, published: 1,
	}
}

// Changed receives after the store has changed; any number of changes between
// two receives are one.
func (s *Store) Changed() <-chan struct{} { return s.changed }

// Append takes one record. Commit and Abandoned only end transactions;
// Begin, Other, VGTID, Heartbeat and Columns are not kept.
func (s *Store) Append(r *Record) error {
	switch r.Kind {
	case Begin, Other, VGTID, Heartbeat, Columns:
		return nil
	case Commit:
		s.close(r.Txn)
		return nil
	case Abandoned:
		s.close(r.Txn)
		s.abandon(r.Txn)
		return nil
	}
	s.keep(r)
	return nil
}

// keep writes a record into the page at hand.
func (s *Store) keep(r *Record) {
	if s.page == nil || !s.page.room(r) {
		s.turn(entrySize + len(r.Payload) + len(r.Query))
	}
	e := entry{
		txn: r.Txn, number: r.GTID.Number, arrived: uint64(r.Arrived),
		time: uint32(r.Time), kind: r.Kind, state: r.State,
	}
	if r.Shard != nil {
		e.shard = r.Shard.ID
		s.openFor(r.Txn)
	}
	if r.Table != nil {
		e.table = r.Table.ID
	}
	if r.GTID.Server != nil {
		e.server = r.GTID.Server.ID
	}
	s.know(r)
	s.page.add(&e, r)
	s.next++
	if r.IsIncident() {
		s.note(r)
	}
}

// turn begins a page that has room for need bytes, and drops the oldest pages
// above the limit.
func (s *Store) turn(need int) {
	if s.page != nil {
		s.page.fill()
	}
	s.page = newPage(s.next, max(s.pageSize, need))
	s.mu.Lock()
	s.publish()
	s.bytes += len(s.page.buf)
	pages, drop := s.pages, s.surplus()
	s.mu.Unlock()
	gone := 0
	for _, p := range pages[:drop] {
		gone += len(p.buf)
	}
	// A copy: snapshots hold the old list, and no list holds a dropped page.
	pages = append(s.shelve(pages, drop), s.page)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bytes -= gone
	s.pages, s.dropped = pages, pages[0].first-1
}

// surplus counts the oldest pages that are above the limit; with a snapshot that
// is held, also those above what it leaves. The lock is held.
func (s *Store) surplus() int {
	held, shared := 0, 0 // bytes of the snapshot held, and of those the store has, too
	if s.held != nil {
		held = s.held.bytes
	}
	isHeld := func(p *page) bool { return s.held != nil && p.first < s.held.end }
	for _, p := range s.pages {
		if isHeld(p) {
			shared += len(p.buf)
		}
	}
	drop, bytes := 0, s.bytes
	for drop < len(s.pages) && (bytes > s.limit || held+bytes-shared > s.limit+s.limit/8) {
		if isHeld(s.pages[drop]) {
			shared -= len(s.pages[drop].buf)
		}
		bytes -= len(s.pages[drop].buf)
		drop++
	}
	return drop
}

// Hold says which snapshot a reader keeps for long, nil for none. Its pages
// count: with them, the store takes at most an eighth more than its limit, and
// drops what came since where that is not enough.
func (s *Store) Hold(snapshot *Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = snapshot
}

// know remembers the names behind a record's numbers.
func (s *Store) know(r *Record) {
	shard := r.Shard != nil && !has(s.shards, r.Shard.ID)
	table := r.Table != nil && !has(s.tables, r.Table.ID)
	server := r.GTID.Server != nil && !has(s.servers, r.GTID.Server.ID)
	if !shard && !table && !server {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if shard {
		s.shards = put(s.shards, r.Shard.ID, r.Shard)
	}
	if table {
		s.tables = put(s.tables, r.Table.ID, r.Table)
		s.newest = newestTables(s.tables)
	}
	if server {
		s.servers = put(s.servers, r.GTID.Server.ID, r.GTID.Server)
	}
}

func has[T any](list []*T, id uint32) bool { return int(id) <= len(list) && list[id-1] != nil }

// put sets list[id-1] on a copy, because snapshots hold the list.
func put[T any](list []*T, id uint32, value *T) []*T {
	longer := make([]*T, max(int(id), len(list)))
	copy(longer, list)
	longer[id-1] = value
	return longer
}

// newestTables picks the newest version of each table.
func newestTables(versions []*Table) (newest []*Table) {
	place := map[[2]string]int{}
	for _, t := range versions {
		if t == nil {
			continue
		}
		name := [2]string{t.Keyspace, t.Name}
		at, known := place[name]
		switch {
		case !known:
			place[name] = len(newest)
			newest = append(newest, t)
		case t.Version > newest[at].Version:
			newest[at] = t
		}
	}
	return newest
}

func (s *Store) openFor(txn uint64) {
	if n := len(s.open); txn == 0 || n > 0 && s.open[n-1] == txn {
		return
	}
	if !slices.Contains(s.open, txn) {
		s.open = append(s.open, txn)
	}
}

func (s *Store) close(txn uint64) {
	if i := slices.Index(s.open, txn); i >= 0 {
		s.open = slices.Delete(s.open, i, i+1)
	}
}

// abandon marks a transaction, and forgets those that no record kept is of.
func (s *Store) abandon(txn uint64) {
	kept := slices.DeleteFunc(slices.Clone(s.lost), func(l lostTxn) bool { return l.end <= s.dropped+1 })
	at, _ := slices.BinarySearchFunc(kept, txn, lostTxn.compare)
	s.lost = slices.Insert(kept, at, lostTxn{txn, s.next})
}

func (l lostTxn) compare(txn uint64) int { return cmp.Compare(l.txn, txn) }

// Flush publishes what was appended and wakes the reader.
func (s *Store) Flush() error {
	s.mu.Lock()
	s.publish()
	s.mu.Unlock()
	s.wake()
	return nil
}

func (s *Store) publish() {
	s.published, s.lostNow = s.next, s.lost
	if len(s.open) > 0 || len(s.openNow) > 0 {
		s.openNow = slices.Clone(s.open)
	}
	if len(s.fresh) > 0 {
		s.incidents.take(s.fresh)
		s.fresh = s.fresh[:0]
	}
}

// wake tells the reader, who may be told already.
func (s *Store) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}
