package window

import (
	"slices"
	"strings"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// A Selection is what to stream, as it is typed on a command line.
type Selection struct {
	Targets, Tables []string
	// From is copy, @FILE, or "" for the position of the moment.
	From string
	// Sure says that the user has been told what a copy costs, and wants it.
	Sure bool
}

// Picker asks what to stream, and from where on.
type Picker struct {
	// Command writes the command line that streams the same.
	Command func(Selection) string
	// Positions are files with positions, the newest first.
	Positions []string
	// Now is what is streamed: it is picked at first.
	Now Selection
	// First says that nothing is streamed yet: there is nothing to go back to. Otherwise
	// Kept is what the choice lets go of, as "1,234 rows".
	First bool
	Kept  string

	query  string
	chosen int // among what is listed
	page   int
	picked map[pickItem]bool
	open   map[string]bool // keyspaces whose shards and tables are listed
	start  int             // among starts
	file   string          // that was typed for a position
	typing bool            // the file's name is typed
	asked  bool            // whether a copy is to begin
}

// A pickItem is a keyspace, one of its shards, or one of its tables.
type pickItem struct{ keyspace, shard, table string }

// text is what the item is found by.
func (i pickItem) text() string {
	switch {
	case i.shard != "":
		return i.keyspace + ":" + i.shard
	case i.table != "":
		return i.keyspace + "." + i.table
	}
	return i.keyspace
}

// list gives what is listed: keyspaces, with shards and tables where one is open, or what
// the query finds of all.
func (w *Picker) list(c *pane.Context) (items []pickItem) {
	catalog := &c.Facts.Catalog
	if w.open == nil && len(catalog.Shards) == 1 {
		w.open = map[string]bool{catalog.Keyspaces()[0]: true}
	}
	if w.picked == nil && catalog.Known {
		w.pickNow()
	}
	for _, keyspace := range catalog.Keyspaces() {
		items = append(items, pickItem{keyspace: keyspace})
		if w.query == "" && !w.open[keyspace] {
			continue
		}
		for _, shard := range catalog.Shards[keyspace] {
			items = append(items, pickItem{keyspace: keyspace, shard: shard})
		}
		for _, table := range catalog.Tables[keyspace] {
			items = append(items, pickItem{keyspace: keyspace, table: table})
		}
	}
	if w.query == "" {
		return items
	}
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = item.text()
	}
	found := make([]pickItem, 0, len(items))
	for _, i := range find(w.query, texts) {
		found = append(found, items[i])
	}
	return found
}

// pickNow picks what is streamed.
func (w *Picker) pickNow() {
	w.picked = map[pickItem]bool{}
	for _, target := range w.Now.Targets {
		target, _, _ = strings.Cut(target, "@")
		keyspace, shard, _ := strings.Cut(target, ":")
		if shard != "" || len(w.Now.Tables) == 0 {
			w.picked[pickItem{keyspace: keyspace, shard: shard}] = true
		}
		for _, table := range w.Now.Tables {
			w.picked[pickItem{keyspace: keyspace, table: table}] = true
		}
	}
}

// A start is where the stream can begin.
type start struct {
	from, word string
	typed      bool // the file is typed
}

func (w *Picker) starts() []start {
	list := []start{{"", "now", false}, {"copy", "a copy of the tables, then their changes", false}}
	for _, path := range w.Positions {
		list = append(list, start{"@" + path, "the position in " + path, false})
	}
	return append(list, start{"@" + w.file, "the position in a file: " + w.file, true})
}

// selection is what is picked; without that, what is under the cursor, or what is typed.
func (w *Picker) selection(c *pane.Context) (s Selection, is bool) {
	var items []pickItem
	for item := range w.picked {
		items = append(items, item)
	}
	if list := w.list(c); len(items) == 0 && len(list) > 0 {
		items = append(items, list[min(w.chosen, len(list)-1)])
	}
	slices.SortFunc(items, func(a, b pickItem) int { return strings.Compare(a.text(), b.text()) })
	s.From = w.starts()[w.start].from
	if len(items) == 0 {
		s.Targets = strings.Fields(w.query)
		return s, len(s.Targets) > 0
	}
	s.Targets, s.Tables = targets(items)
	return s, true
}

