package shards

import (
	"vtscope/stream"
	"vtscope/ui/draw"
)

// phaseText is a shard's phase in words, with the table that a copy is at.
func (m *drawing) phaseText(s *stream.ShardState) (string, draw.Style) {
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
	case s.IsCaughtUp(m.Now):
		return "caught up", m.Theme.Good
	}
	return "streaming", m.Theme.Good
}

// behindText is how many transactions a shard has executed that the stream has
// not brought, and since when, as far as there is room; "" where that says
// nothing: in a copy, and of a closed shard.
func (m *drawing) behindText(s *stream.ShardState, room int) (string, draw.Style) {
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
		look, since = m.Theme.Bad, draw.Since(s, m.Now)
	case s.IsBehind(m.Now):
		look, since = m.Theme.Warn, draw.Since(s, m.Now)
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

// phase is a shard's phase in words, with the table that a copy is at.
func (m *drawing) phase(s *stream.ShardState) (string, draw.Style) {
	text, look := m.phaseText(s)
	if m.Summary.State != stream.Streaming && s.Phase != stream.Closed {
		text, look = "was "+text, m.Theme.Dim // when the stream broke
	}
	return text, look
}
