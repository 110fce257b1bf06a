package capture

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"vtscope/stream"
)

// columns are those that the rows of a shard's table have from some place on.
type columns struct {
	of    shardTable
	event string // an encoded binlogdatapb.FieldEvent, without the shard
	frame uint64 // the number of the frame that told of them, within the recording
}

type shardTable struct{ keyspace, shard, table string }

// columnsOf takes them from a record of Kind Columns.
func columnsOf(r *stream.Record) columns {
	return columns{of: shardTable{r.Shard.Keyspace, r.Shard.Name, r.Table.Name}, event: r.Table.FieldEvent()}
}

// definitions are the columns of all tables, by which a reader that begins in the middle
// reads rows.
type definitions struct {
	events  []string // each once
	numbers map[string]int
	now     map[shardTable]int
	uses    []use // where they have changed, in order
}

// Known are the columns that the tables of a stream have. It belongs to the stream's
// goroutine.
type Known struct{ columns definitions }

// Take takes note of a record of Kind Columns, and of no other.
func (k *Known) Take(r *stream.Record) {
	if r.Kind == stream.Columns {
		k.columns.take(columnsOf(r), 0)
	}
}

// Clone gives those of now.
func (k *Known) Clone() *Known {
	return &Known{definitions{events: slices.Clone(k.columns.events), numbers: maps.Clone(k.columns.numbers), now: maps.Clone(k.columns.now)}}
}

// A use says which columns a shard's table has from a block on.
type use struct {
	block int
	of    shardTable
	event int
}

// take takes columns that came in a block.
func (d *definitions) take(c columns, block int) {
	number, known := d.numbers[c.event]
	if !known {
		number = len(d.events)
		d.events = append(d.events, c.event)
		d.numbers = with(d.numbers, c.event, number)
	}
	if before, known := d.now[c.of]; known && before == number {
		return
	}
	d.now = with(d.now, c.of, number)
	d.uses = append(d.uses, use{block, c.of, number})
}

// begin forgets where columns came, for a file in which all of them come at the start.
func (d *definitions) begin() {
	now := d.now
	*d = definitions{events: d.events, numbers: d.numbers, now: now}
	for _, of := range slices.SortedFunc(maps.Keys(now), shardTable.compare) {
		d.uses = append(d.uses, use{0, of, now[of]})
	}
}

// frame gives a frame that tells of the columns as they were before a block, nil where
// there were none.
func (d *definitions) frame(block int, at time.Time) []byte {
	last := map[shardTable]int{}
	for _, u := range d.uses {
		if u.block >= block {
			break
		}
		last[u.of] = u.event
	}
	if len(last) == 0 {
		return nil
	}
	frame := stream.NewColumnsFrame(at)
	for _, of := range slices.SortedFunc(maps.Keys(last), shardTable.compare) {
		frame.Add(of.keyspace, of.shard, d.events[last[of]])
	}
	return frame.Bytes()
}

func (t shardTable) compare(o shardTable) int {
	return cmp.Or(cmp.Compare(t.keyspace, o.keyspace), cmp.Compare(t.shard, o.shard), cmp.Compare(t.table, o.table))
}
