package stream

import (
	"encoding/binary"
	"slices"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// A lastPK says how far the copy of one table of a shard is: an entry of
// binlogdatapb.ShardGtid.table_p_ks, encoded with its tag and length.
//
// A copy goes through the tables of a shard one at a time, in the order of
// their names (go/vt/vttablet/tabletserver/vstreamer/uvstreamer.go,
// buildTablePlan), and VTGate's VGTIDs name the one at hand. A stream that
// opens again names the tables to copy for all shards together, so a shard
// that is ahead of others says of the tables which they still need that it has
// them: their last entries stay.
type lastPK struct {
	table   string
	encoded []byte
}

// lastPKs reads the entries of an encoded ShardGtid, as slices of it.
func lastPKs(b []byte) (entries []lastPK) {
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			break
		}
		if tag == tagTablePKs {
			entries = append(entries, lastPK{textIn(b[next-int(value):next], tagTableName), b[i:next]})
		}
		i = next
	}
	return entries
}

// tagTableName is the tag of binlogdatapb.TableLastPK.table_name.
const tagTableName = 1<<3 | wireBytes

func hasTable(entries []lastPK, table string) bool {
	return slices.ContainsFunc(entries, func(e lastPK) bool { return e.table == table })
}

// advance takes a committed position that says how far the copy is. A table
// that it no longer names is finished.
func (s *shardProgress) advance(committed []byte) {
	now := lastPKs(committed)
	for _, e := range s.at {
		if hasTable(now, e.table) {
			continue
		}
		s.finished = slices.DeleteFunc(s.finished, func(f lastPK) bool { return f.table == e.table })
		s.finished = append(s.finished, lastPK{e.table, slices.Clone(e.encoded)})
	}
	s.setResume(committed)
}

// setResume takes the position to open again from, in the copy.
func (s *shardProgress) setResume(at []byte) {
	s.resume = append(s.resume[:0], at...)
	s.at = lastPKs(s.resume)
}

// behindTable is the first table that some shard still has to copy, "" where
// it may be any. The lock is held.
func (p *Progress) behindTable() string {
	first, some := "", false
	for _, shard := range p.live {
		s := p.shard(shard)
		if s.Phase != Copying {
			continue
		}
		if len(s.at) == 0 {
			return ""
		}
		for _, e := range s.at {
			if !some || e.table < first {
				first, some = e.table, true
			}
		}
	}
	return first
}

// appendPart appends at, an encoded ShardGtid, as an entry of a VGtid; in the
// copy with the tables from first on that the shard has finished and at does
// not name.
func (s *shardProgress) appendPart(dst, at []byte, first string) []byte {
	var more []lastPK
	if s.Phase == Copying {
		named := lastPKs(at)
		for _, e := range slices.Concat(s.finished, s.at) {
			if e.table >= first && !hasTable(named, e.table) && !hasTable(more, e.table) {
				more = append(more, e)
			}
		}
	}
	size := len(at)
	for _, e := range more {
		size += len(e.encoded)
	}
	dst = binary.AppendUvarint(append(dst, tagShardGtid), uint64(size))
	dst = append(dst, at...)
	for _, e := range more {
		dst = append(dst, e.encoded...)
	}
	return dst
}

// setLastKeys says of the tables that are being copied how far they are. The
// lock is held.
func (s *shardProgress) setLastKeys() {
	if s.Phase != Copying {
		return
	}
	for _, e := range s.at {
		for i := range s.Tables {
			if t := &s.Tables[i]; t.Name == e.table && !t.Done {
				t.LastKey = e.key()
			}
		}
	}
}

// key gives the columns of the entry's primary key.
func (e *lastPK) key() (key []KeyValue) {
	_, size, end := field(e.encoded, 0)
	var table binlogdata.TableLastPK
	if end < 0 || table.UnmarshalVT(e.encoded[end-int(size):]) != nil {
		return nil
	}
	if checkTablePKs([]*binlogdata.TableLastPK{&table}) != nil {
		return nil // it would not do as a position either
	}
	result := sqltypes.Proto3ToResult(table.Lastpk)
	if len(result.Rows) != 1 {
		return nil
	}
	for i, f := range result.Fields {
		key = append(key, KeyValue{f.Name, result.Rows[0][i].ToString(), sqltypes.IsIntegral(f.Type)})
	}
	return key
}
