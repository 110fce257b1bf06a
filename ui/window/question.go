package window

import (
	"cmp"
	"fmt"
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A Copy is what the user is asked about before it begins.
type Copy struct {
	// Shards are those to copy, Tables the tables by keyspace; none where VTGate
	// does not tell.
	Shards []stream.Shard
	Tables map[string][]string
	// Begin lets the stream begin; it is called once.
	Begin func()
}

// A Question asks before a copy.
type Question struct {
	*Copy
	offset, page, listed int // of the tables
}

// questionBindings are the keys of the question; help and arrows as elsewhere.
var questionBindings = []pane.Binding{
	{Keys: []string{"enter", "y"}, Action: pane.ActApply, Show: "enter", Short: "copy"},
	{Keys: []string{"esc", "n", "q"}, Action: pane.ActClose, Show: "esc", Short: "cancel"},
}

var questionActions = pane.NewKeys(questionBindings, nil)

// A copySize is what one table of a keyspace has to copy, over its shards.
type copySize struct {
	keyspace, table string
	size            stream.TableSize
	shards, of      int // that have told their size, and that there are
}

// sizes gives the tables to copy, the largest first.
func (q *Question) sizes(c *pane.Context) []copySize {
	var sizes []copySize
	for keyspace, tables := range q.Tables {
		for _, table := range tables {
			sizes = append(sizes, q.size(c, keyspace, table))
		}
	}
	slices.SortFunc(sizes, func(a, b copySize) int {
		return cmp.Or(cmp.Compare(b.size.Bytes, a.size.Bytes), cmp.Compare(a.keyspace, b.keyspace), cmp.Compare(a.table, b.table))
	})
	return sizes
}

func (q *Question) size(c *pane.Context, keyspace, table string) copySize {
	s := copySize{keyspace: keyspace, table: table}
	for _, shard := range q.Shards {
		if shard.Keyspace != keyspace {
			continue
		}
		s.of++
		if size, known := c.Facts.Sizes[shard.String()][table]; known {
			s.shards++
			s.size.Rows += size.Rows
			s.size.Bytes += size.Bytes
		}
	}
	return s
}

// text writes the size; what some shards have not told is said.
func (c *copySize) text() string {
	if c.shards == 0 {
		return "size not known"
	}
	text := fmt.Sprintf("~%s, ~%s", draw.Plural(c.size.Rows, "row"), draw.Size(int(c.size.Bytes)))
	if c.shards < c.of {
		text += fmt.Sprintf(" on %d of %d shards", c.shards, c.of)
	}
	return text
}

// copyCost is what a copy does to the shards
// (go/vt/vttablet/tabletserver/vstreamer/snapshot_conn.go).
const copyCost = "This reads whole tables, and briefly locks each one to take a snapshot."

// questionFrame is the lines of the window that are no table.
const questionFrame = 9

// Press scrolls, or answers.
func (q *Question) Press(_ *pane.Context, key string, act pane.Action) Effect {
	switch questionActions.Action(key) {
	case pane.ActApply:
		q.Begin()
		return Effect{Close: true}
	case pane.ActClose:
		return Effect{Quit: true}
	}
	q.offset = pane.Scrolled(q.offset, act, q.page, q.listed)
	return Effect{}
}

// Draw draws the question, with as many tables as there is room for.
func (q *Question) Draw(c *pane.Context, width, height int) []string {
	sizes := q.sizes(c)
	q.listed, q.page = len(sizes), max(min(len(sizes), height-questionFrame), 1)
	q.offset = max(min(q.offset, len(sizes)-q.page), 0)
	width = min(76, width)
	cost := draw.Wrap(copyCost, width-3)
	box := draw.NewBox(c.Theme, width, min(q.page+questionFrame-2+len(cost), height), true)
	box.Above, box.Below = q.offset, max(len(sizes)-q.page-q.offset, 0)
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	lines := append([]string{put(c.Theme.Bold, q.total(sizes)), put("", "")}, q.tables(c.Theme, sizes, box.Inner)...)
	lines = append(lines, put("", ""))
	for _, part := range cost {
		lines = append(lines, put(c.Theme.Warn, part))
	}
	return box.Draw("Copy?", append(lines, put("", ""), questionKeys(c.Theme, box.Inner)))
}

// tables are the lines of the tables in sight.
func (q *Question) tables(theme *draw.Theme, sizes []copySize, width int) (lines []string) {
	if len(sizes) == 0 {
		return []string{draw.NewLine(width).Put("", " ").Put(theme.Dim, "VTGate does not tell which tables those are").String()}
	}
	names := 0
	for _, s := range sizes {
		names = max(names, draw.TextWidth(q.title(&s)))
	}
	for _, s := range sizes[q.offset:min(q.offset+q.page, len(sizes))] {
		l := draw.NewLine(width).Put("", " ").Cell(theme.Accent, q.title(&s), min(names, width/2))
		lines = append(lines, l.Put("", " "+s.text()).String())
	}
	return lines
}

// title names a table, with its keyspace where there are several.
func (q *Question) title(c *copySize) string {
	if len(q.Tables) > 1 {
		return draw.Safe([]byte(c.keyspace + "." + c.table))
	}
	return draw.Safe([]byte(c.table))
}

// total says how much it is in all.
func (q *Question) total(sizes []copySize) string {
	total := copySize{}
	for _, c := range sizes {
		total.size.Rows += c.size.Rows
		total.size.Bytes += c.size.Bytes
		total.shards, total.of = total.shards+c.shards, total.of+c.of
	}
	text := draw.Plural(uint64(len(sizes)), "table") + " in " + draw.Plural(uint64(len(q.Shards)), "shard")
	if total.shards > 0 {
		text += fmt.Sprintf(": about %s, %s", draw.Plural(total.size.Rows, "row"), draw.Size(int(total.size.Bytes)))
	}
	if total.shards > 0 && total.shards < total.of {
		text += " as far as is known"
	}
	return text
}

func questionKeys(theme *draw.Theme, width int) string {
	l := draw.NewLine(width)
	for _, b := range questionBindings {
		l.Put("", " ").Put(theme.Bold, b.Show).Put(theme.Dim, " "+b.Short+" ")
	}
	return l.String()
}
