package ui

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// copyQuestion is the window that asks before a copy.
type copyQuestion struct {
	open   bool
	offset int
}

// shardsSized is how many shards are asked for the sizes of their tables: with
// more, the sum would take longer than anyone wants to wait.
const shardsSized = 16

// questionBindings are the keys of the question; help and arrows as elsewhere.
var questionBindings = []pane.Binding{
	{Keys: []string{"enter", "y"}, Action: actApply, Show: "enter", Short: "copy"},
	{Keys: []string{"esc", "n", "q"}, Action: actClose, Show: "esc", Short: "leave"},
}

var questionActions = pane.ByKey(questionBindings)

// askForQuestion asks for the sizes that the question shows, shard by shard.
func (m *Model) askForQuestion() tea.Cmd {
	if !m.ask.open || m.options.Inquirer == nil || m.asking.now {
		return nil
	}
	for i := range m.options.Copy.Shards {
		if i == shardsSized {
			break
		}
		if cmd := m.askSizes(&m.options.Copy.Shards[i]); cmd != nil {
			return cmd
		}
	}
	return nil
}

// answer does what a key says to the question.
func (m *Model) answer(key tea.KeyPressMsg) tea.Cmd {
	m.dirty = true
	switch questionActions[key.String()] {
	case actApply:
		m.ask.open = false
		m.options.Copy.Begin()
		return nil
	case actClose:
		return tea.Quit
	}
	act := actionOf[key.String()]
	if cmd := m.always(act); cmd != nil {
		return cmd
	}
	m.ask.offset = pane.Scrolled(m.ask.offset, act, m.questionRoom(), len(m.copySizes()))
	return nil
}

// A copySize is what one table of a keyspace has to copy, over its shards.
type copySize struct {
	keyspace, table string
	size            stream.TableSize
	shards, of      int // that have told their size, and that there are
}

// copySizes gives the tables to copy, the largest first.
func (m *Model) copySizes() []copySize {
	var sizes []copySize
	for keyspace, tables := range m.options.Copy.Tables {
		for _, table := range tables {
			sizes = append(sizes, m.copySize(keyspace, table))
		}
	}
	slices.SortFunc(sizes, func(a, b copySize) int {
		return cmp.Or(cmp.Compare(b.size.Bytes, a.size.Bytes), cmp.Compare(a.keyspace, b.keyspace), cmp.Compare(a.table, b.table))
	})
	return sizes
}

func (m *Model) copySize(keyspace, table string) copySize {
	c := copySize{keyspace: keyspace, table: table}
	for _, shard := range m.options.Copy.Shards {
		if shard.Keyspace != keyspace {
			continue
		}
		c.of++
		if size, known := m.Facts.Sizes[shard.String()][table]; known {
			c.shards++
			c.size.Rows += size.Rows
			c.size.Bytes += size.Bytes
		}
	}
	return c
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
const copyCost = "It reads whole tables, and locks each for a moment to take a snapshot."

// questionFrame is the lines of the window that are no table.
const questionFrame = 9

// questionRoom is how many tables the window has room for.
func (m *Model) questionRoom() int {
	return max(min(len(m.copySizes()), m.height-questionFrame), 1)
}

// drawQuestion lays the window over the screen.
func (m *Model) drawQuestion(screen string) string {
	sizes := m.copySizes()
	width, room := min(76, m.width), m.questionRoom()
	m.ask.offset = max(min(m.ask.offset, len(sizes)-room), 0)
	cost := len(draw.Wrap(copyCost, width-3))
	box := draw.NewBox(m.Theme, width, min(room+questionFrame-2+cost, m.height), true)
	box.Above, box.Below = m.ask.offset, max(len(sizes)-room-m.ask.offset, 0)
	put := func(s draw.Style, text string) string {
		return draw.NewLine(box.Inner).Put("", " ").Put(s, text).String()
	}
	lines := []string{put(m.Theme.Bold, m.copyTotal(sizes)), put("", "")}
	if len(sizes) == 0 {
		lines = append(lines, put(m.Theme.Dim, "VTGate does not tell which tables those are"))
	}
	names := 0
	for _, c := range sizes {
		names = max(names, draw.TextWidth(m.copyTitle(&c)))
	}
	for _, c := range sizes[m.ask.offset:min(m.ask.offset+room, len(sizes))] {
		l := draw.NewLine(box.Inner).Put("", " ").Cell(m.Theme.Accent, m.copyTitle(&c), min(names, box.Inner/2))
		lines = append(lines, l.Put("", " "+c.text()).String())
	}
	lines = append(lines, put("", ""))
	for _, part := range draw.Wrap(copyCost, box.Inner-1) {
		lines = append(lines, put(m.Theme.Warn, part))
	}
	lines = append(lines, put("", ""), m.questionKeys(box.Inner))
	window := box.Draw("Copy?", lines)
	return overlay(screen, joinLines(window), (m.width-width)/2, (m.height-len(window))/2)
}

// copyTitle names a table, with its keyspace where there are several.
func (m *Model) copyTitle(c *copySize) string {
	if len(m.options.Copy.Tables) > 1 {
		return draw.Safe([]byte(c.keyspace + "." + c.table))
	}
	return draw.Safe([]byte(c.table))
}

// copyTotal says how much it is in all.
func (m *Model) copyTotal(sizes []copySize) string {
	total := copySize{}
	for _, c := range sizes {
		total.size.Rows += c.size.Rows
		total.size.Bytes += c.size.Bytes
		total.shards, total.of = total.shards+c.shards, total.of+c.of
	}
	text := draw.Plural(uint64(len(sizes)), "table") + " of " + draw.Plural(uint64(len(m.options.Copy.Shards)), "shard")
	if total.shards > 0 {
		text += fmt.Sprintf(": about %s, %s", draw.Plural(total.size.Rows, "row"), draw.Size(int(total.size.Bytes)))
	}
	if total.shards > 0 && total.shards < total.of {
		text += " as far as is known"
	}
	return text
}

func (m *Model) questionKeys(width int) string {
	l := draw.NewLine(width)
	for _, b := range questionBindings {
		l.Put("", " ").Put(m.Theme.Bold, b.Show).Put(m.Theme.Dim, " "+b.Short+" ")
	}
	return l.String()
}
