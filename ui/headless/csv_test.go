package headless_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const csvHeader = "_event,_keyspace,_shard,_time,_gtid,id,name"

func TestCSV(t *testing.T) {
	const where = ",customer,-80,2026-11-22T14:20:05Z," + uuid + ":59,"
	blob := &query.Field{Name: "b, c", Type: query.Type_BLOB, Charset: 63, ColumnType: "blob"}
	f := newFeed(headless.Options{Format: headless.CSV})
	f.expect(t, csvHeader+`,"b, c"`+"\r\n", begin("-80", 59), fields("-80", 59, id, name, blob))
	f.expect(t, "insert"+where+"1,plain,0x00ff\r\n"+
		"insert"+where+`2,"",0x`+"\r\n"+
		"insert"+where+"3,,\r\n"+
		"insert"+where+`4,"a ""quoted"", text",`+"\r\n"+
		"insert"+where+`5," two`+"\r\n"+`lines	",`+"\r\n"+
		"insert"+where+`6,\x1b[31m\r\xff\u202e`+"نام\u200cها,\r\n"+
		"update"+where+"8,new,0x01\r\n"+
		"delete"+where+"9,old,\r\n",
		rows("-80", 59, insert(1, "plain", "\x00\xff"), insert(2, "", ""), insert(3, nil, nil), insert(4, `a "quoted", text`, nil),
			insert(5, " two\r\nlines\t", nil), insert(6, "\x1b[31m\r\xff\u202eنام\u200cها", nil),
			&binlogdata.RowChange{Before: row(7, "old", "\x01"), After: row(8, "new", nil), DataColumns: columnsSent(3, 0, 1)},
			&binlogdata.RowChange{Before: row(9, "old", nil)}), commit("-80", 59))
	records, err := csv.NewReader(strings.NewReader(f.out.String())).ReadAll()
	if err != nil || len(records) != 9 || records[4][6] != `a "quoted", text` || records[5][6] != " two\nlines\t" {
		t.Errorf("read back as %q (%v)", records, err)
	}
	f.expect(t, "copy,customer,-80,,,1,a,\r\n", begin("-80", 0), rows("-80", 0, insert(1, "a", nil)), commit("-80", 0))
}

// columnsSent marks which of n columns an image after a change holds.
func columnsSent(n int64, sent ...int) *binlogdata.RowChange_Bitmap {
	bits := make([]byte, (n+7)/8)
	for _, i := range sent {
		bits[i/8] |= 1 << (i % 8)
	}
	return &binlogdata.RowChange_Bitmap{Count: n, Cols: bits}
}

func TestCSVOnATerminal(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.CSV, Terminal: true})
	f.expect(t, csvHeader+"\r\n"+`insert,customer,-80,2026-11-22T14:20:05Z,`+uuid+`:1,1,a\nb\t\u200c`+"\r\n",
		begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a\nb\t\u200c")), commit("-80", 1))
}

// The header stands for the whole output: other columns end it, another order does not.
func TestCSVHeaderThatNoLongerFits(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.CSV})
	f.expect(t, csvHeader+"\r\n", begin("-80", 1), fields("-80", 1, id, name), commit("-80", 1))
	f.expect(t, "insert,customer,80-,2026-11-22T14:20:05Z,"+uuid+":2,7,a\r\n",
		begin("80-", 2), fields("80-", 2, name, id), rows("80-", 2, insert("a", 7)), commit("80-", 2))
	more := &query.Field{Name: "\x1bmore", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	err := f.send(t, begin("-80", 3), fields("-80", 3, id, more), rows("-80", 3, insert(1, 2)), commit("-80", 3))
	if err == nil || !strings.Contains(err.Error(), `customer.customer does not fit the header: it has \x1bmore too, it lacks name`) {
		t.Errorf("other columns give %v", err)
	}
}

// A limit counts rows, however many lines each has.
func TestCSVLimit(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.CSV, Limit: 2})
	err := f.send(t, begin("-80", 1), fields("-80", 1, id, name), rows("-80", 1, insert(1, "a\nb\nc"), insert(2, "d\ne"), insert(3, "f")), commit("-80", 1))
	if got := f.out.String(); err == nil || !strings.HasSuffix(got, ",2,\"d\ne\"\r\n") || f.Printed() != 2 {
		t.Errorf("printed %q (%v)", got, err)
	}
}

func TestCSVPrintsRowsOnly(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.CSV, Events: headless.DefaultEvents | 1<<stream.Begin | 1<<stream.Commit})
	ddl := event(binlogdata.VEventType_DDL, "-80", 59)
	ddl.Statement = "drop table t"
	f.expect(t, csvHeader+"\r\n", begin("-80", 1), fields("-80", 1, id, name), commit("-80", 1), ddl)
}

// Every name of the header is there once, and also where no row came.
func TestCSVHeader(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.CSV})
	event := &query.Field{Name: "_EVENT", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	double := &query.Field{Name: "__event", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	when := &query.Field{Name: "_time", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	f.expect(t, "___event,_keyspace,_shard,__time,_gtid,_EVENT,__event,_time\r\n", begin("-80", 59), fields("-80", 59, event, double, when))

	f = newFeed(headless.Options{Format: headless.CSV, Columns: []string{"id", "name"}})
	if err := f.End(); err != nil || f.out.String() != csvHeader+"\r\n" {
		t.Errorf("without a row: %q (%v)", f.out.String(), err)
	}
	f = newFeed(headless.Options{Format: headless.CSV, Columns: []string{"id"}})
	f.expect(t, csvHeader+"\r\n", begin("-80", 59), fields("-80", 59, id, name))
	if err := f.End(); err != nil || f.out.String() != csvHeader+"\r\n" {
		t.Errorf("with one: %q (%v)", f.out.String(), err)
	}
}
