package ui

import (
	"vtscope/stream"
)

// A drawing writes what records hold. It keeps the memory that this takes from
// one record to the next, so it is for one goroutine: the screen has one, and
// so has a search.
type drawing struct {
	theme          *theme
	scratch        []byte
	text, haystack []byte // of a search
	values, before []stream.Value
}

func shardName(s *stream.Shard, withKeyspace bool) string {
	if withKeyspace {
		return safe([]byte(s.Keyspace)) + "/" + safe([]byte(s.Name))
	}
	return safe([]byte(s.Name))
}

// eventName is a kind's name in the log, where room is short.
func eventName(k stream.Kind) string {
	if k == stream.CopyCompleted {
		return "copied"
	}
	return k.String()
}

// key writes the primary key's values, after the change or before a delete.
func (d *drawing) key(r *stream.Record) string {
	before, after := r.Images()
	image := after
	if !after.Exists() {
		image = before
	}
	d.values = image.Values(d.values[:0])
	text := ""
	for i, column := range r.Table.Key {
		if column >= len(d.values) {
			break
		}
		value, _ := d.cell(&r.Table.Columns[column], d.values[column], 64)
		if i > 0 {
			text += ","
		}
		text += value
	}
	return text
}

// change writes what a row change did: old → new for an update, the values of
// the other columns else.
func (d *drawing) change(l *line, r *stream.Record) {
	d.take(r)
	values := d.values
	if r.Kind == stream.Delete {
		values = d.before
		l.put(d.theme.dim, "was ")
	}
	for i := range r.Table.Columns {
		if l.cut || l.lost {
			return
		}
		column := &r.Table.Columns[i]
		if r.Kind == stream.Update {
			if d.differs(column, i) {
				d.putColumn(l, column, d.before[i], d.theme.dim)
				l.put(d.theme.changed, " → ")
				text, s := d.cell(column, d.values[i], valueLimit)
				l.put(s, text).put("", "  ")
			}
			continue
		}
		if !column.IsKey() {
			d.putColumn(l, column, values[i], "")
			l.put("", "  ")
		}
	}
}

// take reads a row's images into d.before and d.values.
func (d *drawing) take(r *stream.Record) {
	before, after := r.Images()
	d.before, d.values = before.Values(d.before[:0]), after.Values(d.values[:0])
	stream.ResolvePartialJSON(d.before, d.values)
}

// putColumn writes a column's name and value.
func (d *drawing) putColumn(l *line, c *stream.Column, v stream.Value, s style) {
	text, own := d.cell(c, v, valueLimit)
	if own != "" {
		s = own
	}
	l.put(d.theme.dim, safe([]byte(c.Name))+" ").put(s, text)
}

// differs reports whether an update changed column i, in the filter's sense.
func (d *drawing) differs(c *stream.Column, i int) bool { return c.Differs(d.before[i], d.values[i]) }

// statement is the text of a record that is no row.
func (d *drawing) statement(r *stream.Record) string {
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
		return journal(r)
	}
	return safe(clip(r.Payload, valueLimit))
}
