package tables

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A step is one of a table's history: a statement, or the version seen after it.
type step struct {
	at   time.Time
	text string
}

// history is how the table has changed, oldest first.
func (p *Pane) history(c *pane.Context, e *entry) (steps []step) {
	for _, s := range p.statements(c, e.name) {
		text := draw.Safe(draw.Clip([]byte(s.text), draw.ValueLimit))
		steps = append(steps, step{s.at, shardNames(s.shards) + ": " + text})
	}
	var before *stream.Table
	for i := range e.state.Versions {
		v := &e.state.Versions[i]
		text := draw.Plural(uint64(len(v.Columns)), "column")
		if before != nil {
			text = strings.Join(differences(before, v.Table), "; ")
		}
		if before = v.Table; text == "" {
			continue // told in other words
		}
		steps = append(steps, step{v.Seen, fmt.Sprintf("%s: version %d: %s", draw.Safe([]byte(v.Shard.Name)), v.Version, text)})
	}
	slices.SortStableFunc(steps, func(a, b step) int { return a.at.Compare(b.at) })
	return steps
}

// A statement is a DDL, which each shard carries out for itself.
type statement struct {
	at     time.Time // when the first shard told of it
	text   string
	shards []*stream.Shard
}

// statements are those about a table.
func (p *Pane) statements(c *pane.Context, name tableName) (list []statement) {
	for i := range c.DDLs {
		e := &c.DDLs[i]
		if e.Shard == nil || e.Shard.Keyspace != name.keyspace || !p.names.has(e.Statement, name.table) {
			continue
		}
		at := slices.IndexFunc(list, func(s statement) bool { return s.text == e.Statement && !slices.Contains(s.shards, e.Shard) })
		if at < 0 {
			list = append(list, statement{at: e.Arrived, text: e.Statement})
			at = len(list) - 1
		}
		list[at].shards = append(list[at].shards, e.Shard)
	}
	return list
}

// shardsNamed is how many shards are named one by one.
const shardsNamed = 4

func shardNames(shards []*stream.Shard) string {
	if len(shards) > shardsNamed {
		return draw.Plural(uint64(len(shards)), "shard")
	}
	var names []string
	for _, s := range shards {
		names = append(names, draw.Safe([]byte(s.Name)))
	}
	return strings.Join(names, ", ")
}

// ddlNames remembers which statements are about which tables: they are parsed once.
type ddlNames map[[2]string]bool

// namesKept bounds what is remembered.
const namesKept = 4096

func (n *ddlNames) has(text, table string) bool {
	key := [2]string{text, table}
	about, known := (*n)[key]
	if known {
		return about
	}
	if *n == nil || len(*n) == namesKept {
		*n = ddlNames{}
	}
	about = filter.DDLNames(text, table)
	(*n)[key] = about
	return about
}
