package window

import (
	"slices"
	"strings"

	"vtscope/ui/draw"
	"vtscope/ui/headless"
	"vtscope/ui/pane"
)

// An ExportRequest says how the rows shown are to be written, and where to.
type ExportRequest struct {
	Path      string
	Format    *headless.Format
	Overwrite bool // a file that is there
	Rows      ExportRows
	By        *Export // that asked
}

// ExportRows says which rows are written.
type ExportRows int

// The rows that can be written: those that the log shows, of these those that have what is
// searched for, and those that are marked.
const (
	ShownRows ExportRows = iota
	FoundRows
	MarkedRows
)

// An ExportChoice is some rows, and what they are called.
type ExportChoice struct {
	Rows ExportRows
	What string
}

// Export asks for the rows, the format and the file.
type Export struct {
	// Choices are the rows that there are; there is one at least.
	Choices []ExportChoice
	// Base is the file's name without what its format adds.
	Base string

	path   string // as typed, "" for the name that is proposed
	chosen int    // among the formats
	rows   int    // among the choices
}

// exportEndings is what a file's name ends in, by the format.
var exportEndings = map[*headless.Format]string{
	headless.Text: "txt", headless.JSON: "json", headless.CSV: "csv", headless.SQL: "sql", headless.UndoSQL: "undo.sql",
}

// exportPath bounds the name that is typed, in bytes.
const exportPath = 1024

func (w *Export) format() *headless.Format { return headless.Formats()[w.chosen] }

// name is where to write to.
func (w *Export) name() string {
	if w.path != "" {
		return w.path
	}
	return w.Base + "." + exportEndings[w.format()]
}

// Paste types what is pasted.
func (w *Export) Paste(c *pane.Context, text string) { paste(c, w, text) }

// Press chooses the format, types the name, or writes.
func (w *Export) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	formats := len(headless.Formats())
	switch key {
	case "esc":
		return Effect{Close: true}
	case "enter":
		return Effect{Close: true, Export: &ExportRequest{Path: w.name(), Format: w.format(), Rows: w.Choices[w.rows].Rows, By: w}}
	case "tab", "down", "ctrl+n":
		w.chosen = (w.chosen + 1) % formats
	case "shift+tab", "up", "ctrl+p":
		w.chosen = (w.chosen + formats - 1) % formats
	case "left", "right":
		step := 1
		if key == "left" {
			step = len(w.Choices) - 1
		}
		w.rows = (w.rows + step) % len(w.Choices)
	case "backspace", "ctrl+h":
		w.path, _ = typed(w.name(), key, exportPath)
	default: // the first letter takes the place of the name that is proposed
		w.path, _ = typed(w.path, key, exportPath)
		w.follow()
	}
	return Effect{}
}

// follow chooses the format that the name typed ends in.
func (w *Export) follow() {
	for i, format := range headless.Formats() {
		if ending := exportEndings[format]; strings.HasSuffix(w.path, "."+ending) && len(ending) > len(w.ending()) {
			w.chosen = i
		}
	}
}

// ending is that of the format chosen, where the name typed has it.
func (w *Export) ending() string {
	if ending := exportEndings[w.format()]; strings.HasSuffix(w.path, "."+ending) {
		return ending
	}
	return ""
}

// exportWords say what the formats are.
var exportWords = map[*headless.Format]string{
	headless.Text: "text, a line each", headless.JSON: "JSON lines", headless.CSV: "CSV, of one table",
	headless.SQL: "SQL that repeats the changes", headless.UndoSQL: "SQL that undoes them, newest first",
}

// Draw lists the formats, and the name.
func (w *Export) Draw(c *pane.Context, width, height int) []string {
	frame := min(len(headless.Formats())+6+min(len(w.Choices)-1, 1), height)
	box := draw.NewBox(c.Theme, min(66, width), frame, true)
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	var lines []string
	for i, format := range headless.Formats() {
		l := draw.NewLine(box.Inner)
		l.Plain = i == w.chosen
		text := l.Put("", "  ").Cell(c.Theme.Bold, format.Name, 9).Put("", exportWords[format]).String()
		if l.Plain {
			text = string(c.Theme.Reverse) + text + draw.Reset
		}
		lines = append(lines, text)
	}
	name := tail(draw.Safe([]byte(w.name())), box.Inner-10)
	file := draw.NewLine(box.Inner).Put(c.Theme.Dim, " file  ").Put("", name).Put(c.Theme.Focus, "▏").String()
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Dim, " write  ").
		Put(c.Theme.Bold, "tab").Put(c.Theme.Dim, " format  ").Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " cancel  or type a name")
	below := []string{put("", ""), file, put("", ""), hint.String()}
	if len(w.Choices) > 1 {
		which := draw.NewLine(box.Inner).Put(c.Theme.Dim, " rows  ").Put("", w.Choices[w.rows].What).Put(c.Theme.Bold, "  ← →").Put(c.Theme.Dim, " others")
		below = slices.Insert(below, 1, which.String())
	}
	room := max(frame-2-len(below), 1)
	from := max(min(w.chosen-room+1, len(lines)-room), 0)
	return box.Draw("Write "+w.Choices[w.rows].What+" to a file", append(slices.Clone(lines[from:min(from+room, len(lines))]), below...))
}

// Overwrite asks before a file is replaced.
type Overwrite struct{ ExportRequest }

// Press answers.
func (w *Overwrite) Press(_ *pane.Context, key string, _ pane.Action) Effect {
	switch key {
	case "y":
		w.ExportRequest.Overwrite = true
		return Effect{Close: true, Export: &w.ExportRequest}
	case "n", "esc", "q":
		return Effect{Close: true}
	}
	return Effect{}
}

// Draw draws the question.
func (w *Overwrite) Draw(c *pane.Context, width, height int) []string {
	return overwriting(c, w.Path, width, height)
}

// overwriting asks whether a file may go.
func overwriting(c *pane.Context, path string, width, height int) []string {
	box := draw.NewBox(c.Theme, min(66, width), min(5, height), true)
	hint := draw.NewLine(box.Inner).Put("", " ").Put(c.Theme.Bold, "y").Put(c.Theme.Dim, " overwrite it  ").Put(c.Theme.Bold, "n").Put(c.Theme.Dim, " cancel")
	name := draw.NewLine(box.Inner).Put("", " "+draw.Safe([]byte(path))+" is there already.")
	return box.Draw("Overwrite?", []string{name.String(), draw.NewLine(box.Inner).String(), hint.String()})
}
