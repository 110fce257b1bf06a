package shards

import (
	"cmp"
	"slices"
	"time"

	"vtscope/stream"
)

// An order is one in which the shards can be shown: the greatest first.
type order struct {
	name string
	key  func(now time.Time, s *stream.ShardState) float64
}

// orders are those that somebody can ask for; without one, the shards stand by key
// range, or the most troubled first where not all have room. By name is by key range,
// too, by trouble is the most troubled first; neither has a key.
var orders = []order{
	{"name", nil},
	{byTrouble, nil},
	{"behind", func(_ time.Time, s *stream.ShardState) float64 { return float64(s.Standing.Behind) }},
	{"lag", func(now time.Time, s *stream.ShardState) float64 {
		lag, _, known := s.LagAt(now)
		if !known {
			return -1
		}
		return float64(lag)
	}},
	{"rate", func(now time.Time, s *stream.ShardState) float64 { return s.Rate.PerSecond(now) }},
	{"age of the last event", func(now time.Time, s *stream.ShardState) float64 { return float64(now.Sub(s.LastEvent)) }},
}

const byTrouble = "trouble"

// ordered gives the shards in the order that was asked for. They come by key range.
func (m *drawing) ordered(list []*stream.ShardState) []*stream.ShardState {
	type keyed struct {
		shard *stream.ShardState
		key   float64
	}
	by := orders[m.by-1]
	var sorted []*stream.ShardState
	switch {
	case by.key != nil:
		all := make([]keyed, len(list))
		for i, s := range list {
			all[i] = keyed{s, by.key(m.Now, s)}
		}
		slices.SortStableFunc(all, func(a, b keyed) int { return cmp.Compare(b.key, a.key) })
		for i := range all {
			sorted = append(sorted, all[i].shard)
		}
	case by.name == byTrouble:
		sorted = m.worstFirst(list)
	default:
		sorted = slices.Clone(list)
	}
	if m.upside {
		slices.Reverse(sorted)
	}
	return sorted
}

// nextOrder asks for the next order, after the last for that without one.
func (p *Pane) nextOrder() (name string) {
	p.upside = false
	if p.by = (p.by + 1) % (len(orders) + 1); p.by == 0 {
		return "key range, or what is worst where not all have room"
	}
	return orders[p.by-1].name
}
