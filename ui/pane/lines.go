package pane

import "vtscope/ui/draw"

// nameWidth is that of the names before what there is to say.
const nameWidth = len("last event")

// Named are the lines that say something under a name. The text has to be safe.
func Named(c *Context, width int, name, text string) []Line {
	return NamedIn(c, width, nameWidth, name, text)
}

// NamedIn is Named with names of another width.
func NamedIn(c *Context, width, nameWidth int, name, text string) (lines []Line) {
	for i, part := range draw.WrapWhole(text, width-nameWidth-4) {
		name := name
		if i > 0 {
			name = ""
		}
		lines = append(lines, Line{Put: func(l *draw.Line) {
			l.Put("", "  ").Cell(c.Theme.Dim, name, nameWidth).Put("", " ").Put("", part)
		}})
	}
	return lines
}
