package demo

import (
	"google.golang.org/protobuf/encoding/protowire"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// Field numbers of the messages written by hand: VStreamResponse, VEvent,
// RowEvent, RowChange, Row and VGtid. Everything rarer goes through the generated code.
const (
	responseEvents = 1

	eventType        = 1
	eventTimestamp   = 2
	eventRow         = 5
	eventVGtid       = 7
	eventCurrentTime = 20
	eventKeyspace    = 22
	eventShard       = 23
	eventParent      = 26
	eventSequence    = 27
	eventGTID        = 28

	rowTable    = 1
	rowChanges  = 2
	rowKeyspace = 3
	rowShard    = 4
	rowFlags    = 5

	changeBefore = 1
	changeAfter  = 2

	imageLengths = 1
	imageValues  = 2

	vgtidShards = 1
)

// liveRowFlags are the binlog's own on a rows event: end of statement, and one MySQL 9 sets besides.
const liveRowFlags = 17

// meta is what all events of a transaction carry besides their content.
type meta struct {
	keyspace, shard  string
	timestamp        int64
	currentTime      int64
	parent, sequence int64
	gtid             string
}

// encoder writes events as a VStreamResponse. Its scratch space is reused.
type encoder struct {
	out                            []byte // the response
	event, rowEvent, change, image []byte
	projected                      image
}

func appendVarint(b []byte, num protowire.Number, v uint64) []byte {
	if v == 0 {
		return b
	}
	b = protowire.AppendTag(b, num, protowire.VarintType)
	return protowire.AppendVarint(b, v)
}

func appendBytes(b []byte, num protowire.Number, v []byte) []byte {
	b = protowire.AppendTag(b, num, protowire.BytesType)
	return protowire.AppendBytes(b, v)
}

func appendString(b []byte, num protowire.Number, v string) []byte {
	if v == "" {
		return b
	}
	b = protowire.AppendTag(b, num, protowire.BytesType)
	return protowire.AppendString(b, v)
}

// start begins an event, end closes it and adds it to the response.
func (e *encoder) start(t binlogdatapb.VEventType, timestamp int64) {
	e.event = appendVarint(e.event[:0], eventType, uint64(t))
	e.event = appendVarint(e.event, eventTimestamp, uint64(timestamp))
}

func (e *encoder) end(m *meta) {
	b := appendVarint(e.event, eventCurrentTime, uint64(m.currentTime))
	b = appendString(b, eventKeyspace, m.keyspace)
	b = appendString(b, eventShard, m.shard)
	b = appendVarint(b, eventParent, uint64(m.parent))
	b = appendVarint(b, eventSequence, uint64(m.sequence))
	e.event = appendString(b, eventGTID, m.gtid)
	e.out = appendBytes(e.out, responseEvents, e.event)
}

// simple adds an event without content: BEGIN, COMMIT, OTHER.
func (e *encoder) simple(t binlogdatapb.VEventType, m *meta) {
	e.start(t, m.timestamp)
	e.end(m)
}

// message adds an event as given.
func (e *encoder) message(ev *binlogdatapb.VEvent) error {
	b, err := ev.MarshalVT()
	if err != nil {
		return err
	}
	e.out = appendBytes(e.out, responseEvents, b)
	return nil
}

// vgtid adds a VGTID event from the encoded ShardGtids of the whole stream.
func (e *encoder) vgtid(shards [][]byte, keyspace, shard string) {
	size := 0
	for _, s := range shards {
		size += 1 + protowire.SizeBytes(len(s))
	}
	e.event = appendVarint(e.event[:0], eventType, uint64(binlogdatapb.VEventType_VGTID))
	e.event = protowire.AppendTag(e.event, eventVGtid, protowire.BytesType)
	e.event = protowire.AppendVarint(e.event, uint64(size))
	for _, s := range shards {
		e.event = appendBytes(e.event, vgtidShards, s)
	}
	e.event = appendString(e.event, eventKeyspace, keyspace)
	e.event = appendString(e.event, eventShard, shard)
	e.out = appendBytes(e.out, responseEvents, e.event)
}

// beginRows begins a ROW event; addImages adds one change to it, endRows closes it.
func (e *encoder) beginRows(table string) { e.rowEvent = appendString(e.rowEvent[:0], rowTable, table) }

func (e *encoder) addImages(before, after *image) {
	e.change = e.change[:0]
	if before != nil {
		e.change = e.appendImage(e.change, changeBefore, before)
	}
	if after != nil {
		e.change = e.appendImage(e.change, changeAfter, after)
	}
	e.rowEvent = appendBytes(e.rowEvent, rowChanges, e.change)
}

func (e *encoder) endRows(m *meta, flags uint64) {
	e.rowEvent = appendString(e.rowEvent, rowKeyspace, m.keyspace)
	e.rowEvent = appendString(e.rowEvent, rowShard, m.shard)
	e.rowEvent = appendVarint(e.rowEvent, rowFlags, flags)
	e.start(binlogdatapb.VEventType_ROW, m.timestamp)
	e.event = appendBytes(e.event, eventRow, e.rowEvent)
	e.end(m)
}

func (e *encoder) appendImage(b []byte, num protowire.Number, m *image) []byte {
	e.image = appendRow(e.image[:0], m)
	return appendBytes(b, num, e.image)
}

// appendRow writes an image as a query.Row.
func appendRow(b []byte, m *image) []byte {
	size := 0
	for _, n := range m.lengths {
		size += protowire.SizeVarint(protowire.EncodeZigZag(n))
	}
	if size > 0 {
		b = protowire.AppendTag(b, imageLengths, protowire.BytesType)
		b = protowire.AppendVarint(b, uint64(size))
		for _, n := range m.lengths {
			b = protowire.AppendVarint(b, protowire.EncodeZigZag(n))
		}
	}
	if len(m.values) > 0 {
		b = appendBytes(b, imageValues, m.values)
	}
	return b
}

// project copies the given columns of m into the encoder's own image; nil columns are all of them.
func (e *encoder) project(m *image, columns []int) *image {
	if columns == nil {
		return m
	}
	e.projected.reset()
	for _, c := range columns {
		if v, ok := m.value(c); ok {
			e.projected.bytes(v...)
		} else {
			e.projected.null()
		}
	}
	return &e.projected
}

// take hands the response over and starts a new one of about the same size.
func (e *encoder) take() []byte {
	out := e.out
	e.out = make([]byte, 0, len(out)+len(out)/8+64)
	return out
}
