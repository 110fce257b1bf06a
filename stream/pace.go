package stream

import "time"

// A Pace says whether the stream as a whole is late, and then what holds it up.
// While it is late, a silent shard has not stalled: its changes wait for their
// turn.
type Pace uint8

// The paces. OwnLate: vtscope has hardly waited for frames, so that they wait
// for vtscope, or for what reads its output. OtherLate: vtscope has waited, and
// most of the shards that still bring changes are behind, too.
const (
	InTime Pace = iota
	OwnLate
	OtherLate
)

// String says what holds the stream up, "" where nothing does.
func (p Pace) String() string {
	switch p {
	case OwnLate:
		return "vtscope, or what reads its output, does not keep up with the stream"
	case OtherLate:
		return "VTGate, the network or this machine does not keep up with the stream"
	}
	return ""
}

// OwnLate is a share of the time that the reader has worked. OtherLate needs so
// many shards that bring changes: each has its turn, and only many turns make a
// wait as long as StallAfter.
const (
	busyShare  = 0.9
	crowd      = 10
	leastSpell = time.Second
)

// A pacer measures the pace, from one comparison with the shards to the next.
type pacer struct {
	began  time.Time     // when the measurement began
	worked time.Duration // outside of Recv since then
	since  time.Time     // since when the reader works on a frame, zero in Recv
	last   Pace          // what the measurement before has found
}

// works notes that the reader has been given a frame.
func (p *Progress) works(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pacer.since = now
}

// waits notes that the reader waits for a frame.
func (p *Progress) waits(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pacer.rest(now)
	p.pacer.since = time.Time{}
}

// rest adds up what the reader has worked until now.
func (p *pacer) rest(now time.Time) {
	if !p.since.IsZero() {
		p.worked += max(now.Sub(p.since), 0)
		p.since = now
	}
}

// measure ends a measurement and begins the next. A stream that was late in the
// one before is still late: what a shard has kept silent goes back that far.
func (p *Progress) measure(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := &p.pacer
	spell := now.Sub(m.began)
	if spell < leastSpell {
		return // of another keyspace in the same round
	}
	m.rest(now)
	pace := InTime
	switch {
	case m.began.IsZero():
	case m.worked >= time.Duration(busyShare*float64(spell)):
		pace = OwnLate
	case p.crowdLate(now):
		pace = OtherLate
	}
	p.summary.Pace = pace
	if pace == InTime {
		p.summary.Pace = m.last
	}
	m.began, m.worked, m.last = now, 0, pace
}

// crowdLate reports whether most of the shards that have brought something
// lately still lack what they were found to lack at an earlier comparison.
func (p *Progress) crowdLate(now time.Time) bool {
	bring, late := 0, 0
	for _, s := range p.shards {
		if s == nil || s.Phase != Live || now.Sub(time.Unix(0, s.last)) >= StallAfter {
			continue
		}
		bring++
		if s.Standing.Behind > 0 && now.Sub(s.Standing.Since) >= CompareInterval {
			late++
		}
	}
	return bring >= crowd && late > bring/2
}
