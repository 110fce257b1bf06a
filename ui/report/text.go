package report

import (
	"io"
	"strings"

	"vtscope/ui/draw"
)

// TextLines writes sections as lines of text. Widths are those of a terminal's cells.
func TextLines(sections []Section) (lines []string) {
	for i, s := range sections {
		if i > 0 {
			lines = append(lines, "")
		}
		if s.Title != "" {
			lines = append(lines, strings.ToUpper(s.Title))
		}
		lines = append(lines, tableLines(&s)...)
		lines = append(lines, s.Lines...)
	}
	return lines
}

// tableLines sets a table, each column as wide as what stands in it.
func tableLines(s *Section) (lines []string) {
	rows := s.Rows
	if len(s.Rows) > 0 && strings.Join(s.Head, "") != "" {
		rows = append([][]string{s.Head}, rows...)
	}
	widths := make([]int, len(s.Head))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], draw.TextWidth(strings.TrimSpace(cell)))
		}
	}
	for _, row := range rows {
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
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return lines
}

// Text writes sections for a terminal.
func Text(w io.Writer, sections []Section) error {
	_, err := io.WriteString(w, strings.Join(TextLines(sections), "\n")+"\n")
	return err
}
