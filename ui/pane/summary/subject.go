package summary

import (
	"strings"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/report"
)

// A subject is the line under the cursor, in full.
type subject struct{ *Pane }

// Title is that of its part.
func (s subject) Title(*pane.Context) string {
	if len(s.lines) == 0 {
		return "summary"
	}
	if title := s.part(s.at).Title; title != "" {
		return strings.ToLower(title)
	}
	return "in all"
}

// Name says what is copied.
func (s subject) Name(*pane.Context) string { return "the summary" }

// Height is the number of lines.
func (s subject) Height(c *pane.Context, width int) int { return len(s.Lines(c, width, false)) }

// Lines are its cells, each under the name of its column.
func (s subject) Lines(c *pane.Context, width int, _ bool) (lines []pane.Line) {
	if s.make(c); len(s.lines) == 0 {
		return nil
	}
	part, row := s.part(s.at), s.lines[s.at].Row
	if row >= len(part.Rows) {
		return pane.NamedIn(c, width, 0, "", s.lines[s.at].Text)
	}
	widest := 0
	names := part.Head
	if strings.Join(names, "") == "" { // as of a table with names at the left
		names = []string{"", part.Rows[row][0]}
	}
	for _, name := range names {
		widest = max(widest, draw.TextWidth(name))
	}
	term := s.link(s.at).Term
	for i, cell := range part.Rows[row] {
		if names[i] == "" {
			continue
		}
		for _, line := range pane.NamedIn(c, width, widest, strings.TrimSpace(names[i]), cell) {
			if i == 0 && term != "" {
				line.Term, line.Worth = func() (string, string) { return term, "" }, 1
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// Clippings are the line, and the whole report in each of its forms.
func (s subject) Clippings(c *pane.Context) []pane.Clipping {
	if s.make(c); len(s.lines) == 0 {
		return nil
	}
	about, of, parts := c.Report.About, s.of, s.parts
	whole := func(key, name, ext string, write func(*strings.Builder) error) pane.Clipping {
		return pane.Clipping{Key: key, Name: name, Ext: ext, Text: func() (string, error) {
			var b strings.Builder
			err := write(&b)
			return b.String(), err
		}}
	}
	return []pane.Clipping{
		whole("m", "the summary for a ticket, as Markdown", "md", func(b *strings.Builder) error { return report.Markdown(b, parts) }),
		whole("t", "the summary as text", "txt", func(b *strings.Builder) error { return report.Text(b, parts) }),
		whole("a", "the summary as JSON", "json", func(b *strings.Builder) error { return report.JSON(b, about, of) }),
		pane.Plainly("v", "the line", s.lines[s.at].Text),
	}
}
