package ui

import (
	"slices"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// shownOrder gives the shards in the order in which they are on screen: by key
// range, or the most troubled first where not all have room.
func (m *Model) shownOrder() []*stream.ShardState {
	if m.panel.shown != nil {
		return m.panel.shown
	}
	m.panel.shown = m.shardOrder()
	switch form, height := m.panelForm(m.panelSpace()); {
	case form == formHeat, form == formList && len(m.panel.shown) > height-1:
		m.panel.shown = m.worstFirst(m.panel.shown)
	}
	return m.panel.shown
}

// panelSpace is the space that the shards' part shares with the log.
func (m *Model) panelSpace() int {
	if m.zoomed && m.focus == paneShards {
		return m.height - 2
	}
	return m.height - 4
}

// chosenShard is the shard under the cursor: the one that was chosen, or the
// first; nil without shards. It stays the same shard when the order changes.
func (m *Model) chosenShard() *stream.ShardState {
	order := m.shownOrder()
	if len(order) == 0 {
		return nil
	}
	return order[m.chosenIn(order)]
}

func (m *Model) chosenIn(order []*stream.ShardState) int {
	return max(slices.IndexFunc(order, func(s *stream.ShardState) bool { return s.Shard == m.panel.chosen }), 0)
}

// cursorShard is the shard under the cursor while the cursor is to be seen,
// else nil.
func (m *Model) cursorShard() *stream.ShardState {
	if m.focus == paneShards || m.details.open && m.details.stream {
		return m.chosenShard()
	}
	return nil
}

// pinShard keeps the cursor on the shard that it is on, whatever the order.
func (m *Model) pinShard() {
	if s := m.chosenShard(); s != nil {
		m.panel.chosen = s.Shard
	}
}

// moveShard moves the cursor among the shards.
func (m *Model) moveShard(act pane.Action) {
	order := m.shownOrder()
	if len(order) == 0 {
		return
	}
	at, across, page := m.chosenIn(order), 1, max(m.panel.room, 1)
	if form, _ := m.panelForm(m.panelSpace()); form == formPanes {
		_, across = m.paneGrid(len(order))
		page = len(order)
	}
	steps := map[pane.Action]int{
		pane.ActUp: -across, pane.ActDown: across, pane.ActLeft: -1, pane.ActRight: 1, pane.ActHalfUp: -max(page/2, 1), pane.ActHalfDown: max(page/2, 1),
		pane.ActPageUp: -page, pane.ActPageDown: page, pane.ActTop: -len(order), pane.ActFollow: len(order),
	}
	to := at + steps[act]
	if across > 1 && (act == pane.ActUp || act == pane.ActDown) && (to < 0 || to >= len(order)) {
		return
	}
	m.panel.chosen = order[min(max(to, 0), len(order)-1)].Shard
	if m.details.stream {
		m.details.offset, m.details.chosen = 0, 0
	}
}

// scrollTo keeps the cursor among the lines of a list, of which there is room
// for some.
func (p *shardPanel) scrollTo(chosen, room, shards int) {
	p.room = room
	p.offset = min(p.offset, chosen)
	p.offset = max(min(p.offset, shards-room), chosen-room+1, 0)
}
