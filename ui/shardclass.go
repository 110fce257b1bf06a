package ui

import (
	"cmp"
	"slices"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// A shardClass says what a shard does, or what is worst about it. Every shard
// is in one, so that the counts of the classes add up.
type shardClass int

// The classes, from the best to the worst.
const (
	classClosed shardClass = iota
	classCaughtUp
	classStreaming
	classQuiet // silent, and whether anything is missing is not known
	classCopying
	classWaiting
	classLagging
	classBehind
	classAhead
	classStalled

	shardClasses // the number of them
)

// shardSigns are the classes as the heat map writes them. A shard that streams
// has a block there, which says how busy it is.
var shardSigns = [shardClasses]struct{ sign, word string }{
	classStalled:   {"!", "stalled"},
	classAhead:     {"+", "ahead"},
	classBehind:    {"-", "behind"},
	classLagging:   {"~", "lagging"},
	classWaiting:   {"w", "waiting"},
	classCopying:   {"c", "copying"},
	classQuiet:     {"?", "quiet"},
	classStreaming: {"▒", "streaming"},
	classCaughtUp:  {"·", "caught up"},
	classClosed:    {"x", "closed"},
}

// class says which class a shard is in now.
func (m *Model) class(s *stream.ShardState) shardClass {
	standing := &s.Standing
	switch {
	case s.Phase == stream.Closed:
		return classClosed
	case standing.Stalled:
		return classStalled
	case standing.Ahead > 0:
		return classAhead
	case s.Phase == stream.Copying:
		return classCopying
	case m.isBehind(s):
		return classBehind
	case s.Phase == stream.Waiting:
		return classWaiting
	case m.caughtUp(s):
		return classCaughtUp
	case m.quiet(s) && !standing.Known():
		return classQuiet
	}
	if d, _, known := m.lagNow(s); known && d >= lateFrom && !m.quiet(s) {
		return classLagging
	}
	return classStreaming
}

// badness orders the shards of one class: transactions behind or ahead, or
// nanoseconds of lag. It is 0 in the classes that have no worse and better,
// where the shards keep their order, so that the list does not dance.
func (m *Model) badness(s *stream.ShardState, class shardClass) uint64 {
	switch class {
	case classStalled, classBehind:
		return s.Standing.Behind
	case classAhead:
		return s.Standing.Ahead
	case classLagging:
		d, _, _ := m.lagNow(s)
		return uint64(d)
	}
	return 0
}

// worstFirst puts the shards in the order of how bad things are.
func (m *Model) worstFirst(order []*stream.ShardState) []*stream.ShardState {
	type ranked struct {
		shard *stream.ShardState
		class shardClass
		bad   uint64
	}
	all := make([]ranked, len(order))
	for i, s := range order {
		class := m.class(s)
		all[i] = ranked{s, class, m.badness(s, class)}
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.class, a.class), cmp.Compare(b.bad, a.bad))
	})
	sorted := make([]*stream.ShardState, len(all))
	for i := range all {
		sorted[i] = all[i].shard
	}
	return sorted
}

// classStyle is the colour of a class.
func (m *Model) classStyle(class shardClass) draw.Style {
	switch class {
	case classStalled, classAhead:
		return m.Theme.Bad
	case classBehind, classLagging, classWaiting:
		return m.Theme.Warn
	case classCopying:
		return m.Theme.Kinds[stream.Copy]
	case classStreaming:
		return m.Theme.Good
	}
	return m.Theme.Dim
}
