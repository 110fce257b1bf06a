package pane

import (
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/report"
	"vtscope/ui/rows"
)

// A Context is what panes are drawn from, and what their keys are about: the stream
// as it was at the last frame, and what is known beside it. Panes read it; only the
// root changes it.
type Context struct {
	draw.Writer
	Keys *Keys // the key table
	Now  time.Time

	Latest    *stream.Snapshot    // what the store holds
	Shown     *stream.Snapshot    // what is shown: Latest, or what it was at the pause
	Shards    []stream.ShardState // by the shard's ID
	ByTable   []stream.TableState // in the order in which they were first seen
	DDLs      []stream.DDLEvent   // the newest
	DDLsCut   uint64              // how many came before those
	Txns      stream.Txns         // taken while a view shows them
	Incidents stream.Incidents    // the same
	Summary   stream.Summary
	Tables    []*stream.Table // the newest versions seen so far
	Paused    bool

	Sieve         *rows.Sieve // the filter, and which rows of Shown match it
	FilterProblem error       // what no table seen so far has
	Search        Search

	Facts  Facts
	Report Report
	Usage  Usage
	Replay Replay
	// Recording says what is being recorded, "" for nothing; Unrecorded why no longer.
	Recording, Unrecorded string
	About
}

// A Replay is how a recording is replayed, in words.
type Replay struct {
	On     bool // else the stream is live
	Speed  string
	Paused bool
	Share  int // of the recording, in percent; -1 where that is not known
}

// A Report is what the stream has brought since it began, taken while a view shows it.
type Report struct {
	About  *report.About
	Stream *stream.StreamSummary // nil before
}

// Usage is what the program itself takes.
type Usage struct {
	Core   float64 // of one processor core, lately
	Memory uint64  // in bytes, now; 0 before it is known
}

// About is what the user asked for.
type About struct {
	// Target names what is streamed, Address where from.
	Target, Address string
	// Table is the one table that is streamed, "" where it may be several.
	Table string
	// Copied are, by keyspace, the tables that the copy goes through, in its order;
	// nil where there is no copy or they are not known.
	Copied map[string][]string
	// Unasked says that the stream waits for the user to say what it is.
	Unasked bool
}

// A Search is the text that is marked in the log, and the same as it is looked for.
type Search struct {
	Text   string
	Needle []byte
	Tally  *rows.Tally // of the rows that have it, nil before one was found
}

// SeveralKeyspaces reports whether the shards are of more than one, so that their
// names need it.
func (c *Context) SeveralKeyspaces() bool {
	for i := range c.Shards {
		if c.Shards[i].Shard.Keyspace != c.Shards[0].Shard.Keyspace {
			return true
		}
	}
	return false
}

// Trouble is what is worst about a shard now.
func (c *Context) Trouble(s *stream.ShardState) stream.Trouble {
	t, _ := s.Trouble(c.Now)
	return t
}

// TroubleStyle is the colour of a trouble.
func (c *Context) TroubleStyle(t stream.Trouble) draw.Style {
	switch t {
	case stream.IsStalled, stream.IsAhead:
		return c.Theme.Bad
	case stream.IsBehind, stream.IsLagging, stream.IsWaiting:
		return c.Theme.Warn
	case stream.IsCopying:
		return c.Theme.Kinds[stream.Copy]
	case stream.IsStreaming:
		return c.Theme.Good
	}
	return c.Theme.Dim
}

// LagStyle marks what is late.
func (c *Context) LagStyle(d time.Duration) draw.Style {
	switch {
	case d < stream.LateFrom:
		return ""
	case d < 30*time.Second:
		return c.Theme.Warn
	}
	return c.Theme.Bad
}

// State is the stream's state in the header's words.
func (c *Context) State() (string, draw.Style) {
	if c.Unasked {
		return "WAITING", c.Theme.Warn
	}
	if c.Replay.On && c.Summary.State != stream.Ended {
		return "REPLAY", c.Theme.Accent
	}
	switch c.Summary.State {
	case stream.Streaming:
		for i := range c.Shards {
			if c.Shards[i].Phase == stream.Copying {
				return "COPYING", c.Theme.Kinds[stream.Copy]
			}
		}
		return "LIVE", c.Theme.Good
	case stream.Retrying:
		return "RETRYING", c.Theme.Bad
	case stream.Ended:
		if c.Summary.Failure != "" {
			return "ENDED", c.Theme.Bad
		}
		return "ENDED", c.Theme.Warn
	}
	if c.Summary.Retries > 0 {
		return "RETRYING", c.Theme.Warn
	}
	return "CONNECTING", c.Theme.Warn
}

// Known are the names that a filter's meta names can be.
func (c *Context) Known() filter.Known {
	k := filter.Known{SoFar: true}
	for _, s := range c.Latest.Shards() {
		k.Keyspaces, k.Shards = append(k.Keyspaces, s.Keyspace), append(k.Shards, s.Name)
	}
	for _, t := range c.Tables {
		k.Tables = append(k.Tables, t.Name)
	}
	return k
}
