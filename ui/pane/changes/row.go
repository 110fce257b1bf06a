package changes

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// rowColumns are the widths of the log's columns before the change.
type rowColumns struct {
	time, shard, event, table, key int
	keyspaces                      bool // shards are named with their keyspace
}

// fitColumns widens the columns to what is on screen. They do not become
// narrower again before the screen is resized, so that rows do not jump.
func (m *drawing) fitColumns() {
	c := &m.columns
	*c = rowColumns{
		time: max(c.time, len(m.timeHead())), event: max(c.event, len("update")), shard: max(c.shard, len("SHARD")),
		table: max(c.table, len("TABLE")), key: max(c.key, len("KEY")), keyspaces: m.SeveralKeyspaces(),
	}
	if m.times >= relativeTime {
		c.time = max(c.time, spanWidth)
	}
	m.fitKnown(c)
	var r stream.Record
	for _, seq := range m.rows {
		if !m.Shown.At(seq, &r) {
			continue
		}
		if m.times < relativeTime {
			c.time = max(c.time, len(m.rowTime(&r)))
		}
		if r.Shard != nil {
			c.shard = max(c.shard, draw.TextWidth(draw.ShardName(r.Shard, c.keyspaces)))
		}
		if r.Table == nil {
			c.event = max(c.event, len(draw.EventName(r.Kind)))
			continue
		}
		c.table = max(c.table, draw.TextWidth(draw.Safe([]byte(r.Table.Name))))
		c.key = max(c.key, draw.TextWidth(m.Key(&r)))
	}
	most := max(m.room.Width/6, 6)
	c.shard, c.table, c.key = min(c.shard, most), min(c.table, most), min(c.key, most)
	if m.room.Width < 70 {
		c.event = min(c.event, len("update"))
	}
	if m.room.Width < 60 {
		c.time = 0
	}
}

// shardsFitted is up to how many shards the columns are fitted to: more are named alike.
const shardsFitted = 64

// fitKnown fits the columns to what is known to come, so that they do not move when it does:
// the tables of the copy and those that rows were of, and the shards.
func (m *drawing) fitKnown(c *rowColumns) {
	for _, t := range m.Tables {
		c.table = max(c.table, draw.TextWidth(draw.Safe([]byte(t.Name))))
	}
	for _, names := range m.Copied {
		for _, name := range names {
			c.table = max(c.table, draw.TextWidth(draw.Safe([]byte(name))))
		}
	}
	if len(m.Shards) > shardsFitted {
		return
	}
	for i := range m.Shards {
		c.shard = max(c.shard, draw.TextWidth(draw.ShardName(m.Shards[i].Shard, c.keyspaces)))
	}
}

// shownColumns are the columns' widths as they are drawn: some may be hidden, or narrower.
func (m *drawing) shownColumns() rowColumns {
	c := m.columns
	for name, width := range map[string]*int{"time": &c.time, "shard": &c.shard, "event": &c.event, "table": &c.table, "key": &c.key} {
		switch own := m.Context.Columns.Column(draw.LogTable, name); {
		case own.Hidden:
			*width = 0
		case own.Width > 0 && *width > 0:
			*width = min(*width, own.Width)
		}
	}
	return c
}

// cell puts text into a column, nothing where that is hidden.
func cell(l *draw.Line, s draw.Style, text string, width int) {
	if width > 0 {
		l.Cell(s, text, width)
	}
}

// logColumns is the line with the columns' names.
func (m *drawing) logColumns() string {
	c := m.shown
	l := draw.NewLine(m.room.Width)
	l.Put("", "  ")
	cell(l, m.Theme.Dim, m.timeHead(), c.time)
	cell(l, m.Theme.Dim, "SHARD", c.shard)
	cell(l, m.Theme.Dim, "EVENT", c.event)
	cell(l, m.Theme.Dim, "TABLE", c.table)
	cell(l, m.Theme.Dim, "KEY", c.key)
	l.Put(m.Theme.Dim, "CHANGE")
	if m.Search.Text != "" {
		m.putSearch(l)
	}
	return l.String()
}

// changeColumn is where the change column begins.
func (m *drawing) changeColumn() int {
	c, at := m.shownColumns(), 2
	for _, width := range []int{c.time, c.shard, c.event, c.table, c.key} {
		if width > 0 {
			at += width + 1
		}
	}
	return at
}

// putSearch says what is searched for, and which of the rows found is under the cursor, as
// far as there is room.
func (m *drawing) putSearch(l *draw.Line) {
	text, count := "search "+draw.Safe([]byte(m.Search.Text)), ""
	if m.Search.Tally != nil && m.Search.Tally.IsOf(m.Sieve.Matches) {
		n, of, all := m.Search.Tally.At(m.Cursor, m.Shown)
		if count = draw.Count(of); !all && of > 0 {
			count += "+"
		}
		if n > 0 {
			count = draw.Count(n) + " of " + count
		}
		count = "  " + count
	}
	keys := "  " + m.Keys.Key(pane.ActNext) + " ↓  " + m.Keys.Key(pane.ActPrevious) + " ↑"
	for _, note := range []string{text + count + keys, text + count, strings.TrimSpace(count)} {
		if l.Width+draw.TextWidth(note)+1 < l.Limit {
			l.Right(m.Theme.Dim, note+" ", l.Limit)
			return
		}
	}
}

// row draws one record of the log. The row under the cursor is told by a mark
// while the log follows: the newest is another one at every frame.
func (m *drawing) row(r *stream.Record, bracket string, selected bool) string {
	c, l := m.shown, draw.NewLine(m.room.Width)
	var all draw.Style
	switch {
	case selected && !m.Follow:
		l.Plain, all = true, m.Theme.Reverse
	case r.Abandoned:
		l.Plain, all = true, m.Theme.Dim
	}
	hit := m.Has(m.Search.Needle, r, c.keyspaces)
	switch {
	case m.isMarked(r.Seq):
		l.Put(m.Theme.Warn, "◆")
	case hit:
		l.Put(m.Theme.Warn, "›")
	case selected && m.Follow:
		l.Put(m.Theme.Focus, "▌")
	default:
		l.Put("", " ")
	}
	l.Put(m.Theme.Dim, bracket)
	cell(l, m.Theme.Dim, m.rowTime(r), c.time)
	shard := ""
	if r.Shard != nil {
		shard = draw.ShardName(r.Shard, c.keyspaces)
	}
	cell(l, m.Theme.Accent, shard, c.shard)
	cell(l, m.Theme.Kinds[r.Kind], draw.EventName(r.Kind), c.event)
	if r.Kind.IsRow() && r.Table != nil {
		cell(l, "", draw.Safe([]byte(r.Table.Name)), c.table)
		cell(l, m.Theme.Bold, m.Key(r), c.key)
		l.Skip = m.offset
		l.Limit--
		m.Change(l, r)
		l.Limit++
		if l.Lost {
			l.Put(m.Theme.Dim, "…")
		}
	} else {
		l.Skip = m.offset
		l.Put(m.Theme.Kinds[r.Kind], m.Statement(r))
	}
	l.Skip = 0
	text := string(l.To(m.room.Width).Buf)
	if all != "" {
		text = string(all) + text + draw.Reset
	}
	if hit {
		text = draw.MarkHits(text, m.Search.Needle, 2+c.time, m.Theme.Hit)
	}
	return text
}
