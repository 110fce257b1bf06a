package shards

import (
	"slices"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// shownOrder gives the shards in the order in which they are on screen: that which was
// asked for, or by key range, or the most troubled first where not all have room.
func (m *drawing) shownOrder() []*stream.ShardState {
	if m.shown != nil {
		return m.shown
	}
	m.shown = m.shardOrder()
	if m.by > 0 {
		m.shown = m.ordered(m.shown)
		return m.shown
	}
	switch form, height := m.form(); {
	case form == formHeat, form == formList && len(m.shown) > m.bodyHeight(height)-1:
		m.shown = m.steady(m.worstFirst(m.shown))
	}
	return m.shown
}

// steady keeps the order in which the shards stood when the pane got the keys: lines do not
// move under the cursor.
func (m *drawing) steady(list []*stream.ShardState) []*stream.ShardState {
	if !m.room.Focused {
		m.frozen = nil
		return list
	}
	states := make(map[*stream.Shard]*stream.ShardState, len(list))
	for _, s := range list {
		states[s.Shard] = s
	}
	same := len(m.frozen) == len(list)
	for _, shard := range m.frozen {
		same = same && states[shard] != nil
	}
	if !same {
		m.frozen = m.frozen[:0]
		for _, s := range list {
			m.frozen = append(m.frozen, s.Shard)
		}
		return list
	}
	for i, shard := range m.frozen {
		list[i] = states[shard]
	}
	return list
}

// chosenShard is the shard under the cursor: the one that was chosen, or the
// first; nil without shards. It stays the same shard when the order changes.
func (m *drawing) chosenShard() *stream.ShardState {
	order := m.shownOrder()
	if len(order) == 0 {
		return nil
	}
	return order[m.chosenIn(order)]
}

func (m *drawing) chosenIn(order []*stream.ShardState) int {
	return max(slices.IndexFunc(order, func(s *stream.ShardState) bool { return s.Shard == m.chosen }), 0)
}

// cursorShard is the shard under the cursor while the cursor is to be seen,
// else nil.
func (m *drawing) cursorShard() *stream.ShardState {
	if m.room.Focused || m.room.Detailed {
		return m.chosenShard()
	}
	return nil
}

// move moves the cursor among the shards, and reports whether it did.
func (m *drawing) move(act pane.Action) bool {
	order := m.shownOrder()
	if len(order) == 0 {
		return false
	}
	at, across, page := m.chosenIn(order), 1, max(m.listed, 1)
	switch form, height := m.form(); {
	case form == formPanes:
		_, across = m.paneGrid(len(order))
		page = len(order)
	case form == formHeat && m.walk(act, height):
		return true
	}
	steps := map[pane.Action]int{
		pane.ActUp: -across, pane.ActDown: across, pane.ActLeft: -1, pane.ActRight: 1, pane.ActHalfUp: -max(page/2, 1), pane.ActHalfDown: max(page/2, 1),
		pane.ActWheelUp: -pane.WheelLines, pane.ActWheelDown: pane.WheelLines,
		pane.ActPageUp: -page, pane.ActPageDown: page, pane.ActTop: -len(order), pane.ActFollow: len(order),
	}
	to := at + steps[act]
	if across > 1 && (act == pane.ActUp || act == pane.ActDown) && (to < 0 || to >= len(order)) {
		return false
	}
	m.chosen = order[min(max(to, 0), len(order)-1)].Shard
	return true
}

// walk moves the cursor over the heat map, sideways by a sign or by a row of them, and
// reports whether the key does.
func (m *drawing) walk(act pane.Action, height int) bool {
	order := m.shardOrder()
	_, each := m.heatGrid(m.bodyHeight(height), len(order))
	row := each * (m.room.Width - 2)
	steps := map[pane.Action]int{pane.ActLeft: -each, pane.ActRight: each, pane.ActFarLeft: -row, pane.ActFarRight: row}
	if steps[act] == 0 {
		return false
	}
	to := m.chosenIn(order)/each*each + steps[act]
	m.chosen = order[min(max(to, 0), len(order)-1)].Shard
	return true
}

// scrollTo keeps the cursor among the lines of a list, of which there is room
// for some.
func (p *Pane) scrollTo(chosen, room, shards int) {
	p.listed = room
	p.offset = min(p.offset, chosen)
	p.offset = max(min(p.offset, shards-room), chosen-room+1, 0)
}
