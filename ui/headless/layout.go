package headless

import (
	"time"

	"vtscope/stream"
)

// layouts keeps what is the same in many lines, made once: the bytes that name
// a shard, a table and its columns. The texts depend on the format.
type layouts struct {
	makeShard func(*stream.Shard) []byte
	makeTable func(*stream.Table) *layout

	shards    map[*stream.Shard][]byte
	tables    map[*stream.Table]*layout
	lastShard *stream.Shard
	shard     []byte
	lastTable *stream.Table
	table     *layout
}

// layout is what all rows of a table version share.
type layout struct {
	table   []byte   // names the table
	columns [][]byte // names each column

	computed []bool // SQL: MySQL computes the column
	clocked  []bool // SQL: MySQL sets the column to its own time in an UPDATE that does not

	order   []int  // CSV: the column of each in the header
	refused string // SQL: why no statement can be about the table, "" where it can
}

// ofShard gives the bytes that name a shard, none for nil.
func (l *layouts) ofShard(s *stream.Shard) []byte {
	if s == l.lastShard && l.shards != nil {
		return l.shard
	}
	text, ok := l.shards[s]
	if !ok {
		if l.shards == nil {
			l.shards = map[*stream.Shard][]byte{}
		}
		text = l.makeShard(s)
		l.shards[s] = text
	}
	l.lastShard, l.shard = s, text
	return text
}

// ofTable gives the layout of a table version.
func (l *layouts) ofTable(t *stream.Table) *layout {
	if t == l.lastTable {
		return l.table
	}
	made, ok := l.tables[t]
	if !ok {
		if l.tables == nil {
			l.tables = map[*stream.Table]*layout{}
		}
		made = l.makeTable(t)
		l.tables[t] = made
	}
	l.lastTable, l.table = t, made
	return made
}

// forget drops what is known of tables, to be made anew.
func (l *layouts) forget() {
	clear(l.tables)
	l.lastTable, l.table = nil, nil
}

// clock prints Unix seconds as RFC 3339 in UTC; rows of one second are many.
type clock struct {
	second int64
	text   []byte
}

func (c *clock) append(dst []byte, second int64) []byte {
	if len(c.text) == 0 || second != c.second {
		c.second, c.text = second, time.Unix(second, 0).UTC().AppendFormat(c.text[:0], time.RFC3339)
	}
	return append(dst, c.text...)
}

// images takes the images of a row apart, into slices that are used again.
type images struct {
	before, after       []stream.Value
	hasBefore, hasAfter bool
	// unresolved says that a document after the change is not known, because it
	// came as a change of one that is not.
	unresolved bool
}

func (i *images) read(r *stream.Record) {
	before, after := r.Images()
	i.before, i.after = before.Values(i.before[:0]), after.Values(i.after[:0])
	i.hasBefore, i.hasAfter = before.Exists(), after.Exists()
	i.unresolved = i.hasAfter && !stream.ResolvePartialJSON(i.before, i.after)
}

// key gives the value of a key column: the one after the change, or before it
// where the change left none.
func (i *images) key(column int) stream.Value {
	if column < len(i.after) && i.after[column].State != stream.Absent {
		return i.after[column]
	}
	if column < len(i.before) {
		return i.before[column]
	}
	return stream.Value{State: stream.Absent}
}

// last gives what a column holds after the change, or held before a delete. A
// column that the image after a change leaves out has not changed.
func (i *images) last(c *stream.Column, column int) stream.Value {
	if i.hasAfter && (shows(i.after[column]) || i.unresolved && c.Class == stream.ClassJSON) {
		return i.after[column]
	}
	return i.key(column)
}
