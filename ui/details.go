package ui

import (
	"time"

	"vtscope/stream"
)

// detailsView is the pane that shows one row in full.
type detailsView struct {
	open   bool
	offset int // lines scrolled
	lines  int // lines there are
}

// detailsHeight is what the pane takes of the space, frame included.
func (m *Model) detailsHeight(space int) int {
	want := 6
	var r stream.Record
	if m.shown.At(m.log.cursor, &r) && r.Table != nil {
		want = len(r.Table.Columns) + 2
		if len(r.Query) > 0 {
			want++
		}
	}
	return min(want, max(space/2, min(space-1, 5)))
}

// drawDetails draws the row under the cursor: every column, its type, the value
// before and after, what changed marked.
func (m *Model) drawDetails(height int) []string {
	if height < 3 {
		return make([]string, max(height, 0))
	}
	var r stream.Record
	box := newBox(m, m.width, height, m.focus == paneDetails)
	if !m.shown.At(m.log.cursor, &r) {
		return box.draw("no row", nil)
	}
	content := m.detailLines(&r, box.inner)
	m.details.lines = len(content)
	m.details.offset = min(m.details.offset, max(len(content)-(height-2), 0))
	box.above, box.below = m.details.offset, len(content)-(height-2)-m.details.offset
	return box.draw(m.detailsTitle(&r), content[m.details.offset:])
}

func (m *Model) detailsTitle(r *stream.Record) string {
	title := r.Kind.String()
	if r.Table != nil {
		title += " " + safe([]byte(r.Table.Keyspace)) + "." + safe([]byte(r.Table.Name))
	}
	if r.Shard != nil {
		title += "  " + safe([]byte(r.Shard.Name))
	}
	if !r.GTID.IsZero() {
		title += "  " + safe(r.GTID.AppendTo(nil))
	}
	title += "  " + time.Unix(0, r.Arrived).Format(rowTime)
	switch {
	case r.Abandoned:
		title += "  abandoned: the transaction came again"
	case r.Open:
		title += "  not committed yet"
	}
	return title
}

func (m *Model) detailLines(r *stream.Record, width int) []string {
	if r.Table == nil {
		var lines []string
		for _, part := range wrap(m.statement(r), width-2) {
			lines = append(lines, newLine(width).put("", "  ").put("", part).String())
		}
		return lines
	}
	m.take(r)
	names, types := 0, 0
	for i := range r.Table.Columns {
		names = max(names, textWidth(safe([]byte(r.Table.Columns[i].Name))))
		types = max(types, textWidth(safe([]byte(sqlType(&r.Table.Columns[i])))))
	}
	names, types = min(names, width/4), min(types, width/5)
	var lines []string
	if len(r.Query) > 0 {
		lines = append(lines, newLine(width).put("", "   ").put(m.theme.dim, "query ").put("", safe(clip(r.Query, valueLimit))).String())
	}
	for i := range r.Table.Columns {
		lines = append(lines, m.detailLine(r, i, width, names, types))
	}
	return lines
}

// detailLine is one column of a row.
func (m *Model) detailLine(r *stream.Record, i, width, names, types int) string {
	column := &r.Table.Columns[i]
	l := newLine(width)
	changed := r.Kind == stream.Update && m.differs(column, i)
	mark, nameStyle := "  ", m.theme.plain
	if changed {
		mark, nameStyle = "● ", m.theme.changed
	}
	l.put("", " ").put(m.theme.changed, mark)
	name := safe([]byte(column.Name))
	if column.IsKey() {
		nameStyle = m.theme.bold
	}
	l.cell(nameStyle, name, names).put("", " ").cell(m.theme.dim, safe([]byte(sqlType(column))), types).put("", " ")
	switch {
	case r.Kind == stream.Delete:
		text, s := m.cell(column, m.before[i], valueLimit)
		l.put(s, text)
	case changed:
		text, _ := m.cell(column, m.before[i], valueLimit)
		l.put(m.theme.dim, text).put(m.theme.changed, "  →  ")
		text, s := m.cell(column, m.values[i], valueLimit)
		l.put(s, text)
	default:
		text, s := m.cell(column, m.values[i], valueLimit)
		l.put(s, text)
	}
	return l.String()
}

// sqlType is the column's type for people: as MySQL writes it, where it is known.
func sqlType(c *stream.Column) string {
	if c.SQLType != "" {
		return c.SQLType
	}
	return c.Type.String()
}
