package window

import (
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Palette finds an action by a few letters of what it does, and does it.
type Palette struct {
	// Bindings are the actions that there are, each with its keys.
	Bindings []pane.Binding

	query  string
	chosen int // among those that the query finds
	page   int
}

// paletteWidth is that of the window, where the screen has it.
const paletteWidth = 76

// paletteQuery bounds what is typed, in bytes: no action has a longer name.
const paletteQuery = 64

// Paste types what is pasted.
func (w *Palette) Paste(c *pane.Context, text string) { paste(c, w, text) }

// Press takes a letter of the query, moves among what it finds, or does what is chosen.
func (w *Palette) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	found := w.found()
	switch key {
	case "esc":
		return Effect{Close: true}
	case "enter":
		if len(found) == 0 {
			return Effect{}
		}
		return Effect{Close: true, Run: found[w.chosen].Action}
	case "up", "ctrl+p", "shift+tab":
		w.chosen = max(w.chosen-1, 0)
	case "down", "ctrl+n", "tab":
		w.chosen = max(min(w.chosen+1, len(found)-1), 0)
	case "pgup":
		w.chosen = max(w.chosen-w.page, 0)
	case "pgdown":
		w.chosen = max(min(w.chosen+w.page, len(found)-1), 0)
	default:
		if text, is := typed(w.query, key, paletteQuery); is {
			w.query, w.chosen = text, 0
		}
	}
	return Effect{}
}

// found are the actions that the query finds.
func (w *Palette) found() (list []pane.Binding) {
	texts := make([]string, len(w.Bindings))
	for i := range w.Bindings {
		texts[i] = w.Bindings[i].Help + "  " + string(w.Bindings[i].Action)
	}
	for _, i := range find(w.query, texts) {
		list = append(list, w.Bindings[i])
	}
	return list
}

// paletteFrame is the lines of the window that are no action.
const paletteFrame = 4

// Draw draws the query, and as many actions as there is room for.
func (w *Palette) Draw(c *pane.Context, width, height int) []string {
	found := w.found()
	height = min(len(w.Bindings)+paletteFrame, height, 20)
	box := draw.NewBox(c.Theme, min(paletteWidth, width), height, true)
	w.page = max(height-paletteFrame, 1)
	keys := 0
	for _, b := range w.Bindings {
		keys = max(keys, draw.TextWidth(b.Show))
	}
	from := max(min(w.chosen-w.page+1, len(found)-w.page), 0)
	to := min(from+w.page, len(found))
	box.Above, box.Below = from, len(found)-to
	lines := []string{
		draw.NewLine(box.Inner).Put(c.Theme.Focus, " : ").Put("", draw.Safe([]byte(w.query))).Put(c.Theme.Focus, "▏").String(),
		draw.NewLine(box.Inner).String(),
	}
	if len(found) == 0 {
		lines = append(lines, draw.NewLine(box.Inner).Put(c.Theme.Dim, "   nothing has such a name; backspace takes a letter back").String())
	}
	for i := from; i < to; i++ {
		l := draw.NewLine(box.Inner)
		l.Plain = i == w.chosen
		l.Put("", "   ").Cell(c.Theme.Bold, found[i].Show, keys).Put("", " "+found[i].Help)
		text := l.String()
		if l.Plain {
			text = string(c.Theme.Reverse) + text + draw.Reset
		}
		lines = append(lines, text)
	}
	return box.Draw("Actions: type to find one, enter does it", lines)
}
