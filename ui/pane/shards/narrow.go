package shards

import (
	"slices"
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Narrow shows only the shards that a text means: those that have it in their names, or
// else those in whose range it lies as a keyspace ID in hex; all for "".
func (p *Pane) Narrow(text string) {
	p.narrow = strings.ToLower(strings.TrimSpace(text))
	p.order, p.shown, p.offset = nil, nil, 0
}

// Widen shows all shards again, and reports whether it had not.
func (p *Pane) Widen() bool {
	narrowed := p.narrow != ""
	p.Narrow("")
	return narrowed
}

// narrowed are the shards that are shown.
func (p *Pane) narrowed(all []*stream.ShardState) []*stream.ShardState {
	if p.narrow == "" {
		return all
	}
	for _, means := range []func(*stream.Shard, string) bool{hasInName, hasInRange} {
		others := func(s *stream.ShardState) bool { return !means(s.Shard, p.narrow) }
		if list := slices.DeleteFunc(slices.Clone(all), others); len(list) > 0 {
			return list
		}
	}
	return nil
}

// narrowNote says which shards are shown, the last line while not all are.
func (m *drawing) narrowNote() string {
	l := draw.NewLine(m.room.Width).Put("", " ").Put(m.Theme.Warn, draw.Count(len(m.shardOrder()))+" of "+draw.Count(len(m.Shards))+" shards")
	l.Put(m.Theme.Dim, ", those with "+draw.Safe([]byte(m.narrow)))
	if m.room.Focused {
		l.Put(m.Theme.Dim, " · "+m.Keys.Key(pane.ActBack)+" shows all")
	}
	return l.String()
}
