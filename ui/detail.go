package ui

import (
	"strings"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
)

// A detail is one line of the details: a column, a meta name with its value, or
// text of a record that is no row.
type detail struct {
	column int    // index of the table's column, -1 for the others
	meta   string // the meta name
	name   string // what text is about
	term   string // what a filter says of the meta name
	text   string
}

// detailMetas are the meta names below a row, in the order of its title.
var detailMetas = []string{"_event", "_keyspace", "_table", "_shard", "_gtid", "_time"}

// detailsOf lists the lines of a record, in a pane so wide. The meta names are
// there to be chosen, so they show while the pane has the keys; the title says
// the same. The statement that made the change always does.
func (m *Model) detailsOf(r *stream.Record, width int) (details []detail) {
	if m.details.stream {
		return m.streamDetails(width)
	}
	meta := func(name string) {
		if term, known := filter.MetaTerm(name, r); known {
			details = append(details, detail{column: -1, meta: name, term: term})
		}
	}
	meta("_query")
	if r.Table == nil {
		for _, part := range draw.Wrap(m.Statement(r), width-2) {
			details = append(details, detail{column: -1, text: part})
		}
	} else {
		for i := range r.Table.Columns {
			details = append(details, detail{column: i})
		}
	}
	if m.focus == paneDetails {
		for _, name := range detailMetas {
			meta(name)
		}
	}
	return details
}

// drawDetailLines draws the lines of a record from one on to another.
func (m *Model) drawDetailLines(r *stream.Record, details []detail, from, to, width int) []string {
	m.Take(r)
	names, types := 0, 0
	if r.Table != nil {
		for i := range r.Table.Columns {
			names = max(names, draw.TextWidth(draw.Safe([]byte(r.Table.Columns[i].Name))))
			types = max(types, draw.TextWidth(draw.Safe([]byte(sqlType(&r.Table.Columns[i])))))
		}
	}
	names, types = min(names, width/4), min(types, width/5)
	chosen := min(m.details.chosen, len(details)-1)
	lines := make([]string, 0, to-from)
	for i, d := range details[from:to] {
		l := draw.NewLine(width)
		l.Plain = m.focus == paneDetails && from+i == chosen
		switch {
		case d.column >= 0:
			m.putDetail(l, r, d.column, names, types)
		case d.meta == "_query":
			l.Put("", "   ").Put(m.Theme.Dim, "query ").Put("", draw.Safe(draw.Clip(r.Query, draw.ValueLimit)))
		case d.meta != "":
			value := strings.TrimPrefix(d.term, d.meta+" = ")
			l.Put("", "   ").Cell(m.Theme.Dim, d.meta, len("_keyspace")).Put(m.Theme.Dim, draw.Safe([]byte(value)))
		case m.details.stream:
			l.Put("", "  ").Cell(m.Theme.Dim, d.name, len("last event")).Put("", " ").Put("", d.text)
		default:
			l.Put("", "  ").Put("", d.text)
		}
		text := l.String()
		if l.Plain {
			text = string(m.Theme.Reverse) + text + draw.Reset
		}
		lines = append(lines, text)
	}
	return lines
}

// putDetail writes one column of a row.
func (m *Model) putDetail(l *draw.Line, r *stream.Record, i, names, types int) {
	column := &r.Table.Columns[i]
	changed := r.Kind == stream.Update && m.Differs(column, i)
	mark, nameStyle := "  ", m.Theme.Plain
	if changed {
		mark, nameStyle = "● ", m.Theme.Changed
	}
	l.Put("", " ").Put(m.Theme.Changed, mark)
	if column.IsKey() {
		nameStyle = m.Theme.Bold
	}
	l.Cell(nameStyle, draw.Safe([]byte(column.Name)), names).Put("", " ")
	l.Cell(m.Theme.Dim, draw.Safe([]byte(sqlType(column))), types).Put("", " ")
	if changed {
		text, _ := m.Cell(column, m.Before[i], draw.ValueLimit)
		l.Put(m.Theme.Dim, text).Put(m.Theme.Changed, "  →  ")
	}
	text, s := m.Cell(column, m.valueOf(r, i), draw.ValueLimit)
	l.Put(s, text)
}

// valueOf is a column's value after the change, or before a delete, of the
// record that was taken.
func (m *Model) valueOf(r *stream.Record, i int) stream.Value {
	if r.Kind == stream.Delete {
		return m.Before[i]
	}
	return m.Values[i]
}
