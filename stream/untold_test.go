package stream_test

import (
	"slices"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

// TestUntold takes over what is known beside the stream: a column that MySQL
// computes, and images before a change in which NULL may be a value left out.
func TestUntold(t *testing.T) {
	const absent, null, present = stream.Absent, stream.Null, stream.Present
	fields := partialFields()
	frame, err := (&vtgate.VStreamResponse{Events: []*binlogdata.VEvent{
		{Type: binlogdata.VEventType_FIELD, Keyspace: "k", Shard: "0", Timestamp: 1, FieldEvent: &binlogdata.FieldEvent{
			TableName: "t", Keyspace: "k", Shard: "0", Fields: fields,
		}},
		{Type: binlogdata.VEventType_ROW, Keyspace: "k", Shard: "0", Timestamp: 1, RowEvent: &binlogdata.RowEvent{
			TableName: "t", Keyspace: "k", Shard: "0", RowChanges: []*binlogdata.RowChange{
				{Before: row(1, nil, nil, nil), After: row(1, nil, nil, nil)}, {Before: row(1, "x", nil, nil)},
			},
		}},
	}}).MarshalVT()
	if err != nil {
		t.Fatal(err)
	}
	for partial, want := range map[bool][]stream.ValueState{true: {present, absent, absent, absent}, false: {present, null, null, null}} {
		r := &recorder{}
		decoder := stream.NewDecoder(r, &stream.Untold{
			PartialImages: map[string]bool{"k": partial}, Generated: map[stream.ColumnName]bool{{Keyspace: "k", Table: "t", Column: fields[1].Name}: true},
			UpdatedNow: map[stream.ColumnName]bool{{Keyspace: "k", Table: "t", Column: fields[2].Name}: true},
		})
		if err := decoder.Decode(stream.Frame{Bytes: frame, Arrived: time.Unix(2, 0)}); err != nil {
			t.Fatal(err)
		}
		if got := states(r.before[0]); !slices.Equal(got, want) {
			t.Errorf("partial images %v: before %v, want %v", partial, got, want)
		}
		if got := states(r.after[0]); !slices.Equal(got, []stream.ValueState{present, null, null, null}) {
			t.Errorf("partial images %v: after %v", partial, got)
		}
		if !r.table.Columns[1].Generated || r.table.Columns[0].Generated || !r.table.Columns[2].UpdatedNow || r.table.Columns[1].UpdatedNow {
			t.Errorf("columns %+v", r.table.Columns)
		}
		// A value that would be left out shows that the image is whole.
		if got := states(r.before[1]); !slices.Equal(got, []stream.ValueState{present, present, null, null}) {
			t.Errorf("partial images %v: a whole image %v", partial, got)
		}
	}
}
