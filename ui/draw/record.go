package draw

import (
	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// A Writer writes what records hold. It keeps the memory that this takes from
// one record to the next, so it is for one goroutine: the screen has one, and
// so has a search.
type Writer struct {
	Theme *Theme
	// Columns say how columns of tables are shown; nil for all in full.
	Columns *Columns
	// Values and Before are the images of the record that was taken last.
	Values, Before []stream.Value

	scratch        []byte
	text, haystack []byte // of a search
	comparison     stream.Comparison
}

// ShardName is a shard's name, safe for the terminal.
func ShardName(s *stream.Shard, withKeyspace bool) string {
	if withKeyspace {
		return Safe([]byte(s.Keyspace)) + "/" + Safe([]byte(s.Name))
	}
	return Safe([]byte(s.Name))
}

// EventName is a kind's name in the log, where room is short.
func EventName(k stream.Kind) string {
	if k == stream.CopyCompleted {
		return "copied"
	}
	return k.String()
}

// Key writes the primary key's values, after the change or before a delete.
func (d *Writer) Key(r *stream.Record) string {
	before, after := r.Images()
	image := after
	if !after.Exists() {
		image = before
	}
	d.Values = image.Values(d.Values[:0])
	text := ""
	for i, column := range r.Table.Key {
		if column >= len(d.Values) {
			break
		}
		value, _ := d.Cell(&r.Table.Columns[column], d.Values[column], 64)
		if i > 0 {
			text += ","
		}
		text += value
	}
	return text
}

// Change writes what a row change did: old → new for an update, the values of
// the other columns else.
func (d *Writer) Change(l *Line, r *stream.Record) {
	d.Take(r)
	values := d.Values
	if r.Kind == stream.Delete {
		values = d.Before
		l.Put(d.Theme.Dim, "was ")
	}
	var how []Column
	if d.Columns != nil {
		how = d.Columns.Of(r.Table)
	}
	shown, hidden := false, 0
	for i := range r.Table.Columns {
		if l.Cut || l.Lost {
			return
		}
		own := Column{}
		if how != nil {
			own = how[i]
		}
		column := &r.Table.Columns[i]
		switch {
		case own.Hidden:
			if r.Kind != stream.Update || d.Differs(column, i) {
				hidden++
			}
		case r.Kind != stream.Update && !column.IsKey():
			d.putColumn(l, column, values[i], "", own.Width)
			l.Put("", "  ")
		case r.Kind == stream.Update && d.Differs(column, i):
			shown = true
			d.putColumn(l, column, d.Before[i], d.Theme.Dim, own.Width)
			l.Put(d.Theme.Changed, " → ")
			text, s := d.Cell(column, d.Values[i], ValueLimit)
			l.Put(s, narrowed(text, own.Width)).Put("", "  ")
		}
	}
	switch {
	case hidden == 0:
	case r.Kind == stream.Update && !shown:
		d.putHidden(l, r.Table, how)
	default:
		l.Put(d.Theme.Dim, "("+Count(hidden)+" hidden)")
	}
}

// putHidden says which of the columns that are hidden an update has changed, where it has
// changed no other.
func (d *Writer) putHidden(l *Line, t *stream.Table, how []Column) {
	word := "only "
	for i := range t.Columns {
		if how[i].Hidden && d.Differs(&t.Columns[i], i) {
			l.Put(d.Theme.Dim, word+Safe([]byte(t.Columns[i].Name)))
			word = ", "
		}
	}
}

// narrowed cuts a value to a width, 0 for its own.
func narrowed(text string, width int) string {
	if width == 0 || TextWidth(text) <= width {
		return text
	}
	return ansi.Truncate(text, width, "…")
}

// Take reads a row's images into d.before and d.values.
func (d *Writer) Take(r *stream.Record) {
	before, after := r.Images()
	d.Before, d.Values = before.Values(d.Before[:0]), after.Values(d.Values[:0])
	stream.ResolvePartialJSON(d.Before, d.Values)
}

// putColumn writes a column's name and value, at most so wide.
func (d *Writer) putColumn(l *Line, c *stream.Column, v stream.Value, s Style, width int) {
	text, own := d.Cell(c, v, ValueLimit)
	if own != "" {
		s = own
	}
	l.Put(d.Theme.Dim, Safe([]byte(c.Name))+" ").Put(s, narrowed(text, width))
}

// Differs reports whether an update changed column i, in the filter's sense.
func (d *Writer) Differs(c *stream.Column, i int) bool {
	return d.comparison.Differs(c, d.Before[i], d.Values[i])
}

// Statement is the text of a record that is no row.
func (d *Writer) Statement(r *stream.Record) string {
	switch r.Kind {
	case stream.Status:
		text := r.State.String()
		if len(r.Payload) > 0 {
			text += ": " + Safe(Clip(r.Payload, ValueLimit))
		}
		return text
	case stream.CopyCompleted:
		if r.Shard == nil {
			return "every shard has completed its copy"
		}
		return "the shard has completed its copy"
	case stream.Journal:
		if text := stream.JournalText(r.Payload); text != "" {
			return Safe([]byte(text))
		}
		return "a journal that cannot be decoded"
	}
	return Safe(Clip(r.Payload, ValueLimit))
}
