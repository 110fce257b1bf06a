package changes

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/value"
)

// A valueSubject is a value of a row in full.
type valueSubject struct {
	row    *subject
	column int
	page   *value.Page
}

// open makes the subject of a column's value.
func (s *subject) open(i int) pane.Subject {
	before, after := s.Images()
	side := func(image *stream.Image, values []stream.Value) *stream.Value {
		if !image.Exists() || i >= len(values) {
			return nil
		}
		return &values[i]
	}
	page := value.New(&s.Table.Columns[i], side(&before, s.writer.Before), side(&after, s.writer.Values))
	page.Term = func() (string, string) { return s.term(i) }
	return &valueSubject{row: s, column: i, page: page}
}

// Title names the column and the row.
func (v *valueSubject) Title(c *pane.Context) string {
	column := &v.row.Table.Columns[v.column]
	return draw.Safe([]byte(column.Name)) + "  " + draw.Type(column) + "  " + v.row.Title(c)
}

// Height is the number of lines.
func (v *valueSubject) Height(c *pane.Context, width int) int { return len(v.page.Lines(c, width)) }

// Lines are the value.
func (v *valueSubject) Lines(c *pane.Context, width int, _ bool) []pane.Line {
	return v.page.Lines(c, width)
}

// Column is the column's name.
func (v *valueSubject) Column() string { return v.row.Table.Columns[v.column].Name }

// Press changes how the value is shown.
func (v *valueSubject) Press(act pane.Action) bool { return v.page.Press(act) }
