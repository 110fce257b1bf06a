package stream

import (
	"bytes"
	"fmt"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// A Decoder turns frames into records. ROW, BEGIN, COMMIT and VGTID are walked
// without allocating; what is rare goes through the generated code, and so does
// everything that the walk does not understand, so the two agree. It belongs to
// one goroutine.
type Decoder struct {
	sink   Sink
	err    error
	record Record

	shards  shardSet
	tables  tableSet
	servers serverSet
	arrived int64

	txns, statements uint64 // numbers given so far
	toldBeyond       bool   // that there are shards which are not followed
}

// NewDecoder makes a decoder that hands records to sink; untold may be nil.
func NewDecoder(sink Sink, untold *Untold) *Decoder {
	return &Decoder{sink: sink, shards: newShardSet(), tables: newTableSet(untold), servers: newServerSet()}
}

// Decode hands the records of one frame to the sink; flushing it is the caller's.
// The error is the sink's: what is wrong in the frame becomes records of Kind
// Problem.
func (d *Decoder) Decode(f Frame) error {
	d.arrived, d.err = f.Arrived.UnixNano(), nil
	for i, b := 0, f.Bytes; i < len(b) && d.err == nil; {
		tag, value, next := field(b, i)
		if next < 0 {
			d.problem(nil, "a message that is no VStreamResponse: the rest of it, %d bytes, is left out", len(b)-i)
			break
		}
		i = next
		switch tag {
		case tagEvent:
			d.event(b[next-int(value) : next])
		default:
			if tag>>3 == tagEvent>>3 {
				d.problem(nil, "an event in a wrong form is left out")
			}
		}
	}
	return d.err
}

// tagEvent is the tag of vtgatepb.VStreamResponse.events.
const tagEvent = 1<<3 | wireBytes

// event decodes one VEvent.
func (d *Decoder) event(b []byte) {
	var e vevent
	if e.scan(b, d.shards.last) && !e.rare {
		if !d.beyond(&e) {
			d.walked(&e)
		}
		return
	}
	var event binlogdata.VEvent
	plain, ok := canonical(b, &event)
	if !ok || !e.scan(plain, nil) {
		d.problem(nil, "an event of %d bytes cannot be decoded", len(b))
		return
	}
	switch {
	case d.beyond(&e):
	case e.rare:
		d.generated(&event, &e)
	default:
		d.walked(&e)
	}
}

// beyond reports whether an event is of a shard that is not followed, and tells
// of the first.
func (d *Decoder) beyond(e *vevent) bool {
	if !d.shards.isBeyond(e) {
		return false
	}
	if !d.toldBeyond {
		d.toldBeyond = true
		d.problem(nil, "there are more than %d shards; the others are not followed", maxShards)
	}
	return true
}

// walked takes an event whose parts the walk has found.
func (d *Decoder) walked(e *vevent) {
	switch e.kind {
	case binlogdata.VEventType_ROW:
		d.rows(e)
	case binlogdata.VEventType_BEGIN:
		d.begin(e)
	case binlogdata.VEventType_COMMIT:
		d.commit(e)
	case binlogdata.VEventType_VGTID:
		d.vgtid(e)
	case binlogdata.VEventType_ROWS_QUERY:
		if s := d.shards.of(e); s != nil {
			d.statements++
			s.query, s.statement = append(s.query[:0], e.statement...), d.statements
		}
	case binlogdata.VEventType_DDL:
		d.emit(DDL, d.shards.of(e), e, e.statement)
	case binlogdata.VEventType_COPY_COMPLETED:
		d.emit(CopyCompleted, d.shards.of(e), e, nil)
	case binlogdata.VEventType_HEARTBEAT:
		d.emit(Heartbeat, d.shards.of(e), e, nil)
	case binlogdata.VEventType_FIELD, binlogdata.VEventType_JOURNAL:
		d.contentless(e)
	default:
		d.other(e)
	}
}

func (d *Decoder) contentless(e *vevent) {
	d.problem(d.shards.of(e), "a %v event without its content", e.kind)
}

// other takes what carries no row: OTHER, VERSION, ROLLBACK, and the events of
// statement-based replication. A type that Vitess does not define is a problem,
// not an end: newer VTGates may send it.
func (d *Decoder) other(e *vevent) {
	s := d.shards.of(e)
	if _, known := binlogdata.VEventType_name[int32(e.kind)]; !known || e.kind == binlogdata.VEventType_UNKNOWN {
		d.problem(s, "an event of the unknown type %d is left out", e.kind)
		return
	}
	if e.kind == binlogdata.VEventType_ROLLBACK {
		d.abandon(s)
	}
	text := e.statement
	if len(text) == 0 {
		text = []byte(e.kind.String())
	}
	d.emit(Other, s, e, text)
}

// generated takes the rare events in their generated form.
func (d *Decoder) generated(event *binlogdata.VEvent, e *vevent) {
	s := d.shards.of(e)
	switch {
	case event.Type == binlogdata.VEventType_FIELD && event.FieldEvent != nil:
		d.field(s, e, event.FieldEvent)
	case event.Type == binlogdata.VEventType_JOURNAL && event.Journal != nil:
		if payload, err := event.Journal.MarshalVT(); err == nil {
			d.emit(Journal, s, e, payload)
		}
	default:
		d.walked(e)
	}
}

func (d *Decoder) field(s *shard, e *vevent, event *binlogdata.FieldEvent) {
	if s == nil {
		s = d.shards.find([]byte(event.Keyspace), []byte(event.Shard))
	}
	if s == nil {
		d.problem(nil, "the columns of table %q belong to no shard", event.TableName)
		return
	}
	table := d.tables.version(s.Keyspace, event)
	s.tables[event.TableName] = table
	s.lastTable, s.lastName = table, append(s.lastName[:0], event.TableName...)
	r := d.fill(Columns, s, e, nil)
	r.Table = table
	d.send(r)
}

func (d *Decoder) vgtid(e *vevent) {
	if len(e.vgtid) == 0 {
		d.contentless(e)
		return
	}
	s := d.shards.of(e)
	own, changed, ok := d.shards.locate(s, e.vgtid)
	if !ok {
		if plain, again := canonical(e.vgtid, &binlogdata.VGtid{}); again {
			e.vgtid = plain
			own, changed, ok = d.shards.locate(s, plain)
		}
	}
	if !ok {
		d.problem(s, "a VGTID cannot be decoded")
		return
	}
	r := d.fill(VGTID, s, e, e.vgtid)
	r.Own = own
	if changed {
		r.Shards = d.shards.live
	}
	d.send(r)
	r.Own, r.Shards = nil, nil
}

// fill prepares the decoder's one record for an event.
func (d *Decoder) fill(kind Kind, s *shard, e *vevent, payload []byte) *Record {
	r := &d.record
	r.Kind, r.Payload, r.Query, r.Table = kind, payload, nil, nil
	r.Time, r.Current, r.Arrived = e.time, e.current, d.arrived
	r.Shard, r.Txn = nil, 0
	r.GTID = GTID{}
	if s != nil {
		r.Shard, r.Txn = &s.Shard, s.txn
		if len(e.gtid) > 0 && (s.txn == 0 || s.gtid.IsZero()) {
			s.gtid = d.servers.parse(e.gtid)
		}
		if s.txn != 0 || len(e.gtid) > 0 {
			r.GTID = s.gtid
		}
	}
	return r
}

func (d *Decoder) emit(kind Kind, s *shard, e *vevent, payload []byte) {
	d.send(d.fill(kind, s, e, payload))
}

func (d *Decoder) send(r *Record) {
	if d.err == nil {
		d.err = d.sink.Append(r)
	}
}

// problem reports what could not be used.
func (d *Decoder) problem(s *shard, format string, args ...any) {
	var text bytes.Buffer
	fmt.Fprintf(&text, format, args...)
	d.emit(Problem, s, &vevent{}, text.Bytes())
}
