package graph

import (
	"cmp"
	"slices"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A series is what is counted over time.
type series struct {
	name   string // safe
	style  draw.Style
	counts []uint32 // of the spans on screen, oldest first
	rate   float64  // changes a second, lately
	term   string   // what a filter says of it, "" for all changes
}

// span is the time that one count is of, and how many of them there are.
type span struct {
	word   string
	length time.Duration
	counts int
}

var spans = []span{
	{"the last minute", time.Second, 60},
	{"the last 15 minutes", stream.TenSeconds * time.Second, 90},
}

// A grouping is what the series are of.
type grouping struct {
	word   string
	gather func(p *Pane, c *pane.Context) []series
}

var groupings = []grouping{{"event", byEvent}, {"table", byTable}, {"shard", byShard}}

// eventKinds are the kinds of row changes.
var eventKinds = []stream.Kind{stream.Copy, stream.Insert, stream.Update, stream.Delete}

// gather gives all changes, and then the series, the busiest first.
func (p *Pane) gather(c *pane.Context) []series {
	list := groupings[p.by].gather(p, c)
	slices.SortStableFunc(list, func(a, b series) int { return cmp.Or(cmp.Compare(total(&b), total(&a)), cmp.Compare(a.name, b.name)) })
	return append([]series{p.counted("all changes", c.Theme.Accent, "", c.Now, &c.Summary.Rate)}, list...)
}

// counted makes a series of the counts of some rates together.
func (p *Pane) counted(name string, style draw.Style, term string, now time.Time, rates ...*stream.Rate) series {
	s := series{name: name, style: style, term: term, counts: make([]uint32, spans[p.span].counts)}
	for _, rate := range rates {
		s.rate += rate.PerSecond(now)
		history := rate.History
		if p.span > 0 {
			history = rate.LongHistory
		}
		for i, n := range history(nil, now, len(s.counts)) {
			s.counts[i] += n
		}
	}
	return s
}

func byEvent(p *Pane, c *pane.Context) (list []series) {
	for _, kind := range eventKinds {
		var rates []*stream.Rate
		seen := uint64(0)
		for i := range c.ByTable {
			rates, seen = append(rates, &c.ByTable[i].Rows(kind).Rate), seen+c.ByTable[i].Rows(kind).Total
		}
		if kind != stream.Copy || seen > 0 {
			term, _ := filter.MetaTerm("_event", &stream.Record{Kind: kind})
			list = append(list, p.counted(kind.String(), c.Theme.Kinds[kind], term, c.Now, rates...))
		}
	}
	return list
}

func byTable(p *Pane, c *pane.Context) (list []series) {
	several := c.SeveralKeyspaces()
	for i := range c.ByTable {
		t := &c.ByTable[i]
		var rates []*stream.Rate
		for _, kind := range eventKinds {
			rates = append(rates, &t.Rows(kind).Rate)
		}
		name := t.Name
		r := &stream.Record{Kind: stream.Insert, Table: t.Versions[0].Table, Shard: t.Versions[0].Shard}
		term, _ := filter.MetaTerm("_table", r)
		if several {
			name = t.Keyspace + "." + name
			keyspace, _ := filter.MetaTerm("_keyspace", r)
			term = filter.And(term, keyspace)
		}
		list = append(list, p.counted(draw.Safe([]byte(name)), c.Theme.Accent, term, c.Now, rates...))
	}
	return list
}

func byShard(p *Pane, c *pane.Context) (list []series) {
	several := c.SeveralKeyspaces()
	for i := range c.Shards {
		s := &c.Shards[i]
		r := &stream.Record{Kind: stream.Insert, Shard: s.Shard}
		term, _ := filter.MetaTerm("_shard", r)
		if several {
			keyspace, _ := filter.MetaTerm("_keyspace", r)
			term = filter.And(term, keyspace)
		}
		list = append(list, p.counted(draw.ShardName(s.Shard, several), c.Theme.Accent, term, c.Now, &s.Rate))
	}
	return list
}

func total(s *series) (sum uint64) {
	for _, n := range s.counts {
		sum += uint64(n)
	}
	return sum
}

func highest(counts []uint32) (n uint32) {
	for _, count := range counts {
		n = max(n, count)
	}
	return n
}
