package draw

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Box is a frame with a title around some lines.
type Box struct {
	theme         *Theme
	border        Style
	width, height int
	Inner         int // columns between the borders
	Above, Below  int // lines that do not fit, told in the frame
}

// NewBox makes a box of so many columns and lines, its frame among them. A focused
// one has the keys.
func NewBox(t *Theme, width, height int, focused bool) *Box {
	b := &Box{theme: t, border: t.Border, width: width, height: height, Inner: width - 2}
	if focused {
		b.border = t.Focus
	}
	return b
}

// Draw frames the lines, which have to be as wide as the inside; it cuts or
// fills them to the height.
func (b *Box) Draw(title string, lines []string) []string {
	out := make([]string, 0, b.height)
	top := NewLine(b.width - 1)
	top.Put(b.border, "╭ ").Put(b.theme.Bold, ansi.Truncate(title, max(b.width-5, 0), "…")).Put("", " ")
	top.Put(b.border, strings.Repeat("─", max(b.width-1-top.Width, 0)))
	out = append(out, string(top.Buf)+string(b.border)+"╮"+Reset)
	side := string(b.border) + "│" + Reset
	for i := range b.height - 2 {
		content := strings.Repeat(" ", b.Inner)
		if i < len(lines) {
			content = lines[i]
		}
		out = append(out, side+content+side)
	}
	bottom := NewLine(b.width - 1)
	bottom.Put(b.border, "╰")
	note := ""
	if b.Above > 0 {
		note += "↑" + Count(b.Above) + " "
	}
	if b.Below > 0 {
		note += "↓" + Count(b.Below) + " "
	}
	if note != "" {
		note = " " + note
	}
	bottom.Put(b.border, strings.Repeat("─", max(b.width-4-TextWidth(note), 0)))
	bottom.Put(b.theme.Dim, note).Put(b.border, "──")
	return append(out, string(bottom.To(b.width-1).Buf)+string(b.border)+"╯"+Reset)
}

// Wrap breaks safe text into lines of at most width columns.
func Wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}

// WrapWhole breaks safe text at spaces, and within a word only where that is
// longer than a line: names and UUIDs stay whole, to be read and copied.
func WrapWhole(text string, width int) (lines []string) {
	width = max(width, 1)
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && TextWidth(line)+1+TextWidth(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
		for TextWidth(line) > width {
			head := ansi.Truncate(line, width, "")
			if head == "" {
				break
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	return append(lines, line)
}
