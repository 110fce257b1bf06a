package ui

import (
	"slices"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// A part is a piece of the header. Where the screen is narrow, the parts with
// the highest rank are left out first; those of rank 0 never.
type part struct {
	rank  int
	style draw.Style
	text  string
}

// header is the first line: what is streamed from where, the state, the rate,
// the lag, what is kept, the time.
func (m *Model) header() string {
	parts := m.headerParts()
	clock := m.Now.UTC().Format(draw.SecondForm) + " " + draw.Zone
	room := m.width - 2
	for rank := 9; rank > 0 && partsWidth(parts)+len(clock) > room; rank-- {
		parts = slices.DeleteFunc(parts, func(p part) bool { return p.rank == rank })
	}
	l := draw.NewLine(m.width)
	l.Put("", " ")
	for _, p := range parts {
		l.Put(p.style, p.text)
	}
	return l.Right(m.Theme.Dim, clock+" ", m.width).String()
}

func partsWidth(parts []part) (width int) {
	for _, p := range parts {
		width += draw.TextWidth(p.text)
	}
	return width
}

func (m *Model) headerParts() []part {
	t := m.Theme
	word, state := m.State()
	parts := []part{
		{2, t.Title, draw.Safe([]byte(m.Target))},
		{8, t.Dim, "  " + draw.Safe([]byte(m.Address))},
	}
	if m.Facts.Version != "" {
		parts = append(parts, part{9, t.Dim, " v" + draw.Safe([]byte(m.Facts.Version))})
	}
	parts = append(parts, part{2, "", "   "}, part{0, state, "● " + word})
	if m.Paused {
		parts = append(parts, part{0, t.Warn, "  PAUSED +" + draw.Count(m.Latest.End()-m.Shown.End())})
	}
	if m.Summary.Problems > 0 {
		parts = append(parts, part{0, t.Bad, "  " + draw.Plural(m.Summary.Problems, "problem")})
	}
	parts = append(parts, part{3, "", "   " + draw.PerSecond(m.Summary.Rate.PerSecond(m.Now))}, part{7, t.Dim, " changes/s"})
	if worst, text, known := m.worstLag(); known {
		parts = append(parts, part{4, t.Dim, "   lag "}, part{4, m.LagStyle(worst), text})
	}
	if behind := m.allBehind(); behind > 0 {
		parts = append(parts, part{4, t.Dim, "   behind "}, part{4, t.Warn, draw.Count(behind)})
	}
	parts = append(parts, part{6, "", "   " + draw.Count(m.Latest.Len())}, part{6, t.Dim, " kept"})
	if dropped := m.Latest.Dropped(); dropped > 0 {
		parts = append(parts, part{5, "", "  " + draw.Count(dropped)}, part{5, t.Dim, " dropped"})
	}
	return parts
}

// worstLag is the largest lag of a live shard, also in words, not known while no
// stream is open.
func (m *Model) worstLag() (worst time.Duration, text string, known bool) {
	if m.Summary.State != stream.Streaming {
		return 0, "", false
	}
	for i := range m.Shards {
		s := &m.Shards[i]
		d, _, told := s.LagAt(m.Now)
		if told && s.Phase == stream.Live && !s.IsQuiet(m.Now) && (!known || d > worst) {
			worst, text, known = d, draw.ShardLag(s, m.Now), true
		}
	}
	return worst, text, known
}

// allBehind is how many transactions the shards are behind that have been for
// longer than a poll.
func (m *Model) allBehind() (n uint64) {
	for i := range m.Shards {
		if s := &m.Shards[i]; s.IsBehind(m.Now) && s.Phase == stream.Live {
			n += s.Standing.Behind
		}
	}
	return n
}
