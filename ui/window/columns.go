package window

import (
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Columns says how the log shows its own columns, and those of a table.
type Columns struct {
	// Table is the one under the cursor, nil for none.
	Table *stream.Table

	chosen, page int
}

// LogColumns are the log's own, which stand before the change.
var LogColumns = []string{"time", "shard", "event", "table", "key"}

// A listedColumn is a line of the window.
type listedColumn struct{ table, name string }

func (w *Columns) list() (list []listedColumn) {
	for _, name := range LogColumns {
		list = append(list, listedColumn{draw.LogTable, name})
	}
	if w.Table != nil {
		for i := range w.Table.Columns {
			list = append(list, listedColumn{draw.TableName(w.Table), w.Table.Columns[i].Name})
		}
	}
	return list
}

// The widths that a column can be given.
const (
	leastWidth = 4
	firstWidth = 24 // of one that had all the room
	mostWidth  = 80 // beyond that, it has all the room again
	widthStep  = 4
)

// Press chooses a column, or shows it otherwise.
func (w *Columns) Press(c *pane.Context, key string, act pane.Action) Effect {
	list := w.list()
	at := list[w.chosen]
	to := c.Columns.Column(at.table, at.name)
	change := func(to draw.Column) Effect {
		return Effect{Columns: &draw.ColumnChange{Table: at.table, Name: at.name, To: to}}
	}
	switch key {
	case "esc", "q", "c":
		return Effect{Close: true}
	case "space", "enter":
		to.Hidden = !to.Hidden
		return change(to)
	case "left", "h", "-":
		to.Hidden = false
		if to.Width -= widthStep; to.Width < 0 {
			if to.Width = firstWidth; at.table == draw.LogTable {
				to.Width = firstWidth / 2 // the log's own are narrow
			}
		}
		to.Width = max(to.Width, leastWidth)
		return change(to)
	case "right", "l", "+":
		if to.Hidden = false; to.Width > 0 {
			to.Width += widthStep
		}
		if to.Width > mostWidth {
			to.Width = 0
		}
		return change(to)
	case "a":
		if at.table != draw.LogTable {
			return Effect{Columns: &draw.ColumnChange{Name: at.name, Everywhere: true, To: to}}
		}
		return Effect{}
	case "r":
		return change(draw.Column{})
	}
	w.chosen = pane.Scrolled(w.chosen, act, w.page, len(list)+w.page-1)
	return Effect{}
}

// columnsFrame is the lines of the window that are no column.
const columnsFrame = 5

// Draw lists the columns.
func (w *Columns) Draw(c *pane.Context, width, height int) []string {
	list := w.list()
	height = min(len(list)+columnsFrame, height)
	box := draw.NewBox(c.Theme, min(72, width), height, true)
	w.page = max(height-columnsFrame+1, 1)
	from := max(min(w.chosen-w.page+1, len(list)-w.page), 0)
	to := min(from+w.page, len(list))
	box.Above, box.Below = from, len(list)-to
	names := 0
	for _, column := range list {
		names = max(names, draw.TextWidth(draw.Safe([]byte(column.name))))
	}
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, w.line(c, list[i], i == w.chosen, min(names, box.Inner/2), box.Inner))
	}
	for len(lines) < height-4 {
		lines = append(lines, draw.NewLine(box.Inner).String())
	}
	title := "Columns of the log"
	if w.Table != nil {
		title += ", and of " + draw.Safe([]byte(draw.TableName(w.Table)))
	}
	return box.Draw(title, append(lines, columnsHint(c.Theme, box.Inner)...))
}

// line is one column, and how it is shown.
func (w *Columns) line(c *pane.Context, column listedColumn, chosen bool, names, width int) string {
	how := c.Columns.Column(column.table, column.name)
	sign, text, style := "●", "", c.Theme.Plain
	switch {
	case how.Hidden:
		sign, text, style = "○", "hidden", c.Theme.Dim
	case how.Width > 0:
		text = "at most " + draw.Count(how.Width) + " wide"
	}
	if _, own := c.Columns.Tables[column.table][column.name]; !own && how != (draw.Column{}) {
		text += ", in every table"
	}
	if column.table == draw.LogTable && text == "" {
		text = "a column of the log"
	}
	l := draw.NewLine(width)
	l.Plain = chosen
	l.Put("", " "+sign+" ").Cell(style, draw.Safe([]byte(column.name)), names).Put(c.Theme.Dim, " "+text)
	if line := l.String(); !chosen {
		return line
	}
	return string(c.Theme.Reverse) + l.String() + draw.Reset
}

// columnsHint says what the keys do.
func columnsHint(theme *draw.Theme, width int) []string {
	line := func(pairs ...string) string {
		l := draw.NewLine(width)
		for pair := range slices.Chunk(pairs, 2) {
			l.Put("", " ").Put(theme.Bold, pair[0]).Put(theme.Dim, " "+pair[1]+" ")
		}
		return l.String()
	}
	return []string{
		line("space", "show or hide", "← →", "narrower, wider", "r", "in full"),
		line("a", "the same in every table", "esc", "close; it is remembered"),
	}
}
