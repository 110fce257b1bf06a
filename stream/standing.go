package stream

import "time"

// CompareInterval is how often shards are asked what they have executed.
const CompareInterval = 5 * time.Second

// StallAfter is how long a shard that is behind may be silent before it counts
// as stalled. VTGate finds another tablet within about 30 s.
const StallAfter = 10 * time.Second

// A Standing compares a shard's stream with what the shard itself has executed.
type Standing struct {
	// Executed is what the shard's primary had executed, a GTID set without
	// flavor; "" where that is not known.
	Executed string
	// At is when the primary was asked last, zero before.
	At time.Time
	// Unknown says why the comparison could not be made, "" where it could.
	Unknown string
	// Missing are the transactions that the shard had executed by then and the
	// stream has not brought yet; Behind is their number. Since is when the
	// shard was first found behind, zero while it is not.
	Missing GTIDSet
	Behind  uint64
	Since   time.Time
	// Extra are the transactions of the stream's position that the shard had not
	// executed when it was asked: the position is of another shard, or a failover
	// has lost them. Ahead is their number.
	Extra GTIDSet
	Ahead uint64
	// Stalled says that the shard is behind and silent while the stream keeps up
	// (Summary.Pace), Why what is known of the reason.
	Stalled bool
	Why     string
}

// Known reports whether the comparison has been made.
func (s *Standing) Known() bool { return !s.At.IsZero() && s.Unknown == "" }

// An Executed is the answer of a shard's primary to what it has executed.
type Executed struct {
	Keyspace, Shard string
	// GTID is the set as MySQL prints it.
	GTID string
	// Before is the shard's position in the stream when the question was asked:
	// what came after it says nothing of what the shard lacks.
	Before string
	// At is when the answer came.
	At time.Time
	// Unknown says why there is no answer, "" where there is one.
	Unknown string
}

// Compare takes what shards have executed. Shards that the stream has not told
// of are left out.
func (p *Progress) Compare(answers []Executed) {
	if len(answers) == 0 {
		return
	}
	p.measure(answers[0].At)
	p.tell(&Fact{Executed: answers, Pace: p.Summary().Pace})
	p.compareAll(answers)
}

func (p *Progress) compareAll(answers []Executed) {
	for i := range answers {
		p.compare(&answers[i])
	}
}

func (p *Progress) compare(e *Executed) {
	s, streamed := p.named(e.Keyspace, e.Shard)
	if s == nil {
		return
	}
	next := Standing{Executed: withoutSpace(e.GTID), At: e.At, Unknown: e.Unknown}
	if next.Unknown == "" {
		next.compare(streamed, e.Before)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	before := &s.Standing
	if next.Behind > 0 {
		next.Since = before.Since
		if next.Since.IsZero() {
			next.Since = e.At
		}
		silent := e.At.Sub(time.Unix(0, s.last)) >= StallAfter
		inTime := p.summary.Pace == InTime || before.Stalled
		next.Stalled = silent && inTime && e.At.Sub(next.Since) >= StallAfter
	}
	if next.Stalled {
		next.Why = before.Why
	}
	s.Standing = next
}

// compare fills in the differences; the sets are parsed without the lock.
func (s *Standing) compare(streamed, before string) {
	executed, err := ParseGTIDSet(s.Executed)
	if err != nil {
		s.Unknown = "what the shard has executed: " + err.Error()
		return
	}
	now, err := ParseGTIDSet(streamed)
	if err != nil {
		s.Unknown = err.Error()
		return
	}
	s.Missing = executed.Minus(now)
	s.Behind = s.Missing.Count()
	if then, err := ParseGTIDSet(before); err == nil {
		s.Extra = then.Minus(executed)
		s.Ahead = s.Extra.Count()
	}
}

// Explain says why a shard is stalled, as far as that is known.
func (p *Progress) Explain(keyspace, shard, why string) {
	s, _ := p.named(keyspace, shard)
	if s == nil {
		return
	}
	p.tell(&Fact{Keyspace: keyspace, Shard: shard, Why: why})
	p.mu.Lock()
	defer p.mu.Unlock()
	s.Standing.Why = why
}

// Remark notes what is to be said of a keyspace's shards, "" for nothing.
func (p *Progress) Remark(keyspace, text string) {
	p.tell(&Fact{Keyspace: keyspace, Remark: text})
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.shards {
		if s != nil && s.Shard.Keyspace == keyspace {
			s.ShardState.Remark = text
		}
	}
}

// named finds a shard and its committed GTID set.
func (p *Progress) named(keyspace, shard string) (*shardProgress, string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.shards {
		if s != nil && s.Shard.Keyspace == keyspace && s.Shard.Name == shard {
			return s, gtidOf(s.committed)
		}
	}
	return nil, ""
}

// narrow takes what has come since the comparison off what was missing. The
// lock is held.
func (s *Standing) narrow(gtid string) {
	if s.Behind == 0 {
		return
	}
	if streamed, err := ParseGTIDSet(gtid); err == nil {
		s.Missing = s.Missing.Minus(streamed)
		s.Behind = s.Missing.Count()
	}
	if s.Behind == 0 {
		s.Since, s.Stalled, s.Why = time.Time{}, false, ""
	}
}
