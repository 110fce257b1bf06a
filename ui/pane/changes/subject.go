package changes

import (
	"strings"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A subject is a record in full: every column, its type, the value before and
// after, what changed marked.
type subject struct {
	*stream.Record
	gone   bool  // the store has dropped it
	spread *bool // an update shows the columns that it left alone, too

	writer draw.Writer // with the row's images
}

// Title names the record.
func (s *subject) Title(*pane.Context) string {
	title := s.Kind.String()
	if s.Table != nil {
		title += " " + draw.Safe([]byte(s.Table.Keyspace)) + "." + draw.Safe([]byte(s.Table.Name))
	}
	if s.Shard != nil {
		title += "  " + draw.Safe([]byte(s.Shard.Name))
	}
	if !s.GTID.IsZero() {
		title += "  " + draw.Safe(s.GTID.AppendTo(nil))
	}
	title += "  " + draw.Arrival(s.Record)
	switch {
	case s.gone:
		title += "  no longer kept"
	case s.Abandoned:
		title += "  abandoned: the transaction came again"
	case s.Open:
		title += "  not committed yet"
	}
	return title
}

// Name names the row by its table and key.
func (s *subject) Name(*pane.Context) string {
	name := s.Kind.String()
	if s.Table != nil {
		name += " " + draw.Safe([]byte(s.Table.Name))
		if term := s.keyTerm(); term != "" {
			name += "  " + draw.Safe([]byte(term))
		}
	}
	return name
}

// Height is the number of columns, of an update those in sight, and a line for the
// statement.
func (s *subject) Height(*pane.Context, int) int {
	if s.Table == nil {
		return 4
	}
	s.writer.Take(s.Record)
	shown, folded := s.order()
	height := len(shown)
	if len(folded) > 0 {
		height++
	}
	if *s.spread {
		height += len(folded)
	}
	if len(s.Query) > 0 {
		height++
	}
	return height
}

// detailMetas are the meta names below a row, in the order of its title.
var detailMetas = []string{"_event", "_keyspace", "_table", "_shard", "_gtid", "_time"}

// Lines lists the statement that made the change, the columns, and what the meta
// names stand for: the title says the same, so they are only there to be chosen.
func (s *subject) Lines(c *pane.Context, width int, choosing bool) (lines []pane.Line) {
	s.writer.Theme = c.Theme
	s.writer.Take(s.Record)
	if term, known := filter.MetaTerm("_query", s.Record); known {
		lines = append(lines, pane.Line{
			Term: func() (string, string) { return metaTerm("_query", term) },
			Put: func(l *draw.Line) {
				l.Put("", "   ").Put(c.Theme.Dim, "query ").Put("", draw.Safe(draw.Clip(s.Query, draw.ValueLimit)))
			},
		})
	}
	if s.Table == nil {
		for _, part := range draw.Wrap(s.writer.Statement(s.Record), width-2) {
			lines = append(lines, pane.Line{Put: func(l *draw.Line) { l.Put("", "  ").Put("", part) }})
		}
	} else {
		lines = s.columns(lines, c.Theme, width)
	}
	if !choosing {
		return lines
	}
	for _, name := range detailMetas {
		term, known := filter.MetaTerm(name, s.Record)
		if !known {
			continue
		}
		lines = append(lines, pane.Line{
			Term: func() (string, string) { return metaTerm(name, term) },
			Put: func(l *draw.Line) {
				value := strings.TrimPrefix(term, name+" = ")
				l.Put("", "   ").Cell(c.Theme.Dim, name, len("_keyspace")).Put(c.Theme.Dim, draw.Safe([]byte(value)))
			},
		})
	}
	return lines
}

// columns lists the columns of a row.
func (s *subject) columns(lines []pane.Line, theme *draw.Theme, width int) []pane.Line {
	names, types := 0, 0
	for i := range s.Table.Columns {
		names = max(names, draw.TextWidth(draw.Safe([]byte(s.Table.Columns[i].Name))))
		types = max(types, draw.TextWidth(draw.Type(&s.Table.Columns[i])))
	}
	names, types = min(names, width/4), min(types, max(width/5, width-100))
	put := func(i int) {
		line := pane.Line{
			Worth: 1, Column: s.Table.Columns[i].Name, Term: func() (string, string) { return s.term(i) }, Open: func() pane.Subject { return s.open(i) },
			Clippings: func() []pane.Clipping { return s.valueClippings(i) },
			Put:       func(l *draw.Line) { s.putColumn(l, theme, i, names, types) },
		}
		if s.changed(i) {
			line.Worth = 2
		}
		lines = append(lines, line)
	}
	shown, folded := s.order()
	for _, i := range shown {
		put(i)
	}
	if len(folded) == 0 {
		return lines
	}
	lines = append(lines, s.fold(theme, folded))
	if *s.spread {
		for _, i := range folded {
			put(i)
		}
	}
	return lines
}

// changed reports whether an update changed a column.
func (s *subject) changed(i int) bool {
	return s.Kind == stream.Update && s.writer.Differs(&s.Table.Columns[i], i)
}

// putColumn writes one column.
func (s *subject) putColumn(l *draw.Line, theme *draw.Theme, i, names, types int) {
	column, changed := &s.Table.Columns[i], s.changed(i)
	mark, nameStyle := "  ", theme.Plain
	if changed {
		mark, nameStyle = "● ", theme.Changed
	}
	l.Put("", " ").Put(theme.Changed, mark)
	if column.IsKey() {
		nameStyle = theme.Bold
	}
	l.Cell(nameStyle, draw.Safe([]byte(column.Name)), names).Put("", " ")
	l.Cell(theme.Dim, draw.Type(column), types).Put("", " ")
	if changed {
		text, _ := s.writer.Cell(column, s.writer.Before[i], draw.ValueLimit)
		l.Put(theme.Dim, text).Put(theme.Changed, "  →  ")
	}
	text, style := s.writer.Cell(column, s.value(i), draw.ValueLimit)
	l.Put(style, text)
}

// value is a column's value after the change, or before a delete.
func (s *subject) value(i int) stream.Value {
	if s.Kind == stream.Delete {
		return s.writer.Before[i]
	}
	return s.writer.Values[i]
}

// termLimit bounds the value that + and - put into a filter, in bytes.
const termLimit = 1 << 10

// term is what a filter says of a column.
func (s *subject) term(i int) (term, refusal string) {
	column, value := &s.Table.Columns[i], s.value(i)
	if value.State == stream.Absent {
		return "", draw.Safe([]byte(column.Name)) + " is not in the image, so nothing can be compared with it"
	}
	if len(value.Raw) > termLimit {
		return "", tooLong(column.Name, len(value.Raw))
	}
	term, known := filter.Term(column, value)
	if !known {
		return "", "the value of " + draw.Safe([]byte(column.Name)) + " cannot be written in a filter"
	}
	return term, ""
}

// metaTerm is what a filter says of a meta name.
func metaTerm(name, term string) (_, refusal string) {
	if len(term) > termLimit {
		return "", tooLong(name, len(term))
	}
	return term, ""
}

func tooLong(name string, length int) string {
	return "the value of " + draw.Safe([]byte(name)) + " is too long for a filter: " + draw.Size(length)
}

// Record is what is under the cursor, nil for nothing.
func (p *Pane) Record(c *pane.Context) *stream.Record {
	if s, is := p.Subject(c).(*subject); is {
		return s.Record
	}
	return nil
}

// Subject is the row under the cursor, nil where there is none. It is kept, since
// the store may drop it under the details: they go on to show it until the cursor is
// moved.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	m := c.Sieve.Matches
	p.settle(m, 0)
	if m.Len() == 0 {
		p.held = nil
		return nil
	}
	if p.held != nil && p.held.Seq == p.Anchor && p.Anchor < c.Shown.First() {
		if !p.held.gone {
			p.held.gone, p.say = true, "the row of the details is no longer kept; the cursor is on the oldest that is"
		}
		return p.held
	}
	var r stream.Record
	switch {
	case !c.Shown.At(p.Cursor, &r):
		if p.held == nil {
			return nil
		}
	case p.held != nil && p.held.Seq == r.Seq:
		p.held.Open, p.held.Abandoned, p.held.gone = r.Open, r.Abandoned, false
	default:
		p.held = &subject{Record: r.Clone(), spread: &p.spread}
	}
	return p.held
}
