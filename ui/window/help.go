package window

import (
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Help lists the keys.
type Help struct {
	// Bindings are those that are explained, by their groups.
	Bindings []pane.Binding

	offset, page int
}

// Press scrolls, or closes the window.
func (h *Help) Press(_ *pane.Context, _ string, act pane.Action) Effect {
	switch act {
	case pane.ActHelp, pane.ActBack, pane.ActClose:
		return Effect{Close: true}
	}
	h.offset = pane.Scrolled(h.offset, act, h.page, h.len())
	return Effect{}
}

// Draw draws as many keys as the screen has lines for.
func (h *Help) Draw(c *pane.Context, width, height int) []string {
	height = min(h.len()+2, height)
	box := draw.NewBox(c.Theme, min(80, width), height, true)
	lines := h.lines(c.Theme, box.Inner)
	h.page = height - 2
	h.offset = min(h.offset, len(lines)-h.page) // the terminal may have grown
	box.Above, box.Below = h.offset, len(lines)-h.page-h.offset
	return box.Draw("Keys", lines[h.offset:])
}

// len is the number of lines, a title and a space around each group among them.
func (h *Help) len() int {
	n, group := 0, ""
	for _, b := range h.Bindings {
		if b.Group != group {
			if group = b.Group; n > 0 {
				n++
			}
			n++
		}
		n++
	}
	return n
}

// lines lists the keys by their groups.
func (h *Help) lines(theme *draw.Theme, width int) []string {
	keys := 0
	for _, b := range h.Bindings {
		keys = max(keys, draw.TextWidth(b.Show))
	}
	var lines []string
	group := ""
	for _, b := range h.Bindings {
		if b.Group != group {
			if group = b.Group; len(lines) > 0 {
				lines = append(lines, draw.NewLine(width).String())
			}
			lines = append(lines, draw.NewLine(width).Put("", " ").Put(theme.Title, group).String())
		}
		l := draw.NewLine(width)
		l.Put("", "   ").Cell(theme.Bold, b.Show, keys).Put("", " "+b.Help)
		lines = append(lines, l.String())
	}
	return lines
}
