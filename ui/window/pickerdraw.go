package window

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// pickerFrame is the lines of the window that are no item.
const pickerFrame = 9

// Draw lists what there is, where to begin, and the command line.
func (w *Picker) Draw(c *pane.Context, width, height int) []string {
	list := w.list(c)
	tail := w.tail(c, min(96, width)-2)
	frame := pickerFrame
	if height < 2*pickerFrame { // no blank lines where lines are few
		tail, frame = []string{tail[1], tail[2], tail[4]}, frame-3
	}
	height = min(max(len(list), 3)+frame, height)
	box := draw.NewBox(c.Theme, min(96, width), height, true)
	w.page = max(height-frame, 1)
	from := max(min(w.chosen-w.page+1, len(list)-w.page), 0)
	to := min(from+w.page, len(list))
	box.Above, box.Below = from, len(list)-to
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	query := draw.NewLine(box.Inner).Put(c.Theme.Dim, " find  ").Put("", draw.Safe([]byte(w.query)))
	if !w.typing {
		query.Put(c.Theme.Focus, "▏")
	}
	lines := []string{query.String()}
	if frame == pickerFrame {
		lines = append(lines, put("", ""))
	}
	for i := from; i < to; i++ {
		lines = append(lines, w.line(c, list[i], i == w.chosen, box.Inner))
	}
	if len(list) == 0 {
		lines = append(lines, put(c.Theme.Dim, w.nothing(c)))
	}
	for len(lines) < height-2-len(tail) {
		lines = append(lines, put("", ""))
	}
	title := "What to stream"
	if w.Kept != "" {
		title += ", in place of the " + w.Kept + " kept"
	}
	return box.Draw(title, append(lines, tail...))
}

// tail is where to begin, the command line, and the keys.
func (w *Picker) tail(c *pane.Context, width int) []string {
	selection, _ := w.selection(c)
	from := draw.NewLine(width).Put(c.Theme.Dim, " from  ").Put(c.Theme.Bold, draw.Safe([]byte(w.starts()[w.start].word)))
	if w.typing {
		from.Put(c.Theme.Focus, "▏")
	}
	if selection.From == "copy" {
		from.Put(c.Theme.Warn, "  "+w.cost(c))
	}
	hint := draw.NewLine(width)
	for _, pair := range [][2]string{{"enter", "begin"}, {"space", "pick"}, {"→ ←", "shards, tables"}, {"tab", "from where"}, {"esc", w.leave()}} {
		hint.Put("", " ").Put(c.Theme.Bold, pair[0]).Put(c.Theme.Dim, " "+pair[1]+" ")
	}
	command := ""
	if w.Command != nil {
		command = w.Command(selection)
	}
	if w.asked {
		hint = draw.NewLine(width).Put("", " ").Put(c.Theme.Bold, "enter").Put(c.Theme.Warn, " again: begin the copy  ").
			Put(c.Theme.Bold, "esc").Put(c.Theme.Dim, " no")
	}
	blank := draw.NewLine(width).String()
	same := draw.NewLine(width).Put(c.Theme.Dim, " same  ").Put("", draw.Safe([]byte(command)))
	return []string{blank, from.String(), same.String(), blank, hint.String()}
}

func (w *Picker) leave() string {
	if w.First {
		return "quit"
	}
	return "back"
}

// nothing says why nothing is listed.
func (w *Picker) nothing(c *pane.Context) string {
	switch catalog := &c.Facts.Catalog; {
	case catalog.Err != "":
		return "VTGate does not tell what it has (" + draw.Safe([]byte(catalog.Err)) + "): type KEYSPACE or KEYSPACE:SHARD"
	case !catalog.Known:
		return "asking VTGate what it has …"
	case w.query != "":
		return "nothing has such a name; enter takes it as it is typed"
	}
	return "VTGate has no keyspace"
}

// line is one item, with how much it is.
func (w *Picker) line(c *pane.Context, item pickItem, chosen bool, width int) string {
	l := draw.NewLine(width)
	l.Plain = chosen
	mark := "  "
	if w.picked[item] {
		mark = "● "
	}
	name, style, fold := item.keyspace, c.Theme.Bold, "▸ "
	switch {
	case item.shard != "":
		name, style, fold = item.shard, c.Theme.Accent, "  "
	case item.table != "":
		name, style, fold = item.table, c.Theme.Plain, "  "
	case w.open[item.keyspace] || w.query != "":
		fold = "▾ "
	}
	if w.query != "" {
		name, fold = item.text(), ""
	} else if item.shard != "" || item.table != "" {
		fold = "    "
	}
	l.Put("", " ").Put(c.Theme.Changed, mark).Put(c.Theme.Dim, fold)
	l.Cell(style, draw.Safe([]byte(name)), max(width/2-l.Width, 8))
	l.Put(c.Theme.Dim, amount(c, item))
	if text := l.String(); !chosen {
		return text
	}
	return string(c.Theme.Reverse) + l.String() + draw.Reset
}

// amount says how much an item is, as far as that is known.
func amount(c *pane.Context, item pickItem) string {
	catalog := &c.Facts.Catalog
	switch {
	case item.shard != "":
		return "shard"
	case item.table != "":
		size, known := sizeOf(c, item)
		if !known {
			return "table"
		}
		return "table  ~" + draw.Plural(size.Rows, "row") + ", ~" + draw.Size(int(size.Bytes))
	}
	text := draw.Plural(uint64(len(catalog.Shards[item.keyspace])), "shard")
	if tables, known := catalog.Tables[item.keyspace]; known {
		text += ", " + draw.Plural(uint64(len(tables)), "table")
	}
	if size, known := sizeOf(c, item); known {
		text += ", ~" + draw.Size(int(size.Bytes))
	}
	return text
}

// sizeOf is how large a table is, or all of a keyspace, over the shards that have told.
func sizeOf(c *pane.Context, item pickItem) (sum stream.TableSize, known bool) {
	add := func(size stream.TableSize) {
		sum.Rows, sum.Bytes, known = sum.Rows+size.Rows, sum.Bytes+size.Bytes, true
	}
	for _, shard := range c.Facts.Catalog.Shards[item.keyspace] {
		sizes := c.Facts.Sizes[item.keyspace+"/"+shard]
		switch size, has := sizes[item.table]; {
		case item.shard != "" && item.shard != shard:
		case has:
			add(size)
		case item.table == "":
			for _, size := range sizes {
				add(size)
			}
		}
	}
	return sum, known
}

// cost says what a copy of what is selected reads.
func (w *Picker) cost(c *pane.Context) string {
	selection, _ := w.selection(c)
	var sum stream.TableSize
	known := false
	for _, target := range selection.Targets {
		keyspace, shard, _ := strings.Cut(target, ":")
		tables := selection.Tables
		if len(tables) == 0 {
			tables = []string{""} // all
		}
		for _, table := range tables {
			size, is := sizeOf(c, pickItem{keyspace, shard, table})
			sum.Rows, sum.Bytes, known = sum.Rows+size.Rows, sum.Bytes+size.Bytes, known || is
		}
	}
	if !known {
		return "how much that is is not known"
	}
	return "reads ~" + draw.Plural(sum.Rows, "row") + ", ~" + draw.Size(int(sum.Bytes))
}
