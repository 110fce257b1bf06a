package ui

import "vtscope/stream"

// rowColumns are the widths of the log's columns before the change.
type rowColumns struct {
	time, shard, event, table, key int
	keyspaces                      bool // shards are named with their keyspace
}

// fitColumns widens the columns to what is on screen. They do not become
// narrower again before the screen is resized, so that rows do not jump.
func (m *Model) fitColumns() {
	c := &m.log.columns
	*c = rowColumns{
		time: max(c.time, len(m.times.head())), event: max(c.event, len("update")), shard: max(c.shard, len("SHARD")),
		table: max(c.table, len("TABLE")), key: max(c.key, len("KEY")), keyspaces: m.severalKeyspaces(),
	}
	var r stream.Record
	for _, seq := range m.log.rows {
		if !m.shown.At(seq, &r) {
			continue
		}
		c.time = max(c.time, len(m.rowTime(&r)))
		if r.Shard != nil {
			c.shard = max(c.shard, textWidth(shardName(r.Shard, c.keyspaces)))
		}
		if r.Table == nil {
			c.event = max(c.event, len(eventName(r.Kind)))
			continue
		}
		c.table = max(c.table, textWidth(safe([]byte(r.Table.Name))))
		c.key = max(c.key, textWidth(m.key(&r)))
	}
	most := max(m.width/6, 6)
	c.shard, c.table, c.key = min(c.shard, most), min(c.table, most), min(c.key, most)
	if m.width < 70 {
		c.event = min(c.event, len("update"))
	}
	if m.width < 60 {
		c.time = 0
	}
}

func (m *Model) severalKeyspaces() bool {
	for i := range m.shards {
		if m.shards[i].Shard.Keyspace != m.shards[0].Shard.Keyspace {
			return true
		}
	}
	return false
}

// logColumns is the line with the columns' names.
func (m *Model) logColumns() string {
	c := &m.log.columns
	l := newLine(m.width)
	l.put("", " ")
	if c.time > 0 {
		l.cell(m.theme.dim, m.times.head(), c.time)
	}
	l.cell(m.theme.dim, "SHARD", c.shard)
	l.cell(m.theme.dim, "EVENT", c.event).cell(m.theme.dim, "TABLE", c.table)
	l.cell(m.theme.dim, "KEY", c.key).put(m.theme.dim, "CHANGE")
	if m.searchText != "" {
		l.right(m.theme.dim, "search "+safe([]byte(m.searchText))+"  n ↓  N ↑ ", m.width)
	}
	return l.String()
}

// row draws one record of the log. The row under the cursor is told by a mark
// while the log follows: the newest is another one at every frame.
func (m *Model) row(r *stream.Record, c *rowColumns, selected bool) string {
	l := newLine(m.width)
	var all style
	switch {
	case selected && !m.log.follow:
		l.plain, all = true, m.theme.reverse
	case r.Abandoned:
		l.plain, all = true, m.theme.dim
	}
	hit := m.isHit(r)
	switch {
	case hit:
		l.put(m.theme.warn, "›")
	case selected && m.log.follow:
		l.put(m.theme.focus, "▌")
	default:
		l.put("", " ")
	}
	if c.time > 0 {
		l.cell(m.theme.dim, m.rowTime(r), c.time)
	}
	shard := ""
	if r.Shard != nil {
		shard = shardName(r.Shard, c.keyspaces)
	}
	l.cell(m.theme.accent, shard, c.shard)
	l.cell(m.theme.kinds[r.Kind], eventName(r.Kind), c.event)
	if r.Kind.IsRow() && r.Table != nil {
		l.cell("", safe([]byte(r.Table.Name)), c.table)
		l.cell(m.theme.bold, m.key(r), c.key)
		l.skip = m.log.offset
		l.limit--
		m.change(l, r)
		l.limit++
		if l.lost {
			l.put(m.theme.dim, "…")
		}
	} else {
		l.skip = m.log.offset
		l.put(m.theme.kinds[r.Kind], m.statement(r))
	}
	l.skip = 0
	text := string(l.to(m.width).buf)
	if all != "" {
		text = string(all) + text + resetStyle
	}
	if hit {
		text = markHits(text, m.needle, 1+c.time, m.theme.hit)
	}
	return text
}
