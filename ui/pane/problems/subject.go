package problems

import (
	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A subject is the entry under the cursor, in full.
type subject struct{ *Pane }

// under is the entry under the cursor, nil where there is none.
func (s subject) under() *entry {
	if len(s.entries) == 0 {
		return nil
	}
	return &s.entries[s.at()]
}

// Title says what it is, and of what.
func (s subject) Title(*pane.Context) string {
	e := s.under()
	if e == nil {
		return "no problem"
	}
	title := e.kind
	if e.shard != nil {
		title += "  " + draw.Safe([]byte(e.shard.String()))
	}
	return title
}

// Height is the number of lines.
func (s subject) Height(c *pane.Context, width int) int { return len(s.Lines(c, width, false)) }

// Lines are its whole text, when it was, and with choosing what a filter can be made of.
func (s subject) Lines(c *pane.Context, width int, choosing bool) (lines []pane.Line) {
	e := s.under()
	if e == nil {
		return nil
	}
	for _, part := range draw.Wrap(e.text(), width-4) {
		lines = append(lines, pane.Line{Put: func(l *draw.Line) { l.Put("", "  ").Put("", part) }})
	}
	when := "now"
	if !e.at.IsZero() {
		when = e.at.UTC().Format(draw.DayForm) + " " + draw.Zone + ", " + draw.Age(c.Now.Sub(e.at)) + " ago"
	}
	if e.times > 1 {
		when += ", the last of " + draw.Count(e.times) + " in a row"
	}
	lines = append(lines, pane.Named(c, width, "when", when)...)
	if !choosing || e.shard == nil {
		return lines
	}
	for _, meta := range []string{"_shard", "_keyspace"} {
		if term, known := filter.MetaTerm(meta, &stream.Record{Kind: stream.Insert, Shard: e.shard}); known {
			line := pane.Named(c, width, meta, draw.Safe([]byte(e.shard.String())))[0]
			line.Term, line.Worth = func() (string, string) { return term, "" }, 1
			lines = append(lines, line)
		}
	}
	return lines
}

// Clippings are its text.
func (s subject) Clippings(*pane.Context) []pane.Clipping {
	if e := s.under(); e != nil {
		return []pane.Clipping{pane.Plainly("t", "the text", e.text())}
	}
	return nil
}
