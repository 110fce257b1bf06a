package draw

import (
	"time"

	"vtscope/stream"
)

// Trouble says by how much a shard is behind or ahead, since when, and what is
// known of why: "" where it is neither. It is safe for the terminal.
func Trouble(s *stream.ShardState, now time.Time) string {
	standing := &s.Standing
	switch trouble, _ := s.Trouble(now); trouble {
	case stream.IsStalled:
		return "stalled, " + Plural(standing.Behind, "transaction") + " behind" + Since(s, now) + silence(s, now)
	case stream.IsAhead:
		return "ahead of the shard by " + Plural(standing.Ahead, "transaction") + ", " + Safe([]byte(standing.Extra.String())) +
			": the position is another shard's, or a failover has lost them; nothing comes until the shard has passed it"
	case stream.IsBehind:
		return Plural(standing.Behind, "transaction") + " behind" + Since(s, now) + ", at " + Rate(s.Rate.PerSecond(now))
	}
	return ""
}

// Since is for how long a shard has been behind, "" where that is not told.
func Since(s *stream.ShardState, now time.Time) string {
	if s.Standing.Since.IsZero() {
		return ""
	}
	return " for " + Age(now.Sub(s.Standing.Since))
}

// silence says for how long nothing has come from a stalled shard, and why.
func silence(s *stream.ShardState, now time.Time) string {
	text := " and silent from the start"
	if !s.LastEvent.IsZero() {
		text = " and silent for " + Age(now.Sub(s.LastEvent))
	}
	if s.Standing.Why == "" {
		return text
	}
	return text + ": " + Safe([]byte(s.Standing.Why))
}

// ShardLag is a shard's lag: in milliseconds by a heartbeat, else to the second.
func ShardLag(s *stream.ShardState, now time.Time) string {
	lag, byHeartbeat, _ := s.LagAt(now)
	if byHeartbeat && lag < 10*time.Second {
		return Count(int(max(lag, 0).Round(time.Millisecond).Milliseconds())) + "ms"
	}
	return Lag(lag)
}
