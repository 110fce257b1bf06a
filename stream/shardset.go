package stream

import (
	"bytes"
	"encoding/binary"
	"slices"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// shard is what the decoder knows of one shard within a connection.
type shard struct {
	Shard
	tables    map[string]*Table // by the name on the wire
	lastName  []byte            // the name looked up last
	lastTable *Table

	txn   uint64 // the open transaction, 0 without
	rows  int    // its rows so far
	gtid  GTID   // its GTID
	query []byte // the statement whose rows come

	statement uint64 // its number

	hint   int    // the shard's place in the VGTID
	prefix []byte // how its part of a VGTID begins, nil where a name is empty
	stamp  []byte // its names as they stand in a VEvent, nil where one is empty
}

func (s *shard) close() {
	s.txn, s.rows, s.gtid, s.query = 0, 0, GTID{}, s.query[:0]
}

// table finds the version that rows of this name have now, nil before a FIELD.
func (s *shard) table(name []byte) *Table {
	if s.lastTable != nil && bytes.Equal(s.lastName, name) {
		return s.lastTable
	}
	table := s.tables[string(name)]
	if table != nil {
		s.lastTable, s.lastName = table, append(s.lastName[:0], name...)
	}
	return table
}

// shardSet numbers the shards of a run and finds them by name.
type shardSet struct {
	all    []*shard // by ID-1
	byName map[string]*shard
	last   *shard
	key    []byte
	live   []*Shard // those of the last VGTID
	marks  []mark   // of each
}

// maxShards is how many shards a run follows. Vitess's largest clusters have some
// thousands.
const maxShards = 100_000

func newShardSet() shardSet { return shardSet{byName: map[string]*shard{}} }

// of gives the shard of an event, nil where it names none.
func (set *shardSet) of(e *vevent) *shard {
	if e.at != nil {
		return e.at
	}
	return set.named(e.keyspace, e.shard)
}

func (set *shardSet) named(keyspace, name []byte) *shard {
	if s := set.last; s != nil && s.Keyspace == string(keyspace) && s.Name == string(name) {
		return s
	}
	if len(keyspace) == 0 && len(name) == 0 {
		return nil
	}
	set.key = append(append(append(set.key[:0], keyspace...), 0), name...)
	s := set.byName[string(set.key)]
	if s == nil && set.isFull() {
		return nil
	}
	if s == nil {
		s = &shard{tables: map[string]*Table{}, hint: -1}
		s.Shard = Shard{ID: uint32(len(set.all) + 1), Keyspace: string(keyspace), Name: string(name)}
		if len(keyspace) > 0 && len(name) > 0 {
			s.stamp, _ = (&binlogdata.VEvent{Keyspace: s.Keyspace, Shard: s.Name}).MarshalVT()
			s.prefix, _ = (&binlogdata.ShardGtid{Keyspace: s.Keyspace, Shard: s.Name}).MarshalVT()
		}
		set.all = append(set.all, s)
		set.byName[string(set.key)] = s
	}
	set.last = s
	return s
}

func (set *shardSet) isFull() bool { return len(set.all) == maxShards }

// isBeyond reports whether an event is of a shard that is not followed.
func (set *shardSet) isBeyond(e *vevent) bool {
	return set.isFull() && (len(e.keyspace) > 0 || len(e.shard) > 0) && set.of(e) == nil
}

// Tags of binlogdatapb.VGtid and binlogdatapb.ShardGtid.
const (
	tagShardGtid = 1<<3 | wireBytes

	tagShardKeyspace = 1<<3 | wireBytes
	tagShardName     = 2<<3 | wireBytes
	tagShardPosition = 3<<3 | wireBytes
	tagTablePKs      = 4<<3 | wireBytes
)

// locate finds the part of an encoded VGTID that belongs to s, an encoded
// ShardGtid, skipping the others by their length. Where the VGTID no longer
// names the shards that it named before, it reads all names and says changed.
func (set *shardSet) locate(s *shard, vgtid []byte) (own []byte, changed, ok bool) {
	count, hint := 0, -1
	if s != nil {
		hint = s.hint
	}
	i, last := 0, 0
	for ; i+1 < len(vgtid); count++ {
		if vgtid[i] != tagShardGtid || vgtid[i+1] >= 0x80 {
			tag, size, next := field(vgtid, i)
			if tag != tagShardGtid {
				return set.relocate(s, vgtid)
			}
			if count == hint {
				own = vgtid[next-int(size) : next]
			}
			if count >= len(set.marks) || !set.marks[count].isAt(vgtid[next-int(size):next]) {
				return set.relocate(s, vgtid)
			}
			i = next
			continue
		}
		// Most parts are as long as the one before: guessing so lets the
		// processor go on before it has read the length.
		if int(vgtid[i+1]) != last {
			last = int(vgtid[i+1])
		}
		i += 2
		if count == hint && i+last <= len(vgtid) {
			own = vgtid[i : i+last]
		}
		if count >= len(set.marks) || !set.marks[count].isAt(vgtid[i:]) {
			return set.relocate(s, vgtid)
		}
		i += last
	}
	if i == len(vgtid) && count == len(set.live) && own != nil && s.owns(own) {
		return own, false, true
	}
	return set.relocate(s, vgtid)
}

// owns reports whether an encoded ShardGtid is, at a glance, one of this shard.
func (s *shard) owns(b []byte) bool {
	if s.prefix == nil || !bytes.HasPrefix(b, s.prefix) {
		return false
	}
	for i := len(s.prefix); i < len(b); {
		tag, _, next := field(b, i)
		if next < 0 || tag < tagShardPosition {
			return false
		}
		i = next
	}
	return true
}

// relocate reads all names of a VGTID and takes them as the live shards.
func (set *shardSet) relocate(s *shard, vgtid []byte) (own []byte, changed, ok bool) {
	var live []*Shard
	for i := 0; i < len(vgtid); {
		tag, value, next := field(vgtid, i)
		if next < 0 {
			return nil, false, false
		}
		i = next
		if tag != tagShardGtid {
			continue
		}
		body := vgtid[next-int(value) : next]
		keyspace, name, ok := shardGtidNames(body)
		if !ok {
			return nil, false, false
		}
		found := set.named(keyspace, name)
		if found == nil {
			continue
		}
		found.hint = len(live)
		live = append(live, &found.Shard)
		if found == s {
			own = body
		}
	}
	if len(live) == 0 || slices.Equal(set.live, live) {
		return own, false, true
	}
	set.live = live
	set.marks = set.marks[:0]
	for _, shard := range live {
		set.marks = append(set.marks, markOf(set.all[shard.ID-1].prefix))
	}
	return own, true, true
}

// A mark tells at a glance whether a part of a VGTID is of a shard: by the first
// and the last eight bytes of how such a part begins.
type mark struct {
	first, last uint64
	at          int // where the last are
}

func markOf(prefix []byte) mark {
	if len(prefix) < 8 {
		return mark{at: -1}
	}
	at := len(prefix) - 8
	return mark{binary.LittleEndian.Uint64(prefix), binary.LittleEndian.Uint64(prefix[at:]), at}
}

func (m *mark) isAt(part []byte) bool {
	return m.at >= 0 && len(part) >= m.at+8 &&
		binary.LittleEndian.Uint64(part) == m.first && binary.LittleEndian.Uint64(part[m.at:]) == m.last
}

// shardGtidNames reads keyspace and shard of an encoded ShardGtid.
func shardGtidNames(b []byte) (keyspace, name []byte, ok bool) {
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return nil, nil, false
		}
		i = next
		switch tag {
		case tagShardKeyspace:
			keyspace = b[next-int(value) : next]
		case tagShardName:
			name = b[next-int(value) : next]
		}
	}
	return keyspace, name, true
}
