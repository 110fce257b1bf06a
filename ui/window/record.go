package window

import (
	"strings"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A RecordRequest says what is to be recorded, and where to.
type RecordRequest struct {
	Path    string
	Buffer  bool // with what is kept already
	Replace bool // a file that is there
}

// Record asks where to record to.
type Record struct {
	// Name is the file's name that is proposed, Kept what is kept already, as "1,234 rows";
	// "" for nothing.
	Name, Kept string
	// Ended says that nothing more is to come.
	Ended bool

	path   string // as typed
	edited bool   // else the name is the one that is proposed
	buffer bool
}

// name is where to record to.
func (w *Record) name() string {
	if w.edited {
		return w.path
	}
	return w.Name
}

// Paste types what is pasted.
func (w *Record) Paste(c *pane.Context, text string) { paste(c, w, text) }

// Press types the name, or begins.
func (w *Record) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	switch key {
	case "esc":
		return Effect{Close: true}
	case "enter":
		path := strings.TrimSpace(w.name())
		if path == "" {
			return Effect{}
		}
		return Effect{Close: true, Record: &RecordRequest{Path: path, Buffer: w.buffer || w.Ended}}
	case "tab", "shift+tab", "up", "down":
		w.buffer = !w.buffer && w.Kept != ""
	case "backspace", "ctrl+h":
		w.path, _ = typed(w.name(), key, exportPath)
		w.edited = true
	default:
		if text, is := typed(w.path, key, exportPath); is {
			w.path, w.edited = text, true
		}
	}
	return Effect{}
}

// Draw draws the name, and what is recorded.
func (w *Record) Draw(c *pane.Context, width, height int) []string {
	box := draw.NewBox(c.Theme, min(76, width), min(6, height), true)
	blank := draw.NewLine(box.Inner).String()
	file := draw.NewLine(box.Inner).Put(c.Theme.Dim, " file  ").Put("", tail(draw.Safe([]byte(w.name())), box.Inner-9)).Put(c.Theme.Focus, "▏").String()
	what := "what comes from now on"
	switch {
	case w.Ended:
		what = "the " + w.Kept + " kept, without positions; nothing more comes"
	case w.buffer:
		what = "the " + w.Kept + " kept, then what comes; those have no positions"
	}
	from := draw.NewLine(box.Inner).Put(c.Theme.Dim, " what  ").Put("", what).String()
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Dim, " record  ")
	if w.Kept != "" && !w.Ended {
		hint.Put(c.Theme.Bold, "tab").Put(c.Theme.Dim, " what is kept, too  ")
	}
	hint.Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " cancel  or type a name")
	return box.Draw("Record into a file", []string{file, from, blank, hint.String()})
}

// tail is the end of a text that fits a width.
func tail(text string, width int) string {
	if draw.TextWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	return "…" + string(runes[max(len(runes)-width+1, 0):])
}

// Replace asks before a file is replaced by a recording.
type Replace struct{ RecordRequest }

// Press answers.
func (w *Replace) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	switch key {
	case "y":
		w.RecordRequest.Replace = true
		return Effect{Close: true, Record: &w.RecordRequest}
	case "n", "esc", "q":
		return Effect{Close: true}
	}
	return Effect{}
}

// Draw draws the question.
func (w *Replace) Draw(c *pane.Context, width, height int) []string {
	return overwriting(c, w.Path, width, height)
}
