package ui

import (
	"slices"
	"strconv"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A part is a piece of the header. Where the screen is narrow, the parts with
// the highest rank are left out first; those of rank 0 never.
type part struct {
	rank  int
	style draw.Style
	text  string
}

// headerCut is from which rank on parts are left out of a header so wide.
type headerCut struct{ width, rank int }

// headerSlack is how much room there has to be for parts that were left out to come back: a
// number that grows or shrinks by a digit is no reason.
const headerSlack = 6

// header is the first line: what is streamed from where, the state, the rate,
// the lag, what is kept, the time. What was left out of the one before stays so.
func header(c *pane.Context, width int, last *headerCut) string {
	parts := headerParts(c)
	clock := c.Now.UTC().Format(draw.SecondForm) + " " + draw.Zone
	rank := cutOf(parts, width-2-len(clock))
	if last.width == width && rank > last.rank {
		rank = max(cutOf(parts, width-2-len(clock)-headerSlack), last.rank)
	}
	*last = headerCut{width, rank}
	parts = without(parts, rank)
	l := draw.NewLine(width)
	l.Put("", " ")
	for _, p := range parts {
		l.Put(p.style, p.text)
	}
	return l.Right(c.Theme.Dim, clock+" ", width).String()
}

// cutOf is the highest rank from which on parts have to be left out for a width.
func cutOf(parts []part, width int) int {
	rank := lowestPart + 1
	for rank > 1 && partsWidth(without(parts, rank)) > width {
		rank--
	}
	return rank
}

// lowestPart is the rank of the parts that are left out first.
const lowestPart = 9

// without are the parts below a rank.
func without(parts []part, rank int) []part {
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.rank >= rank })
}

func partsWidth(parts []part) (width int) {
	for _, p := range parts {
		width += draw.TextWidth(p.text)
	}
	return width
}

func headerParts(c *pane.Context) []part {
	t := c.Theme
	word, state := c.State()
	parts := []part{
		{2, t.Title, draw.Safe([]byte(c.Target))},
		{8, t.Dim, "  " + draw.Safe([]byte(c.Address))},
	}
	if c.Facts.Version != "" {
		parts = append(parts, part{9, t.Dim, " v" + draw.Safe([]byte(c.Facts.Version))})
	}
	parts = append(parts, part{2, "", "   "}, part{0, state, "● " + word})
	if c.Replay.On {
		parts = append(parts, part{1, "", " " + c.Replay.Speed})
		if c.Replay.Share >= 0 && c.Summary.State != stream.Ended {
			parts = append(parts, part{5, t.Dim, "  " + strconv.Itoa(c.Replay.Share) + "%"})
		}
	}
	if c.Replay.Paused {
		parts = append(parts, part{0, t.Warn, "  PAUSED"})
	}
	if c.Recording != "" {
		parts = append(parts, part{1, t.Bad, "  ● REC"}, part{6, t.Dim, " " + c.Recording})
	}
	if c.Unrecorded != "" {
		parts = append(parts, part{0, t.Bad, "  not recorded: " + c.Unrecorded})
	}
	if c.Paused {
		parts = append(parts, part{0, t.Warn, "  PAUSED +" + draw.Count(c.Latest.End()-c.Shown.End())})
	}
	if c.Summary.Problems > 0 {
		parts = append(parts, part{0, t.Bad, "  " + draw.Plural(c.Summary.Problems, "problem")})
	}
	parts = append(parts, part{3, "", "   " + draw.PerSecond(c.Summary.Rate.PerSecond(c.Now))}, part{7, t.Dim, " changes/s"})
	if worst, text, known := worstLag(c); known {
		parts = append(parts, part{4, t.Dim, "   lag "}, part{4, c.LagStyle(worst), text})
	}
	if behind := allBehind(c); behind > 0 {
		parts = append(parts, part{4, t.Dim, "   behind "}, part{4, t.Warn, draw.Count(behind)})
	}
	parts = append(parts, part{6, "", "   " + draw.Count(c.Latest.Len())}, part{6, t.Dim, " kept"})
	if dropped := c.Latest.Dropped(); dropped > 0 {
		parts = append(parts, part{5, "", "  " + draw.Count(dropped)}, part{5, t.Dim, " dropped"})
	}
	return parts
}

// worstLag is the largest lag of a live shard, also in words, not known while no
// stream is open.
func worstLag(c *pane.Context) (worst time.Duration, text string, known bool) {
	if c.Summary.State != stream.Streaming {
		return 0, "", false
	}
	for i := range c.Shards {
		s := &c.Shards[i]
		d, _, told := s.LagAt(c.Now)
		if told && s.Phase == stream.Live && !s.IsQuiet(c.Now) && (!known || d > worst) {
			worst, text, known = d, draw.ShardLag(s, c.Now), true
		}
	}
	return worst, text, known
}

// allBehind is how many transactions the shards are behind that have been for
// longer than a poll.
func allBehind(c *pane.Context) (n uint64) {
	for i := range c.Shards {
		if s := &c.Shards[i]; s.IsBehind(c.Now) && s.Phase == stream.Live {
			n += s.Standing.Behind
		}
	}
	return n
}
