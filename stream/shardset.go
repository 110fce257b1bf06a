package stream

import (
	"bytes"
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

	hint   int    // the shard's place among the live shards
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
	vgtid  []byte   // the last VGTID, encoded
	named  []*Shard // the shards that it names
	parts  []part   // where, empty where it cannot be read
}

// part is where a VGTID names a shard: its ShardGtid, with tag and length.
type part struct{ start, end int }

// maxShards is how many shards a run follows. Vitess's largest clusters have some
// thousands.
const maxShards = 100_000

func newShardSet() shardSet { return shardSet{byName: map[string]*shard{}} }

// of gives the shard of an event, nil where it names none.
func (set *shardSet) of(e *vevent) *shard {
	if e.at != nil {
		return e.at
	}
	return set.find(e.keyspace, e.shard)
}

func (set *shardSet) find(keyspace, name []byte) *shard {
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
// ShardGtid. A commit changes this part alone, so that a comparison with the last
// VGTID is as good as reading the others. Where something else has changed, it
// reads all names and says whether the VGTID names other shards than before.
func (set *shardSet) locate(s *shard, vgtid []byte) (own []byte, changed, ok bool) {
	if s == nil || uint(s.hint) >= uint(len(set.parts)) {
		return set.relocate(s, vgtid)
	}
	last := set.parts[s.hint]
	if len(vgtid) < last.start || !bytes.Equal(vgtid[:last.start], set.vgtid[:last.start]) {
		return set.relocate(s, vgtid)
	}
	tag, size, end := field(vgtid, last.start)
	if tag != tagShardGtid || end < 0 || !bytes.Equal(vgtid[end:], set.vgtid[last.end:]) {
		return set.relocate(s, vgtid)
	}
	own = vgtid[end-int(size) : end]
	if !s.owns(own) {
		return set.relocate(s, vgtid)
	}
	if end == last.end {
		copy(set.vgtid[last.start:end], vgtid[last.start:end])
	} else {
		set.vgtid = append(set.vgtid[:last.start], vgtid[last.start:]...)
		set.shift(s.hint, end-last.end)
	}
	return own, false, true
}

// shift moves the end of a part, and all parts behind it.
func (set *shardSet) shift(at, by int) {
	set.parts[at].end += by
	for i := at + 1; i < len(set.parts); i++ {
		set.parts[i].start += by
		set.parts[i].end += by
	}
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
	set.vgtid, set.parts, set.named = append(set.vgtid[:0], vgtid...), set.parts[:0], set.named[:0]
	for i := 0; i < len(vgtid); {
		start := i
		tag, size, end := field(vgtid, start)
		if end < 0 {
			set.parts = set.parts[:0]
			return nil, false, false
		}
		i = end
		if tag != tagShardGtid {
			continue
		}
		body := vgtid[end-int(size) : end]
		found, ok := set.owner(body)
		if !ok {
			set.parts = set.parts[:0]
			return nil, false, false
		}
		if found == nil {
			continue
		}
		found.hint = len(set.named)
		set.named = append(set.named, &found.Shard)
		set.parts = append(set.parts, part{start, end})
		if found == s {
			own = body
		}
	}
	if len(set.named) == 0 || slices.Equal(set.live, set.named) {
		return own, false, true
	}
	set.live = slices.Clone(set.named)
	return own, true, true
}

// owner finds the shard of an encoded ShardGtid, nil where it cannot be followed.
// It is most often the one that had this place before.
func (set *shardSet) owner(shardGtid []byte) (s *shard, ok bool) {
	if at := len(set.named); at < len(set.live) {
		if s := set.all[set.live[at].ID-1]; s.owns(shardGtid) {
			return s, true
		}
	}
	keyspace, name, ok := shardGtidNames(shardGtid)
	if !ok {
		return nil, false
	}
	return set.find(keyspace, name), true
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
