package stream

import (
	"slices"
	"sync"
	"time"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// A Progress keeps the state of every shard and of the stream, and the
// position from which it can be opened again. The stream's goroutine writes it
// a frame at a time; any may read.
type Progress struct {
	mu      sync.Mutex
	from    Position
	shards  []*shardProgress // by the shard's ID-1, nil where not yet seen
	live    []*Shard
	summary Summary
}

// shardProgress is a shard's state with the positions behind it.
type shardProgress struct {
	ShardState
	pending   []byte // encoded ShardGtid of the VGTID whose COMMIT is to come
	committed []byte // of the one whose COMMIT has come
	resume    []byte // in the copy, the last committed that says how far it is
	moved     bool   // GTID is older than committed
	last      int64  // when the last event arrived, in Unix nanoseconds
}

// NewProgress makes the progress of a stream that starts at from.
func NewProgress(from Position) *Progress {
	return &Progress{from: from}
}

// begin and end bracket the records of one frame.
func (p *Progress) begin(f Frame) {
	p.mu.Lock()
	p.summary.Frames++
	p.summary.Bytes += uint64(len(f.Bytes))
	p.summary.LastFrame = f.Arrived
}

func (p *Progress) end() { p.mu.Unlock() }

// observe takes one record. The lock is held.
func (p *Progress) observe(r *Record) {
	switch r.Kind {
	case Problem:
		p.summary.Problems++
	case CopyCompleted:
		p.copyCompleted(r)
		return
	}
	if r.Shard == nil {
		return
	}
	s := p.shard(r.Shard)
	s.last = r.Arrived
	switch r.Kind {
	case Copy, Insert, Update, Delete:
		p.row(s, r)
	case Columns:
		if r.Time == 0 {
			s.beginTable(r.Table.Name)
		}
	case VGTID:
		p.vgtid(s, r)
	case Commit, DDL, Other:
		p.commit(s, r)
	case Abandoned:
		s.pending = s.pending[:0]
	}
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
	s.Rate.add(second, 1)
	p.summary.Rows++
	p.summary.Rate.add(second, 1)
	if r.Kind == Copy {
		s.beginTable(r.Table.Name)
		s.Tables[len(s.Tables)-1].Rows++
	}
}

// beginTable notes that the copy is at a table. A table that begins again is
// the same one: the copy of large tables is cut into cycles.
func (s *shardProgress) beginTable(name string) {
	s.Phase = Copying
	if n := len(s.Tables); n > 0 && s.Tables[n-1].Name == name {
		return
	}
	for i := range s.Tables {
		s.Tables[i].Done = true
	}
	s.Tables = append(s.Tables, TableCopy{Name: name})
}

func (p *Progress) vgtid(s *shardProgress, r *Record) {
	s.pending = append(s.pending[:0], r.Own...)
	if r.Shards == nil {
		return
	}
	var vgtid binlogdata.VGtid
	if vgtid.UnmarshalVT(r.Payload) != nil {
		return
	}
	for i, shard := range r.Shards {
		if other := p.shard(shard); other.committed == nil && i < len(vgtid.ShardGtids) {
			other.start(vgtid.ShardGtids[i])
		}
	}
	for _, shard := range p.live {
		if !slices.Contains(r.Shards, shard) {
			p.shard(shard).Phase = Closed
		}
	}
	p.live = r.Shards
}

// start takes the position that a shard begins at.
func (s *shardProgress) start(at *binlogdata.ShardGtid) {
	encoded, err := at.MarshalVT()
	if err != nil {
		return
	}
	s.committed, s.resume, s.moved = encoded, slices.Clone(encoded), true
	if at.Gtid == "" || len(at.TablePKs) > 0 {
		s.Phase = Copying
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
	}
	if s.Phase == Waiting {
		s.Phase = Live
	}
	if len(s.pending) == 0 {
		return
	}
	s.committed, s.pending, s.moved = s.pending, s.committed[:0], true
	if s.Phase == Copying && hasTablePKs(s.committed) {
		s.resume = append(s.resume[:0], s.committed...)
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
		if tag == 4<<3|wireBytes {
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
	s.Phase = Live
	for i := range s.Tables {
		s.Tables[i].Done = true
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
