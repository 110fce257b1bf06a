package shards

import (
	"cmp"
	"slices"
	"strings"

	"vtscope/stream"
)

// A form is a way to show the shards. Few shards have a pane each; more
// are a list, a line each; many are a heat map, a character each, over the list
// of the most troubled.
type form int

const (
	formNone form = iota
	formPanes
	formList
	formHeat
)

const (
	paneHeight = 5 // a shard's pane with its frame
	paneWidth  = 28
)

// form chooses the form and its height for the room. The log keeps more than half
// of it.
func (m *drawing) form() (form, int) {
	space := m.room.Height
	n := len(m.Shards)
	limit := space * 2 / 5
	if m.room.Whole {
		limit = space
	}
	if n == 0 || limit < 2 {
		return formNone, 0
	}
	form, height := formHeat, limit
	if rows, _ := m.paneGrid(n); rows*paneHeight <= limit {
		form, height = formPanes, rows*paneHeight
	} else if n+1 <= limit || limit < 5 {
		form, height = formList, min(n+1, limit)
	}
	if m.narrow != "" && !m.room.Whole {
		return m.narrowForm(len(m.shardOrder()), height), height
	}
	return form, height
}

// narrowForm is the form of fewer shards in the height of all: what is below stays where
// it is. A line of it says that they are fewer.
func (m *drawing) narrowForm(n, height int) form {
	if rows, _ := m.paneGrid(max(n, 1)); n > 0 && rows*paneHeight < height {
		return formPanes
	}
	if n+2 <= height || height < 6 {
		return formList
	}
	return formHeat
}

// paneGrid says how n panes are laid out: as few rows as their width allows,
// and as even as can be.
func (m *drawing) paneGrid(n int) (rows, across int) {
	across = max(m.room.Width/paneWidth, 1)
	rows = (n + across - 1) / across
	return rows, (n + rows - 1) / rows
}

// drawNow draws the shards in exactly so many lines.
func (m *drawing) drawNow(height int) (drawn []string) {
	if height <= 0 {
		return nil
	}
	var lines []string
	if whole := height; m.bodyHeight(whole) < whole {
		height = m.bodyHeight(whole)
		defer func() { drawn = append(drawn, m.narrowNote())[:whole] }()
	}
	switch form, _ := m.form(); form {
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

// bodyHeight is the height without the line that says that not all are shown.
func (m *drawing) bodyHeight(height int) int {
	if m.narrow != "" && height > 2 {
		return height - 1
	}
	return height
}

// shardAt is the shard that stands at a place of the pane, by its place in an order; -1
// for none.
func (m *drawing) shardAt(x, y int) (int, []*stream.ShardState) {
	switch form, height := m.form(); form {
	case formPanes:
		order := m.shardOrder()
		_, across := m.paneGrid(len(order))
		column := 0
		for column < across-1 && x >= m.room.Width*(column+1)/across {
			column++
		}
		return y/paneHeight*across + column, order
	case formList:
		return m.offset + y - 1, m.shownOrder()
	case formHeat:
		order := m.shardOrder()
		rows, each := m.heatGrid(m.bodyHeight(height), len(order))
		switch width := m.room.Width - 2; {
		case y < 1:
		case y > rows:
			return m.offset + y - rows - 2, m.shownOrder()
		case x >= 1 && x <= width:
			return ((y-1)*width + x - 1) * each, order
		}
	}
	return -1, nil
}

// shardOrder gives the shards by keyspace, as their key ranges go. Those that
// take over from a closed one stand under it.
func (m *drawing) shardOrder() []*stream.ShardState {
	if m.order == nil {
		m.order = m.narrowed(inOrder(m.Shards))
	}
	return m.order
}

func inOrder(shards []stream.ShardState) []*stream.ShardState {
	var open, closed []*stream.ShardState
	for i := range shards {
		if s := &shards[i]; s.Phase == stream.Closed {
			closed = append(closed, s)
		} else {
			open = append(open, s)
		}
	}
	slices.SortFunc(open, compareShards)
	slices.SortFunc(closed, compareShards)
	order := make([]*stream.ShardState, 0, len(shards))
	for _, s := range open {
		for len(closed) > 0 && standsAbove(closed[0], s) {
			order, closed = append(order, closed[0]), closed[1:]
		}
		order = append(order, s)
	}
	return append(order, closed...)
}

func compareShards(a, b *stream.ShardState) int {
	return cmp.Or(
		cmp.Compare(a.Shard.Keyspace, b.Shard.Keyspace),
		cmp.Compare(rangeStart(a.Shard.Name), rangeStart(b.Shard.Name)),
	)
}

// standsAbove reports whether a closed shard comes before an open one: it begins
// no later, or has gone into it.
func standsAbove(closed, open *stream.ShardState) bool {
	return compareShards(closed, open) <= 0 ||
		closed.Shard.Keyspace == open.Shard.Keyspace && contains(open.Shard.Name, closed.Shard.Name)
}

// rangeStart is where a shard's key range begins, "" for the least key. The
// name of one that is not sharded is no range.
func rangeStart(name string) string {
	start, _, sharded := strings.Cut(name, "-")
	if !sharded {
		return ""
	}
	return start
}

func rangeEnd(name string) string {
	_, end, _ := strings.Cut(name, "-")
	return end
}

// contains reports whether a shard's key range lies within another's.
func contains(outer, inner string) bool {
	outerEnd, innerEnd := rangeEnd(outer), rangeEnd(inner)
	return rangeStart(outer) <= rangeStart(inner) && (outerEnd == "" || innerEnd != "" && innerEnd <= outerEnd)
}
