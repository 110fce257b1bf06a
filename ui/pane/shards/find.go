package shards

import (
	"slices"
	"strings"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// First puts the cursor on the shard that is meant best by the text, and reports whether
// there is one: by its name, by how that begins, by a part of it, or by a keyspace ID in
// hex that lies in the shard's range.
func (p *Pane) First(c *pane.Context, text string) bool {
	before := p.chosen
	p.chosen = nil
	found := p.find(c, text, true, isNamed, beginsName, hasInName, hasInRange)
	if !found {
		p.chosen = before
	}
	return found
}

// Next puts the cursor on the next shard that is meant by the text, or on the one before,
// and reports whether there is one.
func (p *Pane) Next(c *pane.Context, text string, down bool) bool {
	return p.find(c, text, down, hasInName, hasInRange)
}

// find goes to the next shard that is meant in the first of the ways in which one is.
func (p *Pane) find(c *pane.Context, text string, down bool, ways ...func(*stream.Shard, string) bool) bool {
	m := &drawing{c, p}
	order := m.shownOrder()
	text = strings.ToLower(strings.TrimSpace(text))
	if len(order) == 0 || text == "" {
		return false
	}
	for _, means := range ways {
		at := slices.IndexFunc(order, func(s *stream.ShardState) bool { return s.Shard == p.chosen })
		for range order {
			if at++; !down {
				at += 2*len(order) - 2
			}
			if at %= len(order); means(order[at].Shard, text) {
				p.chosen = order[at].Shard
				return true
			}
		}
	}
	return false
}

func isNamed(s *stream.Shard, text string) bool {
	return strings.EqualFold(s.Name, text) || strings.EqualFold(s.String(), text)
}

func beginsName(s *stream.Shard, text string) bool {
	return strings.HasPrefix(strings.ToLower(s.Name), text)
}

func hasInName(s *stream.Shard, text string) bool {
	return strings.Contains(strings.ToLower(s.String()), text)
}

// hasInRange reports whether a keyspace ID lies in a shard's range. Ends are compared as
// bytes are, from the left.
func hasInRange(s *stream.Shard, text string) bool {
	id := strings.TrimPrefix(text, "0x")
	if id == "" || strings.Trim(id, "0123456789abcdef") != "" || !strings.Contains(s.Name, "-") {
		return false
	}
	end := rangeEnd(s.Name)
	return rangeStart(s.Name) <= id && (end == "" || id < end)
}
