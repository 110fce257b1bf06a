package window

import (
	"slices"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Clipboard lists what can be copied.
type Clipboard struct {
	// Clippings are what there is; each has a key of its own, which moves nothing
	// elsewhere.
	Clippings []pane.Clipping
	// Of says what they are of, "" for the run alone.
	Of string

	chosen int
	toFile bool
}

// Press copies what a key stands for, or what is chosen.
func (w *Clipboard) Press(_ *pane.Context, key string, act pane.Action) Effect {
	if i := slices.IndexFunc(w.Clippings, func(c pane.Clipping) bool { return c.Key == key }); i >= 0 {
		return w.take(i)
	}
	switch {
	case act == pane.ActEnter && len(w.Clippings) > 0:
		return w.take(w.chosen)
	case key == "tab":
		w.toFile = !w.toFile
	case act == pane.ActBack, act == pane.ActClose, act == pane.ActCopy:
		return Effect{Close: true}
	default:
		page := len(w.Clippings)
		w.chosen = pane.Scrolled(w.chosen, act, page, 2*page-1)
	}
	return Effect{}
}

func (w *Clipboard) take(i int) Effect {
	return Effect{Close: true, Copy: &w.Clippings[i], ToFile: w.toFile}
}

// clipboardFrame is the lines of the window that are no clipping.
const clipboardFrame = 4

// Draw lists them, and where they go.
func (w *Clipboard) Draw(c *pane.Context, width, height int) []string {
	title, other := "Copy to the clipboard, through the terminal", "a file"
	if w.toFile {
		title, other = "Copy to a file in this directory", "the clipboard"
	}
	frame := clipboardFrame
	if w.Of != "" && height > frame+len(w.Clippings) {
		frame++
	}
	box := draw.NewBox(c.Theme, min(60, width), min(len(w.Clippings)+frame, height), true)
	var lines []string
	for i := range w.Clippings {
		l := draw.NewLine(box.Inner)
		l.Plain = i == w.chosen
		l.Put("", "  ").Put(c.Theme.Bold, w.Clippings[i].Key).Put("", "  "+w.Clippings[i].Name)
		text := l.String()
		if l.Plain {
			text = string(c.Theme.Reverse) + text + draw.Reset
		}
		lines = append(lines, text)
	}
	room := max(min(len(w.Clippings)+frame, height)-frame, 0)
	from := max(min(w.chosen-room+1, len(lines)-room), 0)
	lines = append(slices.Clone(lines[from:min(from+room, len(lines))]), draw.NewLine(box.Inner).String())
	if frame > clipboardFrame {
		of := draw.NewLine(box.Inner).Put(c.Theme.Dim, " of ").Put(c.Theme.Accent, w.Of)
		lines = append([]string{of.String()}, lines...)
	}
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Dim, " copy  ").Put(c.Theme.Bold, "tab").Put(c.Theme.Dim, " to "+other+"  ")
	hint.Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " cancel")
	return box.Draw(title, append(lines, hint.String()))
}
