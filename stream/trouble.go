package stream

import "time"

// A Trouble says what is worst about a shard, or what it does where nothing is
// wrong. Every shard has one, so that their counts add up.
type Trouble uint8

// The troubles, from the best to the worst. A Quiet shard is silent, and whether
// anything is missing is not known.
const (
	IsClosed Trouble = iota
	IsCaughtUp
	IsStreaming
	IsQuiet
	IsCopying
	IsWaiting
	IsLagging
	IsBehind
	IsAhead
	IsStalled

	Troubles // the number of them
)

// String gives the trouble in words.
func (t Trouble) String() string {
	return [...]string{"closed", "caught up", "streaming", "quiet", "copying", "waiting", "lagging", "behind", "ahead", "stalled"}[t]
}

// When a shard is in trouble.
const (
	// BehindAfter is how long a shard has to be behind: two comparisons, since at
	// each some transaction is always on its way.
	BehindAfter = CompareInterval + time.Second
	// QuietAfter is how long it has to be silent.
	QuietAfter = 10 * time.Second
	// LateFrom is the lag from which it counts as late: the clock of a binlog has
	// whole seconds, so up to two are none.
	LateFrom = 3 * time.Second
)

// heartbeatFresh is how old the heartbeat may be by which the lag is told.
const heartbeatFresh = 5 * time.Second

// Trouble judges the shard at a time. Amount orders the shards of one trouble: it
// is the transactions behind or ahead, or nanoseconds of lag, and 0 where there is
// no worse and better.
func (s *ShardState) Trouble(now time.Time) (t Trouble, amount uint64) {
	standing := &s.Standing
	switch {
	case s.Phase == Closed:
		return IsClosed, 0
	case standing.Stalled:
		return IsStalled, standing.Behind
	case standing.Ahead > 0:
		return IsAhead, standing.Ahead
	case s.Phase == Copying:
		return IsCopying, 0
	case s.IsBehind(now):
		return IsBehind, standing.Behind
	case s.Phase == Waiting:
		return IsWaiting, 0
	case s.IsCaughtUp(now):
		return IsCaughtUp, 0
	case s.IsQuiet(now) && !standing.Known():
		return IsQuiet, 0
	}
	if lag, _, known := s.LagAt(now); known && lag >= LateFrom && !s.IsQuiet(now) {
		return IsLagging, uint64(lag)
	}
	return IsStreaming, 0
}

// IsBehind reports whether the shard has been behind for longer than a comparison.
func (s *ShardState) IsBehind(now time.Time) bool {
	return s.Standing.Behind > 0 && now.Sub(s.Standing.Since) >= BehindAfter
}

// IsQuiet reports whether nothing has come from the shard for a while. That it is
// idle does not make it late.
func (s *ShardState) IsQuiet(now time.Time) bool {
	return !s.LastEvent.IsZero() && now.Sub(s.LastEvent) >= QuietAfter
}

// IsCaughtUp reports whether the shard is quiet, and nothing that it has executed
// is missing.
func (s *ShardState) IsCaughtUp(now time.Time) bool {
	return s.Standing.Known() && s.Standing.Behind == 0 && s.IsQuiet(now)
}

// LagAt is the lag of the shard's last heartbeat, where there is a fresh one, or
// that of its last transaction, to the second.
func (s *ShardState) LagAt(now time.Time) (lag time.Duration, byHeartbeat, known bool) {
	if !s.HeartbeatAt.IsZero() && now.Sub(s.HeartbeatAt) < heartbeatFresh {
		return s.HeartbeatLag, true, true
	}
	return s.Lag, false, s.LagKnown
}
