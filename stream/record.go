package stream

import (
	"bytes"
	"strconv"
)

// A Record is one thing that a stream said: a row change, a transaction's
// begin or commit, a DDL, a change of the stream's own state. The decoder hands
// it to a Sink, where its slices are valid during the call; read from a
// Snapshot, they are valid as long as the snapshot is held.
type Record struct {
	// Seq is the record's number in the store, from 1 on; 0 before it is stored.
	Seq  uint64
	Kind Kind
	// Abandoned says that the transaction never committed; its rows come again.
	Abandoned bool
	// Open says that the transaction had not committed when the snapshot was taken.
	Open bool
	// Shard is nil for what concerns the whole stream.
	Shard *Shard
	// Table is the version of the table that a row belongs to, nil otherwise.
	Table *Table
	// Txn numbers the transaction within the run, from 1 on; 0 outside of one.
	Txn uint64
	// GTID is the transaction's own, its Server nil where VTGate does not tell.
	GTID GTID
	// Time is the binlog event's timestamp in Unix seconds, 0 where unknown (the copy).
	Time int64
	// Current is the tablet's clock when it parsed the event, in Unix
	// nanoseconds, 0 where unknown. A store does not keep it.
	Current int64
	// Arrived is when the frame was received, in Unix nanoseconds.
	Arrived int64
	// Payload depends on Kind: rows, an encoded binlogdatapb.RowChange; VGTID
	// an encoded binlogdatapb.VGtid as it came, see AppendVGTID; Journal, an encoded binlogdatapb.Journal;
	// DDL and Other, the statement; Status and Problem, text for people: for
	// Status the error, and for Streaming after a break what that cost.
	Payload []byte
	// Query is the statement that made the change, where MySQL logs it.
	Query []byte
	// statement numbers the ROWS_QUERY event that Query is of, 0 where that is
	// not known: equal numbers spare comparing long statements.
	statement uint64
	// Own is, for Kind VGTID, the encoded binlogdatapb.ShardGtid of the record's
	// shard; a store does not keep it.
	Own []byte
	// Shards are, for Kind VGTID, the shards it names where they are others
	// than those of the VGTID before, nil otherwise.
	Shards []*Shard
	// State is the stream's new state, for Kind Status.
	State State

	progress *Progress // of the run, for Kind VGTID
}

// Clone gives a record with bytes of its own, which stay when those it was read
// from go.
func (r *Record) Clone() *Record {
	c := *r
	c.Payload, c.Query, c.Own = bytes.Clone(r.Payload), bytes.Clone(r.Query), bytes.Clone(r.Own)
	return &c
}

// A Sink takes the records of a stream, on the goroutine that reads it.
type Sink interface {
	// Append takes one record. An error ends the run and is its cause.
	Append(*Record) error
	// Flush ends a frame: what was appended becomes visible.
	Flush() error
}

// A Shard is one shard of a keyspace.
type Shard struct {
	// ID numbers the shards of a run from 1 on.
	ID             uint32
	Keyspace, Name string
}

// String gives "keyspace/shard".
func (s *Shard) String() string { return s.Keyspace + "/" + s.Name }

// A Server is the first part of a GTID: the UUID of the MySQL server that made
// the transaction, with the tag where it has one.
type Server struct {
	// ID numbers the servers of a run from 1 on.
	ID   uint32
	UUID string
}

// A GTID names one transaction: "server_uuid:number".
type GTID struct {
	Server *Server
	Number uint64
}

// IsZero reports whether the GTID is unknown.
func (g GTID) IsZero() bool { return g.Server == nil }

// AppendTo appends the GTID as MySQL writes it, nothing where it is unknown.
func (g GTID) AppendTo(dst []byte) []byte {
	if g.Server == nil {
		return dst
	}
	dst = append(dst, g.Server.UUID...)
	dst = append(dst, ':')
	return strconv.AppendUint(dst, g.Number, 10)
}

// String gives the GTID as MySQL writes it.
func (g GTID) String() string { return string(g.AppendTo(nil)) }
