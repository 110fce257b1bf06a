package stream

import (
	"slices"
	"sync"
	"time"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// A Progress keeps the state of every shard and of the stream, and the
// position from which it can be opened again. The stream's goroutine writes it,
// a record at a time; any may read.
type Progress struct {
	mu      sync.Mutex
	from    Position         // where to open until every live shard has a position
	shards  []*shardProgress // by the shard's ID-1, nil where not yet seen
	live    []*Shard
	copying int // shards in Phase Copying
	tables  tableStates
	txns    txnStates
	summary Summary
	pacer   pacer
	marks   []Mark      // in their order
	told    func(*Fact) // of what is learnt beside the stream, nil for nobody
}

// shardProgress is a shard's state with the positions behind it.
type shardProgress struct {
	ShardState
	pending   []byte              // encoded ShardGtid of the VGTID whose COMMIT is to come
	committed []byte              // of the one whose COMMIT has come, nil before
	resume    []byte              // in the copy, the last committed that says how far it is
	at        []lastPK            // the tables that resume names, as slices of it
	finished  []lastPK            // the tables copied before those
	moved     bool                // GTID is older than committed
	last      int64               // when the last event arrived, in Unix nanoseconds
	open      uint64              // rows of the transaction whose COMMIT is to come
	openIn    []openRows          // the same by table
	txn       openTxn             // what else is known of it
	journal   *binlogdata.Journal // of the reshard that waits for other shards, nil without
}

// NewProgress makes the progress of a stream that starts at from.
func NewProgress(from Position) *Progress {
	p := &Progress{from: from}
	p.pacer.clock.reset()
	return p
}

// count takes note of a frame.
func (p *Progress) count(f Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.summary.Frames++
	p.summary.Bytes += uint64(len(f.Bytes))
	p.summary.LastFrame = f.Arrived
}

// observe takes one record. The lock is held for it alone: a sink that takes the
// records between may be slow.
func (p *Progress) observe(r *Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch r.Kind {
	case Problem:
		p.summary.Problems++
	case CopyCompleted:
		p.copyCompleted(r)
		return
	}
	if r.Shards != nil {
		p.reshape(r)
	}
	if r.Shard == nil {
		return
	}
	s := p.shard(r.Shard)
	s.last = r.Arrived
	if s.LastRow == 0 {
		s.LastRow = r.Arrived
	}
	switch r.Kind {
	case Copy, Insert, Update, Delete:
		p.row(s, r)
	case Columns:
		p.tables.columns(r)
		if r.Time == 0 && !r.Table.Internal {
			p.beginTable(s, r.Table.Name)
			s.Tables[len(s.Tables)-1].Cycles++
		}
	case VGTID:
		s.pending = append(s.pending[:0], r.Own...)
	case Heartbeat:
		s.heartbeat(r)
	case Journal:
		p.journal(s, r)
	case Commit:
		p.commit(s, r)
	case DDL, Other:
		if r.Kind == DDL {
			p.tables.ddl(r)
		}
		if r.Txn == 0 { // CREATE TABLE ... SELECT has one GTID with its rows, which are still to come
			p.commit(s, r)
		}
	case Abandoned:
		p.abandon(s)
	}
}

// abandon takes back what an open transaction has counted: its rows come again.
func (p *Progress) abandon(s *shardProgress) {
	s.Rows -= s.open
	p.summary.Rows -= s.open
	if n := len(s.Tables); s.Phase == Copying && n > 0 {
		s.Tables[n-1].Rows -= min(s.open, s.Tables[n-1].Rows)
	}
	p.tables.abandon(s.openIn)
	s.open, s.openIn, s.pending = 0, s.openIn[:0], s.pending[:0]
}

func (p *Progress) shard(shard *Shard) *shardProgress {
	for int(shard.ID) > len(p.shards) {
		p.shards = append(p.shards, nil)
	}
	s := p.shards[shard.ID-1]
	if s == nil {
		s = &shardProgress{ShardState: ShardState{Shard: shard}}
		p.shards[shard.ID-1] = s
	}
	return s
}

func (p *Progress) row(s *shardProgress, r *Record) {
	second := r.Arrived / int64(time.Second)
	s.Rows++
	s.txn.row(r, s.open == 0)
	s.open++
	s.openIn = p.tables.row(r, second, s.openIn)
	s.LastRow = r.Arrived
	s.Rate.add(second, 1)
	p.summary.Rows++
	p.summary.Rate.add(second, 1)
	if r.Kind == Copy {
		p.beginTable(s, r.Table.Name)
		s.Tables[len(s.Tables)-1].Rows++
	}
}

// setPhase keeps the count of copying shards right.
func (p *Progress) setPhase(s *shardProgress, phase Phase) {
	if s.Phase == Copying {
		p.copying--
	}
	if phase == Copying {
		p.copying++
	}
	s.Phase = phase
}

// beginTable notes that the copy is at a table. The one it is at may begin
// again, because the copy of a large table is cut into cycles; one that was
// done begins from its first row, because a stream opened again in mid-copy
// copies every table up to the one it resumes.
func (p *Progress) beginTable(s *shardProgress, name string) {
	if s.Phase != Copying {
		p.setPhase(s, Copying)
		s.setResume(s.committed)
	}
	n := len(s.Tables)
	if n > 0 && s.Tables[n-1].Name == name && !s.Tables[n-1].Done {
		return
	}
	table := TableCopy{Name: name}
	i := slices.IndexFunc(s.Tables, func(t TableCopy) bool { return t.Name == name })
	if i < 0 {
		s.endTables()
	} else {
		if !s.Tables[i].Done {
			table = s.Tables[i]
		}
		s.Tables = slices.Delete(s.Tables, i, i+1)
	}
	s.Tables = append(s.Tables, table)
}

func (s *shardProgress) endTables() {
	for i := range s.Tables {
		s.Tables[i].Done = true
	}
}

// reshape takes over the shards of a VGTID that names others than before. Until
// all of them have a position, the stream opens again where the old ones stood:
// what the VGTID says of its own shard is not committed yet.
func (p *Progress) reshape(r *Record) {
	var vgtid binlogdata.VGtid
	if vgtid.UnmarshalVT(r.Payload) != nil {
		return
	}
	before := p.position()
	stood, stands := before.index(), Position{Shards: vgtid.ShardGtids}.index()
	live := make(map[*Shard]bool, len(r.Shards))
	for _, shard := range r.Shards {
		live[shard] = true
	}
	for _, shard := range p.live {
		if !live[shard] {
			p.setPhase(p.shard(shard), Closed)
		}
	}
	for _, shard := range r.Shards {
		s := p.shard(shard)
		if s.Phase == Closed {
			p.setPhase(s, Waiting)
			s.committed = nil
		}
		if s.committed != nil {
			continue
		}
		if shard == r.Shard {
			p.start(s, stood.of(shard))
		} else {
			p.start(s, stands.of(shard))
		}
	}
	p.from, p.live = before, r.Shards
}

// A positionIndex finds the parts of a position by their shards.
type positionIndex struct {
	shards []*binlogdata.ShardGtid
	exact  map[string]int // by keyspace and shard, joined by a zero
	whole  []int          // those that are of all shards of a keyspace, or of all keyspaces
}

func (p Position) index() *positionIndex {
	x := &positionIndex{shards: p.Shards, exact: make(map[string]int, len(p.Shards))}
	for i, at := range p.Shards {
		if at.Shard == "" {
			x.whole = append(x.whole, i)
		}
		name := at.Keyspace + "\x00" + at.Shard
		if _, twice := x.exact[name]; !twice {
			x.exact[name] = i
		}
	}
	return x
}

// of gives the position of one shard, also where it is one for all shards of a
// keyspace or of all keyspaces; nil where there is none.
func (x *positionIndex) of(shard *Shard) *binlogdata.ShardGtid {
	found, ok := x.exact[shard.Keyspace+"\x00"+shard.Name]
	for _, i := range x.whole {
		if (!ok || i < found) && (x.shards[i].Keyspace == shard.Keyspace || len(x.shards) == 1) {
			found, ok = i, true
			break
		}
	}
	if !ok {
		return nil
	}
	at := x.shards[found]
	return &binlogdata.ShardGtid{Keyspace: shard.Keyspace, Shard: shard.Name, Gtid: at.Gtid, TablePKs: at.TablePKs}
}

// start takes the position that a shard begins at, nil where it is not known.
func (p *Progress) start(s *shardProgress, at *binlogdata.ShardGtid) {
	encoded, err := at.MarshalVT()
	if err != nil || at == nil {
		return
	}
	s.committed, s.moved = encoded, true
	s.setResume(encoded)
	if at.Gtid == "" || len(at.TablePKs) > 0 {
		p.setPhase(s, Copying)
	}
}

// commit makes the pending position the shard's own.
func (p *Progress) commit(s *shardProgress, r *Record) {
	if r.Time != 0 && r.Current != 0 {
		s.Lag, s.LagKnown = time.Duration(r.Current-r.Time*int64(time.Second)), true
	}
	if r.Kind == Commit && r.Time != 0 {
		s.Transactions++
		p.summary.Transactions++
		if s.open > 0 {
			p.txns.commit(s, r)
		}
	}
	if s.Phase == Waiting {
		p.setPhase(s, Live)
	}
	s.open, s.openIn = 0, s.openIn[:0]
	if s.journal != nil {
		s.pending = s.pending[:0]
		p.reshard(s.journal)
		return
	}
	if len(s.pending) == 0 {
		return
	}
	s.committed, s.pending, s.moved = s.pending, s.committed[:0], true
	switch {
	case s.Phase != Copying:
	case hasTablePKs(s.committed):
		s.advance(s.committed)
	case len(s.Tables) > 0:
		s.Tables[len(s.Tables)-1].Done = true
	}
}

// hasTablePKs reports whether an encoded ShardGtid says how far a copy is. In
// the copy, only such a position is a checkpoint: from one without, VTGate
// would replicate and never copy what is left.
func hasTablePKs(b []byte) bool {
	for i := 0; i < len(b); {
		tag, _, next := field(b, i)
		if next < 0 {
			return false
		}
		if tag == tagTablePKs {
			return true
		}
		i = next
	}
	return false
}

func (p *Progress) copyCompleted(r *Record) {
	if r.Shard == nil {
		p.summary.CopyDone = true
		return
	}
	s := p.shard(r.Shard)
	s.last = r.Arrived
	p.setPhase(s, Live)
	s.endTables()
	if len(p.live) > 0 && p.copying == 0 {
		p.summary.CopyDone = true // a stream opened again may never say so
	}
}

// reopen forgets what the broken stream had begun: its COMMIT will not come.
func (p *Progress) reopen() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.shards {
		if s != nil {
			s.pending, s.journal = s.pending[:0], nil
		}
	}
}

// setState notes a new state of the stream, with the failure behind it.
func (p *Progress) setState(state State, failure string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if state == Retrying {
		p.summary.Retries++
	}
	p.summary.State, p.summary.Failure, p.summary.Since = state, failure, now
}
