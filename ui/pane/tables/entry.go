package tables

import (
	"vtscope/stream"
	"vtscope/ui/pane"
)

// An entry is what is known of a table.
type entry struct {
	name  tableName
	state *stream.TableState
	kept  uint64  // rows in the buffer
	rate  float64 // row changes a second
	size  size
}

// A size is what MySQL believes the shards' tables to hold, as far as they have been
// asked.
type size struct {
	stream.TableSize
	known, shards int // how many shards have answered, of how many
}

// isWhole reports whether it is of all shards.
func (s *size) isWhole() bool { return s.known > 0 && s.known == s.shards }

// newest is the table as it was told of last.
func (e *entry) newest() *stream.Table { return e.state.Versions[len(e.state.Versions)-1].Table }

// changes is how many row changes have come.
func (e *entry) changes() (sum uint64) {
	for kind := stream.Copy; kind.IsRow(); kind++ {
		sum += e.state.Rows(kind).Total
	}
	return sum
}

// gather puts together what is known of the tables.
func (p *Pane) gather(c *pane.Context) []entry {
	p.kept = c.Latest.RowsOf(p.kept)
	sizes, shards := sizesAsked(c)
	entries := p.entries[:0]
	for i := range c.ByTable {
		t := &c.ByTable[i]
		e := entry{name: tableName{t.Keyspace, t.Name}, state: t, rate: t.PerSecond(c.Now)}
		for j := range t.Versions {
			if id := int(t.Versions[j].ID); id <= len(p.kept) && !isAgain(t.Versions[:j], t.Versions[j].Table) {
				e.kept += p.kept[id-1]
			}
		}
		e.size.shards = shards[t.Keyspace]
		for _, tables := range sizes[t.Keyspace] {
			if s, has := tables[t.Name]; has {
				e.size.Rows, e.size.Bytes, e.size.known = e.size.Rows+s.Rows, e.size.Bytes+s.Bytes, e.size.known+1
			}
		}
		entries = append(entries, e)
	}
	return entries
}

// isAgain reports whether a version stands in a list already.
func isAgain(before []stream.TableVersion, t *stream.Table) bool {
	for i := range before {
		if before[i].Table == t {
			return true
		}
	}
	return false
}

// sizesAsked gives, by keyspace, the sizes that shards have told, and how many shards
// there are. Those that a reshard has replaced hold nothing of their own.
func sizesAsked(c *pane.Context) (sizes map[string][]map[string]stream.TableSize, shards map[string]int) {
	sizes, shards = map[string][]map[string]stream.TableSize{}, map[string]int{}
	for i := range c.Shards {
		s := &c.Shards[i]
		if s.Phase == stream.Closed {
			continue
		}
		shards[s.Shard.Keyspace]++
		if tables := c.Facts.Sizes[s.Shard.String()]; tables != nil {
			sizes[s.Shard.Keyspace] = append(sizes[s.Shard.Keyspace], tables)
		}
	}
	return sizes, shards
}
