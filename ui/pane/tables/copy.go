package tables

import (
	"fmt"
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A tally is how far the copy of a table is, over the shards.
type tally struct {
	shards, waiting, done int
	rows                  uint64
	share                 float64 // the mean of the shards' shares
	known                 bool    // the share is
}

// copyOf puts together how far the shards are with a table.
func copyOf(c *pane.Context, name tableName) (t tally) {
	t.known = true
	for i := range c.Shards {
		s := &c.Shards[i]
		if s.Shard.Keyspace != name.keyspace {
			continue
		}
		at := slices.IndexFunc(s.Tables, func(t stream.TableCopy) bool { return t.Name == name.table })
		switch {
		case at >= 0:
			t.add(c, s, &s.Tables[at])
		case s.Phase == stream.Copying && slices.Contains(c.Copied[name.keyspace], name.table):
			t.shards, t.waiting = t.shards+1, t.waiting+1
		}
	}
	if t.shards > 0 {
		t.share /= float64(t.shards)
	}
	return t
}

// add takes one shard in.
func (t *tally) add(c *pane.Context, s *stream.ShardState, table *stream.TableCopy) {
	t.shards++
	t.rows += table.Rows
	if table.Done || s.Phase != stream.Copying {
		t.done, t.share = t.done+1, t.share+1
		return
	}
	share := c.Facts.CopyShare(s.Shard, table)
	t.share, t.known = t.share+share.Share, t.known && share.Known
}

// copyText is how far the copy is, in the list.
func copyText(c *pane.Context, e *entry) (string, draw.Style) {
	t := copyOf(c, e.name)
	switch {
	case t.shards == 0:
		return "–", c.Theme.Dim
	case t.done == t.shards:
		return "done", c.Theme.Good
	case t.waiting == t.shards:
		return "waiting", c.Theme.Warn
	case t.known:
		return fmt.Sprintf("%.0f%%", t.share*100), c.Theme.Kinds[stream.Copy]
	}
	return "copying", c.Theme.Kinds[stream.Copy]
}

// copyWords are the same in words, "" where there is no copy.
func copyWords(c *pane.Context, e *entry) string {
	t := copyOf(c, e.name)
	switch {
	case t.shards == 0:
		return ""
	case t.done == t.shards:
		return "done, " + draw.Plural(t.rows, "row")
	case t.waiting == t.shards:
		return "waiting"
	}
	text := "copying, " + draw.Plural(t.rows, "row") + " so far"
	if t.known {
		text += fmt.Sprintf(", about %.0f%%", t.share*100)
	}
	return text + fmt.Sprintf("; done in %d of %s", t.done, draw.Plural(uint64(t.shards), "shard"))
}
