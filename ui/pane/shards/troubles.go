package shards

import (
	"cmp"
	"slices"

	"vtscope/stream"
)

// shardSigns are the troubles as the heat map writes them. A shard that streams
// has a block there, which says how busy it is.
var shardSigns = [stream.Troubles]string{
	stream.IsStalled: "!", stream.IsAhead: "+", stream.IsBehind: "-", stream.IsLagging: "~", stream.IsWaiting: "w",
	stream.IsCopying: "c", stream.IsQuiet: "?", stream.IsStreaming: "▒", stream.IsCaughtUp: "·", stream.IsClosed: "x",
}

// worstFirst puts the shards in the order of how bad things are.
func (m *drawing) worstFirst(order []*stream.ShardState) []*stream.ShardState {
	type ranked struct {
		shard   *stream.ShardState
		trouble stream.Trouble
		amount  uint64
	}
	all := make([]ranked, len(order))
	for i, s := range order {
		trouble, amount := s.Trouble(m.Now)
		all[i] = ranked{s, trouble, amount}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.trouble, a.trouble), cmp.Compare(b.amount, a.amount))
	})
	sorted := make([]*stream.ShardState, len(all))
	for i := range all {
		sorted[i] = all[i].shard
	}
	return sorted
}
