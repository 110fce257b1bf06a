package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/window"
)

// catalogMsg is what VTGate has.
type catalogMsg struct {
	shards map[string][]string
	err    error
}

// tablesMsg is what a keyspace has.
type tablesMsg struct {
	keyspace string
	tables   []string
	err      error
}

// picker is the window that asks what to stream, in place of so many rows.
func picker(p *Picks, first bool, where string, kept int) *window.Picker {
	w := &window.Picker{Positions: p.Positions, Now: p.Now, First: first}
	w.Command = func(s window.Selection) string { return p.Command(s, where) }
	if kept > 0 {
		w.Kept = draw.Plural(uint64(kept), "row")
	}
	return w
}

// takeCatalog takes over what VTGate has.
func takeCatalog(c *pane.Catalog, message catalogMsg) {
	if c.Known = true; message.err != nil {
		c.Err = strings.ReplaceAll(message.err.Error(), "\n", " ")
		return
	}
	c.Shards, c.Tables = message.shards, map[string][]string{}
}

// askAbout is the next question of the window that asks what to stream: what there is, then
// the tables of each keyspace, then the sizes of those that are looked at.
func (q *questions) askAbout(w *window.Picker, c *pane.Context, inquirer Inquirer) func(context.Context) tea.Msg {
	if !c.Facts.Catalog.Known && !q.catalog {
		q.catalog = true
		return func(ctx context.Context) tea.Msg {
			shards, err := inquirer.Shards(ctx)
			return catalogMsg{shards, err}
		}
	}
	for _, keyspace := range c.Facts.Catalog.Keyspaces() {
		if q.tables[keyspace] {
			continue
		}
		q.tables[keyspace] = true
		return func(ctx context.Context) tea.Msg {
			tables, err := inquirer.Tables(ctx, keyspace)
			return tablesMsg{keyspace, tables, err}
		}
	}
	for i, shard := range w.Wanted(c) {
		if i == shardsSized {
			break
		}
		if q.sizes[shard.String()] {
			continue
		}
		q.sizes[shard.String()] = true
		return func(ctx context.Context) tea.Msg { return sizesOf(ctx, inquirer, &shard) }
	}
	return nil
}

// sizesOf asks a shard for the sizes of its tables.
func sizesOf(ctx context.Context, inquirer Inquirer, shard *stream.Shard) tea.Msg {
	tables, err := inquirer.Sizes(ctx, shard.Keyspace, shard.Name)
	if err != nil {
		tables = nil
	}
	return sizesMsg{shard.String(), tables}
}

// upperPicker is the window that asks what to stream, nil where it is not open.
func upperPicker(windows []window.Window) *window.Picker {
	i := slices.IndexFunc(windows, func(w window.Window) bool { _, is := w.(*window.Picker); return is })
	if i < 0 {
		return nil
	}
	return windows[i].(*window.Picker)
}
