package shards

import "vtscope/ui/pane"

// Click puts the cursor on a shard.
func (p *Pane) Click(c *pane.Context, x, y int) (hit, again bool) {
	m := &drawing{c, p}
	i, order := m.shardAt(x, y)
	if i < 0 || i >= len(order) {
		return false, false
	}
	again = m.chosenShard() == order[i]
	p.chosen = order[i].Shard
	return true, again
}
