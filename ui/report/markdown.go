package report

import (
	"io"
	"strings"
)

// markdownEscapes are what would mean something in a cell of a table.
var markdownEscapes = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "<", "&lt;", "[", `\[`, "~", `\~`)

// markdown makes text what reads as it is. An underscore within a word means nothing.
func markdown(text string) string {
	text = markdownEscapes.Replace(text)
	var b strings.Builder
	for i := range len(text) {
		if text[i] == '_' && !(i > 0 && isWord(text[i-1]) && i+1 < len(text) && isWord(text[i+1])) {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func isWord(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' }

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
			if s.Code {
				label, code, _ := strings.Cut(line, ": ")
				line = markdown(label) + ":\n\n```\n" + code + "\n```"
			} else {
				line = markdown(line)
			}
			b.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownRow(cells []string) string {
	var b strings.Builder
	for _, cell := range cells {
		b.WriteString("| " + markdown(strings.TrimSpace(cell)) + " ")
	}
	return b.String() + "|\n"
}
