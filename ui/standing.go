package ui

import (
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// behindFor is how long a shard has to be behind before that is trouble: two
// polls, since at each some transaction is always on its way.
const behindFor = stream.CompareInterval + time.Second

// heartbeatFresh is how old the heartbeat that the lag shown is told by may be.
const heartbeatFresh = 5 * time.Second

// isBehind reports whether a shard has been behind for longer than a poll.
func (m *Model) isBehind(s *stream.ShardState) bool {
	standing := &s.Standing
	return standing.Behind > 0 && m.now.Sub(standing.Since) >= behindFor
}

// quiet reports whether nothing has come from a shard for a while. That it is
// idle does not make it late.
func (m *Model) quiet(s *stream.ShardState) bool {
	return !s.LastEvent.IsZero() && m.now.Sub(s.LastEvent) >= quietAfter
}

// caughtUp reports whether a shard is quiet, and nothing that it has executed is
// missing.
func (m *Model) caughtUp(s *stream.ShardState) bool {
	return s.Standing.Known() && s.Standing.Behind == 0 && m.quiet(s)
}

// phaseText is a shard's phase in words, with the table that a copy is at.
func (m *Model) phaseText(s *stream.ShardState) (string, draw.Style) {
	standing := &s.Standing
	switch s.Phase {
	case stream.Copying:
		text, look := "copying", m.Theme.Kinds[stream.Copy]
		if standing.Stalled {
			text, look = "stalled at", m.Theme.Bad
		}
		if table := s.Copying(); table != nil {
			text += " " + draw.Safe([]byte(table.Name))
		}
		return text, look
	case stream.Closed:
		return "closed", m.Theme.Dim
	}
	switch {
	case standing.Stalled:
		return "stalled", m.Theme.Bad
	case standing.Ahead > 0:
		return "ahead", m.Theme.Bad
	case s.Phase == stream.Waiting:
		return "waiting", m.Theme.Warn
	case m.caughtUp(s):
		return "caught up", m.Theme.Good
	}
	return "streaming", m.Theme.Good
}

// behindText is how many transactions a shard has executed that the stream has
// not brought, and since when, as far as there is room; "" where that says
// nothing: in a copy, and of a closed shard.
func (m *Model) behindText(s *stream.ShardState, room int) (string, draw.Style) {
	standing := &s.Standing
	switch {
	case s.Phase == stream.Closed || s.Phase == stream.Copying:
		return "", ""
	case standing.Ahead > 0:
		return fitting(room, "ahead by "+draw.Count(standing.Ahead), "ahead "+draw.PerSecond(float64(standing.Ahead))), m.Theme.Bad
	case !standing.Known():
		return "behind ?", m.Theme.Dim
	}
	look, since := m.Theme.Dim, ""
	switch {
	case standing.Stalled:
		look, since = m.Theme.Bad, m.sinceText(s)
	case m.isBehind(s):
		look, since = m.Theme.Warn, m.sinceText(s)
	}
	behind := "behind " + draw.Count(standing.Behind)
	return fitting(room, behind+since, behind, "behind "+draw.PerSecond(float64(standing.Behind))), look
}

// fitting is the first of several ways to say something that has room, else the
// last.
func fitting(room int, texts ...string) string {
	for _, text := range texts {
		if draw.TextWidth(text) <= room {
			return text
		}
	}
	return texts[len(texts)-1]
}

// sinceText is for how long a shard has been behind.
func (m *Model) sinceText(s *stream.ShardState) string {
	return " for " + draw.Age(m.now.Sub(s.Standing.Since))
}

// lagNow is the lag of a shard's last transaction, to the second, or that of
// its last heartbeat, in milliseconds, where there is a fresh one.
func (m *Model) lagNow(s *stream.ShardState) (d time.Duration, text string, known bool) {
	if !s.HeartbeatAt.IsZero() && m.now.Sub(s.HeartbeatAt) < heartbeatFresh {
		if s.HeartbeatLag < 10*time.Second {
			return s.HeartbeatLag, draw.Count(int(max(s.HeartbeatLag, 0).Round(time.Millisecond).Milliseconds())) + "ms", true
		}
		return s.HeartbeatLag, draw.Lag(s.HeartbeatLag), true
	}
	return s.Lag, draw.Lag(s.Lag), s.LagKnown
}

// notice is what is wrong with the most troubled shard and why, "" where there
// is nothing to say.
func (m *Model) notice() (string, draw.Style) {
	worst, most, behind, remark := (*stream.ShardState)(nil), classClosed, 0, ""
	for i := range m.shards {
		s := &m.shards[i]
		class := m.class(s)
		if class > most || class == most && m.badness(s, class) > m.badness(worst, class) {
			worst, most = s, class
		}
		if class == classBehind {
			behind++
		}
		if remark == "" {
			remark = s.Remark
		}
	}
	if most >= classBehind && m.summary.State == stream.Streaming {
		switch pace := m.summary.Pace.String(); {
		case most == classBehind && pace != "":
			return pace + ": " + draw.Count(behind) + " of " + draw.Plural(uint64(len(m.shards)), "shard") + " are behind", m.Theme.Warn
		case most == classBehind:
			return m.troubleText(worst), m.Theme.Warn
		}
		return m.troubleText(worst), m.Theme.Bad
	}
	return draw.Safe([]byte(remark)), m.Theme.Warn
}

// troubleText says which shard is behind or ahead, by how much, since when, and
// what is known of why.
func (m *Model) troubleText(s *stream.ShardState) string {
	name, standing := draw.Safe([]byte(s.Shard.String())), &s.Standing
	switch m.class(s) {
	case classStalled:
		return name + ": stalled, " + draw.Plural(standing.Behind, "transaction") + " behind" + m.sinceText(s) + m.silence(s)
	case classAhead:
		return name + ": " + draw.Plural(standing.Ahead, "transaction") + " ahead of the shard: the position is another shard's, or a failover has lost them"
	case classBehind:
		return name + ": " + draw.Plural(standing.Behind, "transaction") + " behind" + m.sinceText(s) + ", at " + draw.Rate(s.Rate.PerSecond(m.now))
	}
	return ""
}

// silence says for how long nothing has come from a stalled shard, and why.
func (m *Model) silence(s *stream.ShardState) string {
	text := " and silent from the start"
	if !s.LastEvent.IsZero() {
		text = " and silent for " + draw.Age(m.now.Sub(s.LastEvent))
	}
	if s.Standing.Why == "" {
		return text
	}
	return text + ": " + draw.Safe([]byte(s.Standing.Why))
}
