package stream

import (
	"time"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// A ColumnsFrame is a frame made here: it tells of the columns that tables have where a
// recording begins in the middle of a stream.
type ColumnsFrame struct {
	response vtgate.VStreamResponse
	time     int64
}

// NewColumnsFrame begins a frame as of a time.
func NewColumnsFrame(at time.Time) *ColumnsFrame {
	// An event without a time would be one of a copy.
	return &ColumnsFrame{time: max(at.Unix(), 1)}
}

// Add tells of one table of a shard, as Table.FieldEvent has it.
func (f *ColumnsFrame) Add(keyspace, shard, fieldEvent string) {
	event := &binlogdata.FieldEvent{}
	if event.UnmarshalVT([]byte(fieldEvent)) != nil {
		return
	}
	f.response.Events = append(f.response.Events, &binlogdata.VEvent{
		Type: binlogdata.VEventType_FIELD, Timestamp: f.time, Keyspace: keyspace, Shard: shard, FieldEvent: event,
	})
}

// Bytes is the encoded vtgatepb.VStreamResponse.
func (f *ColumnsFrame) Bytes() []byte {
	encoded, err := f.response.MarshalVT()
	if err != nil {
		return nil // no event that was decoded holds what cannot be encoded
	}
	return encoded
}
