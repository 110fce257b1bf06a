package shards

import (
	"fmt"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// copyDetails lists the tables of a shard's copy: waiting, copying or done, how
// far and by what that is told.
func (m *drawing) copyDetails(s *stream.ShardState, add func(name, text string)) {
	begun := map[string]bool{}
	for i := range s.Tables {
		table := &s.Tables[i]
		begun[table.Name] = true
		add(draw.Safe([]byte(table.Name)), m.tableText(s, table))
	}
	if s.Phase != stream.Copying {
		return
	}
	for _, name := range m.Copied[s.Shard.Keyspace] {
		if !begun[name] {
			add(draw.Safe([]byte(name)), "waiting")
		}
	}
}

// tableText says how far the copy of a table is.
func (m *drawing) tableText(s *stream.ShardState, table *stream.TableCopy) string {
	if table.Done || s.Phase != stream.Copying {
		text := "done, " + draw.Plural(table.Rows, "row")
		if table.Cycles > 1 {
			text += fmt.Sprintf(", in %d cycles", table.Cycles)
		}
		return text
	}
	text := "copying, " + draw.Plural(table.Rows, "row")
	c := m.Facts.CopyShare(s.Shard, table)
	switch {
	case c.Known && c.ByKey:
		text += fmt.Sprintf(", %.0f%% by key", c.Share*100)
	case c.Known:
		text += fmt.Sprintf(", about %.0f%% by MySQL's estimate of the rows", c.Share*100)
	}
	text += ", " + draw.Rate(s.Rate.PerSecond(m.Now))
	if to := c.TimeLeft(s, m.Now); to > 0 {
		text += ", " + draw.TimeLeft(to) + " left"
	}
	if table.Cycles > 1 {
		text += fmt.Sprintf("; taken up again, cycle %d", table.Cycles)
	}
	return text
}
