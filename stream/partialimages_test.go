package stream_test

import (
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// TestPartialImages passes bitmaps on with their row: binlog_row_image=NOBLOB
// leaves columns out, binlog_row_value_options=PARTIAL_JSON sends an expression.
func TestPartialImages(t *testing.T) {
	t.Parallel()
	change := parseEvent(t, "-80 row@5 t 1,~,a>1,~,b 2,x,{}>2,x,{}")
	changes := change.RowEvent.RowChanges
	changes[0].DataColumns = &binlogdata.RowChange_Bitmap{Count: 3, Cols: []byte{0b101}}
	changes[1].DataColumns = &binlogdata.RowChange_Bitmap{Count: 3, Cols: []byte{0b111}}
	changes[1].JsonPartialValues = &binlogdata.RowChange_Bitmap{Count: 1, Cols: []byte{1}}
	wantLines(t, linesOf(t, frame(t, parseEvent(t, "-80 field@5 t id body doc"), change)), `
		columns -80 :5 t.v1 id body doc
		update -80 #1 :5 t.v1 1,?,a>1,?,b
		update -80 #1 :5 t.v1 2,x,{}>2,x,%({})`)
}

// TestInternalTables takes the rows of Vitess's own tables as heartbeats; they
// do not make a transaction one that has rows.
func TestInternalTables(t *testing.T) {
	t.Parallel()
	field := parseEvent(t, "-80 field@5 heartbeat id")
	field.FieldEvent.IsInternalTable = true
	all := append(frames(t, "-80 begin@5"), frame(t, field))
	all = append(all, frames(t, "-80 row@5 heartbeat +1\n-80 begin@6\n-80 commit@6")...)
	wantLines(t, linesOf(t, all...), `
		begin -80 #1 :5
		columns -80 #1 :5 heartbeat.v1 id
		heartbeat -80 #1 :5 heartbeat.v1
		begin -80 #1 :6
		commit -80 #1 :6`)
}
