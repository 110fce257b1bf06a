package report

import (
	"io"
	"strings"
)

// markdownEscapes are what would mean something in a cell of a table.
var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", "[", `\[`, "~", `\~`)

// Markdown writes sections for a ticket, in GitHub's form.
func Markdown(w io.Writer, sections []Section) error {
	var b strings.Builder
	for i, s := range sections {
		if i > 0 {
			b.WriteString("\n")
		}
		if s.Title != "" {
			b.WriteString("### " + s.Title + "\n\n")
		}
		if len(s.Rows) > 0 {
			b.WriteString(markdownRow(s.Head))
			for _, head := range s.Head {
				b.WriteString("|---")
				if strings.HasSuffix(head, " ") {
					b.WriteString(":")
				}
			}
			b.WriteString("|\n")
		}
		for _, row := range s.Rows {
			b.WriteString(markdownRow(row))
		}
		for j, line := range s.Lines {
			if j > 0 || len(s.Rows) > 0 {
				b.WriteString("\n")
			}
			b.WriteString(markdownEscapes.Replace(line) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownRow(cells []string) string {
	var b strings.Builder
	for _, cell := range cells {
		b.WriteString("| " + markdownEscapes.Replace(strings.TrimSpace(cell)) + " ")
	}
	return b.String() + "|\n"
}
