package ui

import (
	"cmp"
	"slices"

	"vtscope/stream"
)

// shardPanel is where the shards' part of the screen stands.
type shardPanel struct {
	chosen *stream.Shard // under the cursor; nil before it moves
	offset int           // shards scrolled past, in the list
	room   int           // shards that the list had room for when it was drawn last
}

// A panelForm is a way to show the shards. Few shards have a pane each; more
// are a list, a line each; many are a heat map, a character each, over the list
// of the most troubled.
type panelForm int

const (
	formNone panelForm = iota
	formPanes
	formList
	formHeat
)

const (
	paneHeight = 5 // a shard's pane with its frame
	paneWidth  = 28
)

// panelForm chooses the form and its height for a space in lines. The log keeps
// more than half of it.
func (m *Model) panelForm(space int) (panelForm, int) {
	n := len(m.shards)
	limit := space * 2 / 5
	if m.zoomed && m.focus == paneShards {
		limit = space
	}
	if n == 0 || limit < 2 {
		return formNone, 0
	}
	if rows, _ := m.paneGrid(n); rows*paneHeight <= limit {
		return formPanes, rows * paneHeight
	}
	if n+1 <= limit || limit < 5 {
		return formList, min(n+1, limit)
	}
	return formHeat, limit
}

// paneGrid says how n panes are laid out: as few rows as their width allows,
// and as even as can be.
func (m *Model) paneGrid(n int) (rows, across int) {
	across = max(m.width/paneWidth, 1)
	rows = (n + across - 1) / across
	return rows, (n + rows - 1) / rows
}

func (m *Model) panelHeight(space int) int {
	_, height := m.panelForm(space)
	return height
}

// drawShards draws the shards in exactly so many lines.
func (m *Model) drawShards(height int) []string {
	if height <= 0 {
		return nil
	}
	var lines []string
	switch form, _ := m.panelForm(m.panelSpace()); form {
	case formPanes:
		lines = m.shardPanes()
	case formList:
		lines = m.shardList(height, m.shownOrder())
	case formHeat:
		lines = m.heatMap(height)
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines[:height]
}

// shardOrder gives the shards by keyspace, as their key ranges go: those that
// take over from a closed one stand under it.
func (m *Model) shardOrder() []*stream.ShardState {
	order := make([]*stream.ShardState, len(m.shards))
	for i := range m.shards {
		order[i] = &m.shards[i]
	}
	slices.SortFunc(order, compareShards)
	return order
}

func compareShards(a, b *stream.ShardState) int {
	if c := cmp.Compare(a.Shard.Keyspace, b.Shard.Keyspace); c != 0 {
		return c
	}
	if c := compareRanges(a.Shard.Name, b.Shard.Name); c != 0 {
		return c
	}
	return cmp.Compare(closed(b), closed(a))
}

func closed(s *stream.ShardState) int {
	if s.Phase == stream.Closed {
		return 1
	}
	return 0
}

// compareRanges orders shard names by where their key ranges begin: "-80"
// before "80-", although "8" sorts after "-".
func compareRanges(a, b string) int {
	return cmp.Compare(rangeStart(a), rangeStart(b))
}

func rangeStart(name string) string {
	for i := range len(name) {
		if name[i] == '-' {
			return name[:i]
		}
	}
	return name
}

// phase is a shard's phase in words, with the table that a copy is at.
func (m *Model) phase(s *stream.ShardState) (string, style) {
	text, look := m.phaseText(s)
	if m.summary.State != stream.Streaming {
		look = m.theme.dim // it was so when the stream broke
	}
	return text, look
}
