package stream

import (
	"sync/atomic"
	"time"
)

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
	clock  readerClock
	began  time.Time     // when the measurement began
	worked time.Duration // what the clock showed then
	last   Pace          // what the measurement before has found
}

// A readerClock shows how long the reader has worked: it goes while the reader
// works on a frame and stands in Recv. Only the reader starts and stops it.
//
// One word holds it, so that it costs a frame little: how long the reader has
// waited so far while the clock goes, -1 less what it shows while it stands.
type readerClock struct {
	made  time.Time
	state atomic.Int64
}

// reset makes the clock stand at zero.
func (c *readerClock) reset() {
	c.made = time.Now()
	c.state.Store(-1)
}

// start notes that the reader has been given a frame.
func (c *readerClock) start() {
	if state := c.state.Load(); state < 0 {
		c.state.Store(int64(time.Since(c.made)) + state + 1)
	}
}

// stop notes that the reader waits for a frame.
func (c *readerClock) stop() {
	if state := c.state.Load(); state >= 0 {
		c.state.Store(state - int64(time.Since(c.made)) - 1)
	}
}

// at is what the clock shows at a time.
func (c *readerClock) at(now time.Time) time.Duration {
	state := c.state.Load()
	if state < 0 {
		return time.Duration(-1 - state)
	}
	return now.Sub(c.made) - time.Duration(state)
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
	worked := m.clock.at(now)
	pace := InTime
	switch {
	case m.began.IsZero():
	case worked-m.worked >= time.Duration(busyShare*float64(spell)):
		pace = OwnLate
	case p.crowdLate(now):
		pace = OtherLate
	}
	p.summary.Pace = pace
	if pace == InTime {
		p.summary.Pace = m.last
	}
	m.began, m.worked, m.last = now, worked, pace
}

// setPace takes a pace that was measured when the run was recorded.
func (p *Progress) setPace(pace Pace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.summary.Pace = pace
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
