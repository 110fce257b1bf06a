package ui

import (
	"time"

	"vtscope/stream"
)

const rowTime = "15:04:05.000"

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
		time: len(rowTime), event: max(c.event, len("update")), shard: max(c.shard, len("SHARD")),
		table: max(c.table, len("TABLE")), key: max(c.key, len("KEY")), keyspaces: m.severalKeyspaces(),
	}
	var r stream.Record
	for seq := m.log.top; seq < m.log.top+uint64(m.layout.rows) && m.shown.At(seq, &r); seq++ {
		if r.Shard != nil {
			c.shard = max(c.shard, textWidth(m.shardName(r.Shard, c.keyspaces)))
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
		c.time = len(time.TimeOnly)
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

func (m *Model) shardName(s *stream.Shard, withKeyspace bool) string {
	if withKeyspace {
		return safe([]byte(s.Keyspace)) + "/" + safe([]byte(s.Name))
	}
	return safe([]byte(s.Name))
}

// logColumns is the line with the columns' names.
func (m *Model) logColumns() string {
	c := &m.log.columns
	l := newLine(m.width)
	l.put("", " ")
	if c.time > 0 {
		l.cell(m.theme.dim, "TIME", c.time)
	}
	l.cell(m.theme.dim, "SHARD", c.shard)
	l.cell(m.theme.dim, "EVENT", c.event).cell(m.theme.dim, "TABLE", c.table)
	return l.cell(m.theme.dim, "KEY", c.key).put(m.theme.dim, "CHANGE").String()
}

// row draws one record of the log.
func (m *Model) row(r *stream.Record, c *rowColumns, selected bool) string {
	l := newLine(m.width)
	var all style
	switch {
	case selected:
		l.plain, all = true, m.theme.reverse
	case r.Abandoned:
		l.plain, all = true, m.theme.dim
	}
	l.put("", " ")
	if c.time > 0 {
		l.cell(m.theme.dim, time.Unix(0, r.Arrived).Format(rowTime)[:c.time], c.time)
	}
	shard := ""
	if r.Shard != nil {
		shard = m.shardName(r.Shard, c.keyspaces)
	}
	l.cell(m.theme.accent, shard, c.shard)
	l.cell(m.theme.kinds[r.Kind], eventName(r.Kind), c.event)
	if r.Kind.IsRow() && r.Table != nil {
		l.cell("", safe([]byte(r.Table.Name)), c.table)
		l.cell(m.theme.bold, m.key(r), c.key)
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
	l.to(m.width)
	if all == "" {
		return string(l.buf)
	}
	return string(all) + string(l.buf) + resetStyle
}

// eventName is a kind's name in the log, where room is short.
func eventName(k stream.Kind) string {
	if k == stream.CopyCompleted {
		return "copied"
	}
	return k.String()
}

// key writes the primary key's values, after the change or before a delete.
func (m *Model) key(r *stream.Record) string {
	before, after := r.Images()
	image := after
	if !after.Exists() {
		image = before
	}
	m.values = image.Values(m.values[:0])
	text := ""
	for i, column := range r.Table.Key {
		if column >= len(m.values) {
			break
		}
		value, _ := m.cell(&r.Table.Columns[column], m.values[column], 64)
		if i > 0 {
			text += ","
		}
		text += value
	}
	return text
}

// change writes what a row change did: old → new for an update, the values of
// the other columns else.
func (m *Model) change(l *line, r *stream.Record) {
	m.take(r)
	l.skip = m.log.offset
	values := m.values
	if r.Kind == stream.Delete {
		values = m.before
		l.put(m.theme.dim, "was ")
	}
	for i := range r.Table.Columns {
		if l.cut || l.lost {
			return
		}
		column := &r.Table.Columns[i]
		if r.Kind == stream.Update {
			if m.differs(column, i) {
				m.putColumn(l, column, m.before[i], m.theme.dim)
				l.put(m.theme.changed, " → ")
				text, s := m.cell(column, m.values[i], valueLimit)
				l.put(s, text).put("", "  ")
			}
			continue
		}
		if !column.IsKey() {
			m.putColumn(l, column, values[i], "")
			l.put("", "  ")
		}
	}
}

// take reads a row's images into m.before and m.values.
func (m *Model) take(r *stream.Record) {
	before, after := r.Images()
	m.before, m.values = before.Values(m.before[:0]), after.Values(m.values[:0])
	stream.ResolvePartialJSON(m.before, m.values)
}

// putColumn writes a column's name and value.
func (m *Model) putColumn(l *line, c *stream.Column, v stream.Value, s style) {
	text, own := m.cell(c, v, valueLimit)
	if own != "" {
		s = own
	}
	l.put(m.theme.dim, safe([]byte(c.Name))+" ").put(s, text)
}

// differs reports whether an update changed column i, by the values as they print.
func (m *Model) differs(c *stream.Column, i int) bool {
	a, b := m.before[i], m.values[i]
	if a.State == stream.Absent || b.State == stream.Absent {
		return false // what an image does not hold is not known to have changed
	}
	if a.State != b.State {
		return true
	}
	if a.State == stream.Null || string(a.Raw) == string(b.Raw) {
		return false
	}
	if c.Class != stream.ClassFloat {
		return true
	}
	return string(c.AppendText(nil, a.Raw)) != string(c.AppendText(nil, b.Raw))
}

// statement is the text of a record that is no row.
func (m *Model) statement(r *stream.Record) string {
	switch r.Kind {
	case stream.Status:
		text := r.State.String()
		if len(r.Payload) > 0 {
			text += ": " + safe(clip(r.Payload, valueLimit))
		}
		return text
	case stream.CopyCompleted:
		if r.Shard == nil {
			return "every shard has completed its copy"
		}
		return "the shard has completed its copy"
	case stream.Journal:
		return m.journal(r)
	}
	return safe(clip(r.Payload, valueLimit))
}
