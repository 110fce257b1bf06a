package value

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A treeWriter makes the lines of a document.
type treeWriter struct {
	*Page
	theme *draw.Theme
	width int
	lines []pane.Line
}

// treeLines is a document, a part a line. What has parts can be folded.
func (p *Page) treeLines(t *draw.Theme, n *node, width int) []pane.Line {
	w := &treeWriter{Page: p, theme: t, width: width}
	w.node(n, "$", 0)
	return w.lines
}

// node writes a part and what is in it.
func (w *treeWriter) node(n *node, path string, depth int) {
	mark, style := w.marking(n)
	indent := strings.Repeat("  ", min(depth, 20))
	name := ""
	if depth > 0 {
		name = draw.Safe([]byte(n.key)) + "  "
	}
	if n.kind == 'v' {
		w.leaf(n, mark+indent+"  ", name, style)
		return
	}
	sign := "▾ "
	if w.folded[path] {
		sign = "▸ "
	}
	text := n.short()
	w.lines = append(w.lines, pane.Line{
		Put: func(l *draw.Line) {
			l.Put("", " ").Put(w.theme.Changed, mark).Put("", indent+sign).Put(style, name).Put(w.theme.Dim, text)
		},
		Press: func() { w.folded[path] = !w.folded[path]; w.changed() },
	})
	if w.folded[path] {
		return
	}
	for _, member := range n.members {
		w.node(member, path+"/"+strconv.Quote(member.key), depth+1)
	}
}

// leaf writes a part without parts, over as many lines as it takes.
func (w *treeWriter) leaf(n *node, head, name string, style draw.Style) {
	text := draw.Safe([]byte(n.text))
	if n.change == altered {
		text = draw.Safe([]byte(n.before)) + "  →  " + text
	}
	room := max(w.width-2-draw.TextWidth(head)-draw.TextWidth(name), 12)
	for i, part := range strings.Split(ansi.Hardwrap(text, room, true), "\n") {
		first := i == 0
		w.lines = append(w.lines, pane.Line{Put: func(l *draw.Line) {
			if l.Put("", " "); first {
				l.Put(w.theme.Changed, head).Put(w.theme.Dim, name)
			} else {
				l.To(1 + draw.TextWidth(head) + draw.TextWidth(name))
			}
			l.Put(style, part)
		}})
	}
}

// marking is the sign and the style of what an update did to a part.
func (w *treeWriter) marking(n *node) (mark string, style draw.Style) {
	switch n.change {
	case altered:
		return "● ", w.theme.Changed
	case added:
		return "+ ", w.theme.Good
	case removed:
		return "− ", w.theme.Bad
	case inside:
		return "· ", ""
	}
	return "  ", ""
}
