package stream_test

import (
	"slices"
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// partialFields are the columns of a table with what an image may leave out.
func partialFields() []*query.Field {
	return []*query.Field{
		{Name: "id", Type: query.Type_INT64, Charset: 63, Flags: 53251, ColumnType: "bigint"},
		{Name: "t", Type: query.Type_TEXT, Charset: 255, Flags: 16, ColumnType: "text"},
		{Name: "j", Type: query.Type_JSON, Charset: 63, Flags: 144, ColumnType: "json"},
		{Name: "k", Type: query.Type_JSON, Charset: 63, Flags: 144, ColumnType: "json"},
	}
}

func bitmap(count int64, bits byte) *binlogdata.RowChange_Bitmap {
	return &binlogdata.RowChange_Bitmap{Count: count, Cols: []byte{bits}}
}

func TestImagesTellAbsentFromNull(t *testing.T) {
	const absent, null, present, partial = stream.Absent, stream.Null, stream.Present, stream.PartialJSON
	tests := []struct {
		name          string
		change        *binlogdata.RowChange
		before, after []stream.ValueState
	}{
		{"insert", &binlogdata.RowChange{After: row(1, nil, "{}", nil)},
			nil, []stream.ValueState{present, null, present, null}},
		{"delete", &binlogdata.RowChange{Before: row(1, "x", nil, nil)},
			[]stream.ValueState{present, present, null, null}, nil},
		{"full images", &binlogdata.RowChange{Before: row(1, nil, nil, nil), After: row(1, "x", nil, nil)},
			[]stream.ValueState{present, null, null, null}, []stream.ValueState{present, present, null, null}},
		{"NOBLOB", &binlogdata.RowChange{Before: row(1, nil, nil, nil), After: row(2, nil, "{}", nil), DataColumns: bitmap(4, 0b0101)},
			[]stream.ValueState{present, absent, absent, absent}, []stream.ValueState{present, absent, present, absent}},
		{"a full before image shows itself", &binlogdata.RowChange{Before: row(1, "x", nil, nil), After: row(2, "x", nil, nil), DataColumns: bitmap(4, 0b1111)},
			[]stream.ValueState{present, present, null, null}, []stream.ValueState{present, present, null, null}},
		{"partial documents", &binlogdata.RowChange{Before: row(1, "x", "{}", "[]"), After: row(1, "x", "[1]", ""), DataColumns: bitmap(4, 0b1111), JsonPartialValues: bitmap(2, 0b10)},
			[]stream.ValueState{present, present, present, present}, []stream.ValueState{present, present, present, partial}},
		{"an absent column with a length", &binlogdata.RowChange{Before: row(1, "x", "1", "2"), After: row(1, "y", "3", "4"), DataColumns: bitmap(4, 0b1101)},
			[]stream.ValueState{present, present, present, present}, []stream.ValueState{present, absent, present, present}},
	}
	for _, test := range tests {
		r := record(t, partialFields(), test.change)
		if len(r.before) != 1 {
			t.Fatalf("%s: %d rows", test.name, len(r.before))
		}
		if got := states(r.before[0]); !slices.Equal(got, test.before) {
			t.Errorf("%s: before %v, want %v", test.name, got, test.before)
		}
		if got := states(r.after[0]); !slices.Equal(got, test.after) {
			t.Errorf("%s: after %v, want %v", test.name, got, test.after)
		}
	}
}

func TestValuesAfterAnAbsentOneKeepTheirPlace(t *testing.T) {
	r := record(t, partialFields(), &binlogdata.RowChange{After: row(1, "gone", "3", "4"), DataColumns: bitmap(4, 0b1101)})
	if got := string(r.after[0][3].Raw); got != "4" {
		t.Errorf("the last value is %q, want 4", got)
	}
}

func states(values []stream.Value) []stream.ValueState {
	var list []stream.ValueState
	for _, v := range values {
		list = append(list, v.State)
	}
	return list
}
