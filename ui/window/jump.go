package window

import (
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Jump asks for a time to go to.
type Jump struct {
	// Span says from when to when there is something, "" where that is not known.
	Span string

	text, wrong string
}

// jumpText bounds what is typed, in bytes.
const jumpText = 64

// Paste types what is pasted.
func (w *Jump) Paste(c *pane.Context, text string) { paste(c, w, text) }

// Press types, or goes there.
func (w *Jump) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	w.wrong = ""
	switch key {
	case "esc":
		return Effect{Close: true}
	case "enter":
		if w.text == "" {
			return Effect{Close: true}
		}
		m, err := ParseMoment(w.text)
		if err != nil {
			w.wrong = err.Error()
			return Effect{}
		}
		return Effect{Close: true, Jump: &m}
	}
	w.text, _ = typed(w.text, key, jumpText)
	return Effect{}
}

// Draw draws the line that is typed in.
func (w *Jump) Draw(c *pane.Context, width, height int) []string {
	box := draw.NewBox(c.Theme, min(76, width), min(6, height), true)
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	time := draw.NewLine(box.Inner).Put(c.Theme.Dim, " time  ").Put("", draw.Safe([]byte(w.text))).Put(c.Theme.Focus, "▏").String()
	below := put(c.Theme.Dim, w.Span)
	if w.wrong != "" {
		below = put(c.Theme.Bad, w.wrong)
	}
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Dim, " go there  ").Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " cancel")
	return box.Draw("Jump to a time, such as 10:30 or 10:30:05", []string{time, below, put("", ""), hint.String()})
}
