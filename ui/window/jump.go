package window

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Jump asks for a time, a GTID or a position to go to.
type Jump struct {
	// Span says from when to when there is something, "" where that is not known.
	Span string

	text  []byte // appended to in place: a terminal may paste a long position key by key
	wrong string
}

// jumpText bounds what is typed, in bytes: positions of many shards are long.
const jumpText = 1 << 20

// Paste types what is pasted.
func (w *Jump) Paste(_ *pane.Context, text string) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	if w.wrong = ""; len(w.text)+len(text) > jumpText {
		w.wrong = "that is too long: " + draw.Size(len(text)) + ", the limit is " + draw.Size(jumpText)
		return
	}
	w.text = append(w.text, text...)
}

// Press types, or goes there.
func (w *Jump) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	w.wrong = ""
	switch key {
	case "esc":
		return Effect{Close: true}
	case "enter":
		return w.enter()
	}
	switch key {
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRune(w.text)
		w.text = w.text[:len(w.text)-n]
	case "ctrl+u":
		w.text = w.text[:0]
	case "space":
		w.text = append(w.text, ' ')
	default:
		if utf8.RuneCountInString(key) == 1 && len(w.text)+len(key) <= jumpText {
			w.text = append(w.text, key...)
		}
	}
	return Effect{}
}

// enter takes what was typed: what has the letters of a server's UUID or the signs of a
// position is one, or else a time.
func (w *Jump) enter() Effect {
	text := strings.TrimSpace(string(w.text))
	if text == "" {
		return Effect{Close: true}
	}
	moment, momentErr := ParseMoment(text)
	if momentErr == nil {
		return Effect{Close: true, Jump: &moment}
	}
	goal, err := stream.ParseGoal(text)
	if err == nil {
		return Effect{Close: true, Goal: goal}
	}
	if !strings.ContainsAny(text, "@[{/") && len(text) < len("2006-01-02T15:04:05.000000000Z07:00") {
		err = fmt.Errorf("%w; or a GTID, or a position", momentErr)
	}
	w.wrong = draw.Safe([]byte(err.Error()))
	return Effect{}
}

// Draw draws the line that is typed in.
func (w *Jump) Draw(c *pane.Context, width, height int) []string {
	box := draw.NewBox(c.Theme, min(76, width), min(7, height), true)
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	end := w.text[max(len(w.text)-8*box.Inner, 0):] // what has room, and more
	text := tail(draw.Safe(end), box.Inner-len(" to  ")-1)
	line := draw.NewLine(box.Inner).Put(c.Theme.Dim, " to  ").Put("", text).Put(c.Theme.Focus, "▏").String()
	below := []string{put(c.Theme.Dim, w.Span), put("", "")}
	if w.wrong != "" {
		for i, part := range draw.Wrap(w.wrong, box.Inner-2) {
			if i < len(below) {
				below[i] = put(c.Theme.Bad, part)
			}
		}
	}
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Dim, " go there  ").Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " cancel")
	return box.Draw("Jump to a time, a GTID or a position", append([]string{line}, append(below, hint.String())...))
}
