package ui

import (
	"strings"

	"vtscope/filter"
	"vtscope/stream"
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
		for _, part := range wrap(m.statement(r), width-2) {
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
	m.take(r)
	names, types := 0, 0
	if r.Table != nil {
		for i := range r.Table.Columns {
			names = max(names, textWidth(safe([]byte(r.Table.Columns[i].Name))))
			types = max(types, textWidth(safe([]byte(sqlType(&r.Table.Columns[i])))))
		}
	}
	names, types = min(names, width/4), min(types, width/5)
	chosen := min(m.details.chosen, len(details)-1)
	lines := make([]string, 0, to-from)
	for i, d := range details[from:to] {
		l := newLine(width)
		l.plain = m.focus == paneDetails && from+i == chosen
		switch {
		case d.column >= 0:
			m.putDetail(l, r, d.column, names, types)
		case d.meta == "_query":
			l.put("", "   ").put(m.theme.dim, "query ").put("", safe(clip(r.Query, valueLimit)))
		case d.meta != "":
			value := strings.TrimPrefix(d.term, d.meta+" = ")
			l.put("", "   ").cell(m.theme.dim, d.meta, len("_keyspace")).put(m.theme.dim, safe([]byte(value)))
		case m.details.stream:
			l.put("", "  ").cell(m.theme.dim, d.name, len("last event")).put("", " ").put("", d.text)
		default:
			l.put("", "  ").put("", d.text)
		}
		text := l.String()
		if l.plain {
			text = string(m.theme.reverse) + text + resetStyle
		}
		lines = append(lines, text)
	}
	return lines
}

// putDetail writes one column of a row.
func (m *Model) putDetail(l *line, r *stream.Record, i, names, types int) {
	column := &r.Table.Columns[i]
	changed := r.Kind == stream.Update && m.differs(column, i)
	mark, nameStyle := "  ", m.theme.plain
	if changed {
		mark, nameStyle = "● ", m.theme.changed
	}
	l.put("", " ").put(m.theme.changed, mark)
	if column.IsKey() {
		nameStyle = m.theme.bold
	}
	l.cell(nameStyle, safe([]byte(column.Name)), names).put("", " ")
	l.cell(m.theme.dim, safe([]byte(sqlType(column))), types).put("", " ")
	if changed {
		text, _ := m.cell(column, m.before[i], valueLimit)
		l.put(m.theme.dim, text).put(m.theme.changed, "  →  ")
	}
	text, s := m.cell(column, m.valueOf(r, i), valueLimit)
	l.put(s, text)
}

// valueOf is a column's value after the change, or before a delete, of the
// record that was taken.
func (m *Model) valueOf(r *stream.Record, i int) stream.Value {
	if r.Kind == stream.Delete {
		return m.before[i]
	}
	return m.values[i]
}
