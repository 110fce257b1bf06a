package report

import (
	"io"
	"strings"

	"vtscope/ui/draw"
)

// A Line is one line of a report.
type Line struct {
	Text    string
	Section int
	// Row is the row's number in its section, or beyond its rows that of the line below them;
	// Title and Head where it is none of these.
	Row int
}

// What a Line is that is no row.
const (
	Title = -1 - iota // or the blank line above it
	Head
)

// Lines sets sections as lines. Widths are those of a terminal's cells.
func Lines(sections []Section) (lines []Line) {
	for i, s := range sections {
		if i > 0 {
			lines = append(lines, Line{"", i, Title})
		}
		if s.Title != "" {
			lines = append(lines, Line{strings.ToUpper(s.Title), i, Title})
		}
		head, rows := tableLines(&s)
		if head != "" {
			lines = append(lines, Line{head, i, Head})
		}
		for j, text := range append(rows, s.Lines...) {
			lines = append(lines, Line{text, i, j})
		}
	}
	return lines
}

// TextLines writes sections as lines of text.
func TextLines(sections []Section) (lines []string) {
	for _, l := range Lines(sections) {
		lines = append(lines, l.Text)
	}
	return lines
}

// tableLines sets a table, each column as wide as what stands in it.
func tableLines(s *Section) (head string, rows []string) {
	widths := make([]int, len(s.Head))
	for _, row := range append([][]string{s.Head}, s.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], draw.TextWidth(strings.TrimSpace(cell)))
		}
	}
	line := func(row []string) string {
		var b strings.Builder
		for i, cell := range row {
			cell = strings.TrimSpace(cell)
			room := strings.Repeat(" ", widths[i]-draw.TextWidth(cell))
			if strings.HasSuffix(s.Head[i], " ") {
				b.WriteString(room + cell + "  ")
			} else {
				b.WriteString(cell + room + "  ")
			}
		}
		return strings.TrimRight(b.String(), " ")
	}
	for _, row := range s.Rows {
		rows = append(rows, line(row))
	}
	if len(rows) > 0 {
		head = line(s.Head)
	}
	return head, rows
}

// Text writes sections for a terminal.
func Text(w io.Writer, sections []Section) error {
	_, err := io.WriteString(w, strings.Join(TextLines(sections), "\n")+"\n")
	return err
}
