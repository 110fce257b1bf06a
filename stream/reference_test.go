package stream_test

import (
	"bytes"
	"strings"

	"google.golang.org/protobuf/proto"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// reference makes the records of frames from the generated structures, by the
// plainest code that does: what the walk has to agree with.
type reference struct {
	records []stream.Record
	shards  map[[2]string]*referenceShard
	txns    uint64
}

type referenceShard struct {
	tables map[string]*binlogdata.FieldEvent
	txn    uint64
	rows   int
	query  string
}

// decode takes a frame; it reports false where the generated code refuses it.
func (ref *reference) decode(frame []byte) bool {
	var response vtgate.VStreamResponse
	if response.UnmarshalVT(frame) != nil {
		return false
	}
	for _, e := range response.Events {
		ref.event(e)
	}
	return true
}

// shard gives what is known of a shard, nil where an event names none.
func (ref *reference) shard(keyspace, name string) *referenceShard {
	if keyspace == "" && name == "" {
		return nil
	}
	key := [2]string{keyspace, name}
	if ref.shards[key] == nil {
		ref.shards[key] = &referenceShard{tables: map[string]*binlogdata.FieldEvent{}}
	}
	return ref.shards[key]
}

func (ref *reference) add(kind stream.Kind, s *referenceShard, payload []byte) *stream.Record {
	ref.records = append(ref.records, stream.Record{Kind: kind, Payload: payload})
	r := &ref.records[len(ref.records)-1]
	if s != nil {
		r.Txn = s.txn
	}
	return r
}

func (ref *reference) event(e *binlogdata.VEvent) {
	s := ref.shard(e.Keyspace, e.Shard)
	switch e.Type {
	case binlogdata.VEventType_BEGIN:
		ref.begin(s)
	case binlogdata.VEventType_COMMIT:
		if s == nil {
			ref.add(stream.Problem, nil, nil)
			return
		}
		ref.add(stream.Commit, s, nil)
		s.txn, s.query = 0, ""
	case binlogdata.VEventType_ROW:
		ref.rows(s, e)
	case binlogdata.VEventType_FIELD:
		ref.field(s, e)
	case binlogdata.VEventType_VGTID:
		ref.vgtid(s, e)
	case binlogdata.VEventType_ROWS_QUERY:
		if s != nil {
			s.query = e.Statement
		}
	case binlogdata.VEventType_DDL:
		ref.add(stream.DDL, s, []byte(e.Statement))
	case binlogdata.VEventType_COPY_COMPLETED:
		ref.add(stream.CopyCompleted, s, nil)
	case binlogdata.VEventType_HEARTBEAT:
		ref.add(stream.Heartbeat, s, nil)
	case binlogdata.VEventType_JOURNAL:
		if e.Journal == nil {
			ref.add(stream.Problem, s, nil)
			return
		}
		ref.add(stream.Journal, s, must(e.Journal.MarshalVT()))
	default:
		ref.other(s, e)
	}
}

func (ref *reference) begin(s *referenceShard) {
	if s == nil {
		ref.add(stream.Problem, nil, nil)
		return
	}
	if s.rows > 0 {
		ref.abandon(s)
	}
	ref.open(s)
	s.query = ""
	ref.add(stream.Begin, s, nil)
}

func (ref *reference) open(s *referenceShard) {
	if s.txn == 0 {
		ref.txns++
		s.txn, s.rows = ref.txns, 0
	}
}

func (ref *reference) abandon(s *referenceShard) {
	if s != nil && s.txn != 0 {
		ref.add(stream.Abandoned, s, nil)
		s.txn, s.rows, s.query = 0, 0, ""
	}
}

func (ref *reference) other(s *referenceShard, e *binlogdata.VEvent) {
	if binlogdata.VEventType_name[int32(e.Type)] == "" || e.Type == binlogdata.VEventType_UNKNOWN {
		ref.add(stream.Problem, s, nil)
		return
	}
	if e.Type == binlogdata.VEventType_ROLLBACK {
		ref.abandon(s)
	}
	text := e.Statement
	if text == "" {
		text = e.Type.String()
	}
	ref.add(stream.Other, s, []byte(text))
}

func (ref *reference) field(s *referenceShard, e *binlogdata.VEvent) {
	f := e.FieldEvent
	if s == nil && f != nil {
		s = ref.shard(f.Keyspace, f.Shard)
	}
	if f == nil || s == nil {
		ref.add(stream.Problem, s, nil)
		return
	}
	s.tables[f.TableName] = f
	ref.add(stream.Columns, s, nil)
}

func (ref *reference) vgtid(s *referenceShard, e *binlogdata.VEvent) {
	v := e.Vgtid
	if v == nil || v.SizeVT() == 0 {
		ref.add(stream.Problem, s, nil)
		return
	}
	r := ref.add(stream.VGTID, s, must(v.MarshalVT()))
	for _, at := range v.ShardGtids {
		if at.Keyspace == "" && at.Shard == "" {
			continue
		}
		r.Shards = append(r.Shards, &stream.Shard{Keyspace: at.Keyspace, Name: at.Shard})
		if s != nil && at.Keyspace == e.Keyspace && at.Shard == e.Shard {
			r.Own = must(at.MarshalVT())
		}
	}
}

func (ref *reference) rows(s *referenceShard, e *binlogdata.VEvent) {
	if e.RowEvent == nil {
		ref.add(stream.Problem, s, nil)
		return
	}
	if s == nil {
		s = ref.shard(e.RowEvent.Keyspace, e.RowEvent.Shard)
	}
	if s == nil || s.tables[e.RowEvent.TableName] == nil {
		ref.add(stream.Problem, s, nil)
		return
	}
	ref.open(s)
	table := s.tables[e.RowEvent.TableName]
	for _, change := range e.RowEvent.RowChanges {
		kind := kindOf(e, change, len(table.Fields))
		if kind != stream.Problem && table.IsInternalTable {
			kind = stream.Heartbeat
		} else if kind != stream.Problem {
			s.rows++
		}
		r := ref.add(kind, s, nil)
		if kind != stream.Problem {
			r.Payload, r.Query = must(change.MarshalVT()), []byte(s.query)
		}
	}
}

func kindOf(e *binlogdata.VEvent, change *binlogdata.RowChange, columns int) stream.Kind {
	fits := func(row *query.Row) bool {
		total, ok := uint64(0), row == nil || len(row.Lengths) == columns
		for _, length := range row.GetLengths() {
			ok = ok && length >= -1 && length <= int64(len(row.Values))
			total += uint64(max(length, 0))
		}
		return ok && total == uint64(len(row.GetValues()))
	}
	switch {
	case !fits(change.Before) || !fits(change.After) || change.Before == nil && change.After == nil:
		return stream.Problem
	case change.After == nil:
		return stream.Delete
	case change.Before != nil:
		return stream.Update
	case e.Timestamp == 0:
		return stream.Copy
	}
	return stream.Insert
}

// difference compares a record of the walk with the reference's, "" where they
// agree. known are the shards that the walk named last.
func difference(got, want *stream.Record, known []*stream.Shard) string {
	switch {
	case got.Kind != want.Kind:
		return "kind"
	case got.Txn != want.Txn:
		return "transaction"
	case got.Kind == stream.Problem:
		return ""
	case !bytes.Equal(got.Query, want.Query):
		return "statement"
	case got.Kind.IsRow() || got.Kind == stream.Heartbeat && len(want.Payload) > 0:
		return messages(got.Payload, want.Payload, &binlogdata.RowChange{}, &binlogdata.RowChange{})
	case got.Kind == stream.VGTID:
		if got.Shards == nil && len(want.Shards) > 0 && len(known) != len(want.Shards) ||
			got.Shards != nil && shardNames(got) != shardNames(want) {
			return "shards"
		}
		if d := messages(got.Own, want.Own, &binlogdata.ShardGtid{}, &binlogdata.ShardGtid{}); d != "" {
			return "own " + d
		}
		return messages(got.Payload, want.Payload, &binlogdata.VGtid{}, &binlogdata.VGtid{})
	case !bytes.Equal(got.Payload, want.Payload):
		return "payload"
	}
	return ""
}

// messages compares two encoded messages by what they say.
func messages(a, b []byte, into, other interface {
	proto.Message
	UnmarshalVT([]byte) error
}) string {
	if into.UnmarshalVT(a) != nil || other.UnmarshalVT(b) != nil || !proto.Equal(into, other) {
		return "payload"
	}
	return ""
}

func shardNames(r *stream.Record) string {
	var names strings.Builder
	for _, s := range r.Shards {
		names.WriteString(s.String() + "\n")
	}
	return names.String()
}