// targets are the targets and tables of some items. Tables count for all targets, so what is
// picked whole leaves none.
func targets(items []pickItem) (targets, tables []string) {
	whole, shards, tabled := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, item := range items {
		switch {
		case item.shard != "":
			shards[item.keyspace] = true
		case item.table != "":
			tabled[item.keyspace] = true
		default:
			whole[item.keyspace] = true
		}
	}
	all := len(whole) > 0
	for keyspace := range shards {
		all = all || !tabled[keyspace]
	}
	for _, item := range items {
		target := item.text()
		switch {
		case item.shard != "" && whole[item.keyspace]:
			continue
		case item.table != "":
			if target = item.keyspace; !all && !slices.Contains(tables, item.table) {
				tables = append(tables, item.table)
			}
			if shards[item.keyspace] {
				continue
			}
		}
		if !slices.Contains(targets, target) {
			targets = append(targets, target)
		}
	}
	return targets, tables
}

// Paste types what is pasted.
func (w *Picker) Paste(c *pane.Context, text string) { paste(c, w, text) }

// Wanted are the shards whose tables' sizes are shown: of the keyspaces that are open, or
// picked.
func (w *Picker) Wanted(c *pane.Context) (shards []stream.Shard) {
	for _, keyspace := range c.Facts.Catalog.Keyspaces() {
		picked := w.open[keyspace]
		for item := range w.picked {
			picked = picked || item.keyspace == keyspace
		}
		if !picked {
			continue
		}
		for _, shard := range c.Facts.Catalog.Shards[keyspace] {
			shards = append(shards, stream.Shard{Keyspace: keyspace, Name: shard})
		}
	}
	return shards
}

// pickerQuery bounds what is typed, in bytes.
const pickerQuery = 256

// Press types, picks, or begins.
func (w *Picker) Press(c *pane.Context, key string, _ pane.Action) Effect {
	if w.typing {
		return w.pressFile(c, key)
	}
	list, asked := w.list(c), w.asked
	w.asked = false
	switch key {
	case "esc":
		if asked {
			return Effect{}
		}
		if w.query == "" {
			return Effect{Close: true, Quit: w.First}
		}
		w.query, w.chosen = "", 0
	case "enter":
		return w.begin(c, asked)
	case "up", "ctrl+p":
		w.chosen--
	case "down", "ctrl+n":
		w.chosen++
	case "pgup":
		w.chosen -= w.page
	case "pgdown":
		w.chosen += w.page
	case "tab", "shift+tab":
		starts := w.starts()
		step := 1
		if key == "shift+tab" {
			step = len(starts) - 1
		}
		w.start = (w.start + step) % len(starts)
		w.typing = w.starts()[w.start].typed
	case "space":
		w.pick(list)
	case "right", "left":
		w.unfold(list, key == "right")
	default:
		if text, is := typed(w.query, key, pickerQuery); is {
			w.query, w.chosen = text, 0
		}
	}
	w.chosen = max(min(w.chosen, len(w.list(c))-1), 0)
	return Effect{}
}

// begin begins with what is selected. A copy that lets go of a stream is asked about here:
// afterwards there would be nothing to go back to.
func (w *Picker) begin(c *pane.Context, asked bool) Effect {
	selection, is := w.selection(c)
	if selection.From == "@" {
		w.typing = true // the file's name is wanted
	}
	if !is || w.typing && w.file == "" {
		return Effect{}
	}
	if selection.Sure = asked; selection.From == "copy" && !w.First && !asked {
		w.asked = true
		return Effect{}
	}
	return Effect{Selection: &selection}
}

// pressFile types the name of a file with a position.
func (w *Picker) pressFile(c *pane.Context, key string) Effect {
	switch key {
	case "enter":
		if w.file == "" {
			return Effect{}
		}
		return w.begin(c, false)
	case "esc":
		w.start, w.typing = 0, false
	case "tab", "shift+tab", "up", "down":
		w.typing = false
		return w.Press(c, key, "")
	default:
		w.file, _ = typed(w.file, key, exportPath)
	}
	return Effect{}
}

// pick picks what is under the cursor, or takes it back; the cursor goes on.
func (w *Picker) pick(list []pickItem) {
	if len(list) == 0 {
		return
	}
	if w.picked == nil {
		w.picked = map[pickItem]bool{}
	}
	item := list[w.chosen]
	if w.picked[item] {
		delete(w.picked, item)
	} else {
		w.picked[item] = true
	}
	w.chosen++
}

// unfold lists the shards and tables of a keyspace, or no longer.
func (w *Picker) unfold(list []pickItem, open bool) {
	if len(list) == 0 {
		return
	}
	if w.open == nil {
		w.open = map[string]bool{}
	}
	keyspace := list[w.chosen].keyspace
	w.open[keyspace] = open
	if w.query == "" {
		w.chosen = slices.Index(list, pickItem{keyspace: keyspace})
	}
}
