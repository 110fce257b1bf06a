package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A box is a frame with a title around some lines.
type box struct {
	theme         *theme
	border        style
	width, height int
	inner         int // columns between the borders
	above, below  int // lines that do not fit, told in the frame
}

func newBox(m *Model, width, height int, focused bool) *box {
	b := &box{theme: m.theme, border: m.theme.border, width: width, height: height, inner: width - 2}
	if focused {
		b.border = m.theme.focus
	}
	return b
}

// draw frames the lines, which have to be as wide as the inside; it cuts or
// fills them to the height.
func (b *box) draw(title string, lines []string) []string {
	out := make([]string, 0, b.height)
	top := newLine(b.width - 1)
	top.put(b.border, "╭ ").put(b.theme.bold, ansi.Truncate(title, max(b.width-5, 0), "…")).put("", " ")
	top.put(b.border, strings.Repeat("─", max(b.width-1-top.width, 0)))
	out = append(out, string(top.buf)+string(b.border)+"╮"+resetStyle)
	side := string(b.border) + "│" + resetStyle
	for i := range b.height - 2 {
		content := strings.Repeat(" ", b.inner)
		if i < len(lines) {
			content = lines[i]
		}
		out = append(out, side+content+side)
	}
	bottom := newLine(b.width - 1)
	bottom.put(b.border, "╰")
	note := ""
	if b.above > 0 {
		note += "↑" + count(b.above) + " "
	}
	if b.below > 0 {
		note += "↓" + count(b.below) + " "
	}
	if note != "" {
		note = " " + note
	}
	bottom.put(b.border, strings.Repeat("─", max(b.width-4-textWidth(note), 0)))
	bottom.put(b.theme.dim, note).put(b.border, "──")
	return append(out, string(bottom.to(b.width-1).buf)+string(b.border)+"╯"+resetStyle)
}

// wrap breaks safe text into lines of at most width columns.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}

// wrapWhole breaks safe text at spaces, and within a word only where that is
// longer than a line: names and UUIDs stay whole, to be read and copied.
func wrapWhole(text string, width int) (lines []string) {
	width = max(width, 1)
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && textWidth(line)+1+textWidth(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
		for textWidth(line) > width {
			head := ansi.Truncate(line, width, "")
			if head == "" {
				break
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	return append(lines, line)
}
