package stream

import (
	"bytes"

	"google.golang.org/protobuf/encoding/protowire"
)

// Only says which shards and tables of a recording are taken: what VTGate leaves out of a
// live stream that asks for less, a replay leaves out itself.
type Only interface {
	TakesShard(keyspace, shard string) bool
	Takes(keyspace, shard, table string) bool
}

// onlyFrames takes out of frames what is not taken, before anything else sees them. It
// belongs to one goroutine.
type onlyFrames struct {
	Only
	taken map[string]bool // by keyspace, shard and table, joined by zeros; a shard has no table
	key   []byte
}

// Tags of what names the shard and the table of an event.
const (
	tagFields     = 6<<3 | wireBytes // of binlogdatapb.VEvent
	tagOfKeyspace = 3<<3 | wireBytes // of binlogdatapb.RowEvent and FieldEvent
	tagOfShard    = 4<<3 | wireBytes
	tagOfTable    = 1<<3 | wireBytes
	tagAtShard    = 1<<3 | wireBytes // of binlogdatapb.VGtid, its ShardGtids
	tagAtKeyspace = 1<<3 | wireBytes // of these
	tagAtName     = 2<<3 | wireBytes
)

// takes is Only's answer, remembered; without a table, for the shard.
func (o *onlyFrames) takes(keyspace, shard, table []byte) bool {
	o.key = append(append(append(append(append(o.key[:0], keyspace...), 0), shard...), 0), table...)
	taken, known := o.taken[string(o.key)]
	if !known {
		if len(table) > 0 {
			taken = o.Takes(string(keyspace), string(shard), string(table))
		} else {
			taken = o.TakesShard(string(keyspace), string(shard))
		}
		o.taken[string(o.key)] = taken
	}
	return taken
}

// frame gives an encoded vtgatepb.VStreamResponse without what is not taken: the same one
// where all is, an empty one where nothing is. What cannot be read stays, to be told of.
func (o *onlyFrames) frame(b []byte) []byte {
	var out []byte
	changed := false
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return b
		}
		kept := b[i:next]
		if tag == tagEvent {
			if body, same := o.event(b[next-int(value) : next]); !same {
				if !changed {
					out, changed = append(make([]byte, 0, len(b)), b[:i]...), true
				}
				kept = nil
				if body != nil {
					out = protowire.AppendBytes(append(out, tagEvent), body)
				}
			}
		}
		if changed {
			out = append(out, kept...)
		}
		i = next
	}
	if changed {
		return out
	}
	return b
}

// event gives an event as it is to be taken, nil for not at all, and whether it is the same.
func (o *onlyFrames) event(b []byte) (body []byte, same bool) {
	var keyspace, shard, table []byte
	vgtidStart, vgtidBody, vgtidEnd := 0, 0, 0
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return b, true
		}
		start := next - int(value)
		switch tag {
		case tagKeyspace:
			keyspace = b[start:next]
		case tagShard:
			shard = b[start:next]
		case tagVGtid:
			vgtidStart, vgtidBody, vgtidEnd = i, start, next
		case tagRow, tagFields:
			table = bytesIn(b[start:next], tagOfTable)
			if len(keyspace)+len(shard) == 0 {
				keyspace, shard = bytesIn(b[start:next], tagOfKeyspace), bytesIn(b[start:next], tagOfShard)
			}
		}
		i = next
	}
	switch {
	case len(keyspace)+len(shard) > 0 && !o.takes(keyspace, shard, nil):
		return nil, false
	case len(table) > 0 && !o.takes(keyspace, shard, tableIn(table, keyspace)):
		return nil, false
	case vgtidEnd == 0:
		return b, true
	}
	at, same := o.vgtid(b[vgtidBody:vgtidEnd])
	switch {
	case same:
		return b, true
	case len(at) == 0:
		return nil, false
	}
	body = protowire.AppendBytes(append(append(make([]byte, 0, len(b)), b[:vgtidStart]...), tagVGtid), at)
	return append(body, b[vgtidEnd:]...), false
}

// vgtid gives the positions of the shards that are taken, and whether they are all.
func (o *onlyFrames) vgtid(b []byte) (at []byte, same bool) {
	same = true
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return b, true
		}
		body := b[next-int(value) : next]
		if tag == tagAtShard && !o.takes(bytesIn(body, tagAtKeyspace), bytesIn(body, tagAtName), nil) {
			same = false
		} else {
			at = append(at, b[i:next]...)
		}
		i = next
	}
	return at, same
}

// tableIn is a table's name without its keyspace, which VTGate puts before it.
func tableIn(name, keyspace []byte) []byte {
	if rest, found := bytes.CutPrefix(name, keyspace); found && len(keyspace) > 0 && len(rest) > 1 && rest[0] == '.' {
		return rest[1:]
	}
	return name
}

// bytesIn gives the last field of a tag in an encoded message, nil without.
func bytesIn(b []byte, wanted int) (found []byte) {
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			break
		}
		if tag == wanted {
			found = b[next-int(value) : next]
		}
		i = next
	}
	return found
}

// fact gives what the run has learnt of the shards that are taken, nil for nothing.
func (o *onlyFrames) fact(f *Fact) *Fact {
	switch {
	case f.Shard != "" && !o.TakesShard(f.Keyspace, f.Shard):
		return nil
	case f.Executed == nil:
		return f
	}
	left := *f
	left.Executed = []Executed{}
	for _, e := range f.Executed {
		if o.TakesShard(e.Keyspace, e.Shard) {
			left.Executed = append(left.Executed, e)
		}
	}
	return &left
}
