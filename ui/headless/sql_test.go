package headless_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const (
	sqlPrelude = `SET NAMES utf8mb4;
SET time_zone = '+00:00';
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
`
	sqlHead = "-- 2026-11-22T14:20:05Z customer/-80 " + uuid + ":"
)

var (
	blob = &query.Field{Name: "b", Type: query.Type_BLOB, Charset: 63, ColumnType: "blob"}
	doc  = &query.Field{Name: "j", Type: query.Type_JSON, Charset: 63, ColumnType: "json"}
)

func TestSQL(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.SQL})
	f.expect(t, sqlPrelude+sqlHead+`1
BEGIN;
INSERT INTO `+"`customer` (`id`, `name`, `b`, `j`)"+` VALUES (1, 'it\'s', x'00ff', '{"a": 1}');
UPDATE `+"`customer` SET `id` = 2, `name` = NULL WHERE `id` = 1"+`;
DELETE FROM `+"`customer` WHERE `id` = 3"+`;
COMMIT;
`, begin("-80", 1), fields("-80", 1, id, name, blob, doc), rows("-80", 1, insert(1, "it's", "\x00\xff", `{"a": 1}`),
		&binlogdata.RowChange{Before: row(1, "a", "x", nil), After: row(2, nil, "x", nil)},
		&binlogdata.RowChange{Before: row(3, "a", nil, nil)}), commit("-80", 1))
	f.expect(t, sqlHead+"2\nINSERT INTO `customer` (`id`, `name`, `b`, `j`) VALUES (1, _utf8mb4 x'1b', NULL, NULL);\n",
		begin("-80", 2), rows("-80", 2, insert(1, "\x1b", nil, nil)), commit("-80", 2))
	f.expect(t, "-- customer/-80 copy\nSET foreign_key_checks = 0;\nINSERT INTO `customer` (`id`, `name`, `b`, `j`) VALUES (1, '', NULL, NULL);\n",
		begin("-80", 0), rows("-80", 0, insert(1, "", nil, nil)), commit("-80", 0))
	f.expect(t, "-- -                    - copy_completed\n", &binlogdata.VEvent{Type: binlogdata.VEventType_COPY_COMPLETED})
	if n, err := f.Unwritten(); n != 0 {
		t.Errorf("%d statements are left out: %v", n, err)
	}
}

// What finds a row without a key is all of it, to the letter.
func TestSQLWithoutAKey(t *testing.T) {
	float := &query.Field{Name: "f", Type: query.Type_FLOAT32, Charset: 63, Decimals: 31, ColumnType: "float"}
	vector := &query.Field{Name: "v", Type: query.Type_VECTOR, Charset: 63, ColumnType: "vector(1)"}
	unknown := &query.Field{Name: "u", Type: query.Type_VARCHAR, Charset: 255, ColumnType: "varchar(9)"}
	f := newFeed(headless.Options{Format: headless.SQL})
	f.expect(t, sqlPrelude+sqlHead+"1\nDELETE FROM `customer` WHERE `name` = 'a' COLLATE utf8mb4_0900_bin AND `b` = x'01' AND "+
		"`j` = CAST('[1]' AS JSON) AND `f` = 1.100000023841858 AND CAST(`v` AS BINARY) = x'0000803f' AND CAST(`u` AS BINARY) = x'ff' LIMIT 1;\n",
		begin("-80", 1), fields("-80", 1, name, blob, doc, float, vector, unknown),
		rows("-80", 1, &binlogdata.RowChange{Before: row("a", "\x01", "[1]", "1.1E+00", "\x00\x00\x80\x3f", "\xff")}), commit("-80", 1))
	f.expect(t, sqlHead+"2\nUPDATE `customer` SET `f` = 1.1 WHERE `name` IS NULL AND `b` IS NULL AND `j` IS NULL AND `f` IS NULL AND `v` IS NULL AND `u` IS NULL LIMIT 1;\n",
		begin("-80", 2), rows("-80", 2, &binlogdata.RowChange{
			Before: row(nil, nil, nil, nil, nil, nil), After: row(nil, nil, nil, "1.1E+00", nil, nil),
		}), commit("-80", 2))
}

func TestSQLNames(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.SQL, Qualified: true})
	f.decoder = stream.NewDecoder(f.Printer, &stream.Untold{
		Generated: map[stream.ColumnName]bool{{Keyspace: "customer", Table: "customer", Column: "name"}: true},
	})
	odd := &query.Field{Name: "a`b c", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	f.expect(t, sqlPrelude+sqlHead+"1\nBEGIN;\nINSERT INTO `customer`.`customer` (`id`, `a``b c`) VALUES (1, 2);\n"+
		"UPDATE `customer`.`customer` SET `a``b c` = 3 WHERE `id` = 1;\nCOMMIT;\n",
		begin("-80", 1), fields("-80", 1, id, name, odd), rows("-80", 1, insert(1, "x", 2),
			&binlogdata.RowChange{Before: row(1, "x", 2), After: row(1, "y", 3)}), commit("-80", 1))
}

// A change that no statement can say is a comment, and counted.
func TestSQLThatCannotBeWritten(t *testing.T) {
	unsafe := &query.Field{Name: "a\x1b", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	first := &query.Field{Name: "@1", Type: query.Type_INT64, Charset: 63, ColumnType: "bigint"}
	diff := &binlogdata.RowChange{
		Before: row(1, nil), After: row(1, "JSON_SET(%s)"), JsonPartialValues: columnsSent(1, 0), DataColumns: columnsSent(2, 0, 1),
	}
	for _, test := range []struct {
		format *headless.Format
		fields []*query.Field
		change *binlogdata.RowChange
		says   string
	}{
		{headless.SQL, []*query.Field{unsafe}, insert(1), "a name cannot be written in a statement: "},
		{headless.SQL, []*query.Field{first}, insert(1), "VTGate does not tell the names of its columns: "},
		{headless.SQL, []*query.Field{id, doc}, diff, "the binary log does not hold all of j: "},
		{headless.UndoSQL, []*query.Field{id, blob, doc}, &binlogdata.RowChange{
			Before: row(1, nil, nil), After: row(1, "x", nil), DataColumns: columnsSent(3, 0, 1),
		}, "the binary log does not hold all of b: "},
	} {
		f := newFeed(headless.Options{Format: test.format})
		if err := f.send(t, begin("-80", 1), fields("-80", 1, test.fields...), rows("-80", 1, test.change), commit("-80", 1)); err != nil {
			t.Fatal(err)
		}
		if err := f.End(); err != nil {
			t.Fatal(err)
		}
		text := f.out.String()
		n, first := f.Unwritten()
		if n != 1 || !strings.HasPrefix(fmt.Sprint(first), test.says) || !strings.Contains(text, "\n-- NOT ") || strings.Contains(text, "\x1b") ||
			strings.Contains(text, "INSERT") || strings.Contains(text, "UPDATE") {
			t.Errorf("want %s, got %d, %v, in\n%s", test.says, n, first, text)
		}
	}
}

// Where the binary log may leave values out, NULL before a change is not known.
func TestUndoOfPartialImages(t *testing.T) {
	text := &query.Field{Name: "t", Type: query.Type_TEXT, Charset: 255, ColumnType: "text"}
	f := newFeed(headless.Options{Format: headless.UndoSQL})
	f.decoder = stream.NewDecoder(f.Printer, &stream.Untold{PartialImages: map[string]bool{"customer": true}})
	if err := f.send(t, begin("-80", 1), fields("-80", 1, id, name, text), rows("-80", 1,
		&binlogdata.RowChange{Before: row(1, nil, nil), After: row(1, "a", "b")},
		&binlogdata.RowChange{Before: row(2, nil, "x"), After: row(2, nil, nil)},
		&binlogdata.RowChange{Before: row(3, nil, nil)}), commit("-80", 1)); err != nil || f.End() != nil {
		t.Fatal(err)
	}
	if n, first := f.Unwritten(); n != 2 || !strings.Contains(f.out.String(), "UPDATE `customer` SET `t` = 'x' WHERE `id` = 2;\n") {
		t.Errorf("%d left out (%v) of\n%s", n, first, f.out.String())
	}
}

func TestUndoSQL(t *testing.T) {
	f := newFeed(headless.Options{Format: headless.UndoSQL, Events: headless.DefaultEvents, Limit: 5})
	ddl := event(binlogdata.VEventType_DDL, "-80", 59)
	ddl.Statement = "alter table t add c int"
	f.expect(t, "", begin("-80", 0), fields("-80", 0, id, name), rows("-80", 0, insert(9, "copied")), commit("-80", 0))
	f.expect(t, "", begin("-80", 1), rows("-80", 1, insert(1, "a"),
		&binlogdata.RowChange{Before: row(1, "a"), After: row(2, nil)}), commit("-80", 1))
	f.expect(t, "", ddl)
	err := f.send(t, begin("-80", 2), rows("-80", 2, &binlogdata.RowChange{Before: row(3, "c")}, insert(4, "d"), insert(5, "beyond the limit")), commit("-80", 2))
	if err == nil || f.out.Len() > 0 {
		t.Errorf("printed before the end: %q (%v)", f.out.String(), err)
	}
	if err := f.End(); err != nil {
		t.Fatal(err)
	}
	want := sqlPrelude + sqlHead + "2\nBEGIN;\nDELETE FROM `customer` WHERE `id` = 4;\nINSERT INTO `customer` (`id`, `name`) VALUES (3, 'c');\nCOMMIT;\n" +
		"-- NOT undone, DDL has no opposite: 2026-11-22T14:20:05Z customer/-80 ddl    alter table t add c int\n" +
		sqlHead + "1\nBEGIN;\nUPDATE `customer` SET `id` = 1, `name` = 'a' WHERE `id` = 2;\nDELETE FROM `customer` WHERE `id` = 1;\nCOMMIT;\n"
	if f.out.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", f.out.String(), want)
	}
	if n, _ := f.Unwritten(); n != 1 || f.Printed() != 5 {
		t.Errorf("%d left out, %d printed", n, f.Printed())
	}
}

// TestUndoOfMuch has more than is kept in memory.
func TestUndoOfMuch(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	f := newFeed(headless.Options{Format: headless.UndoSQL})
	const transactions, rowsEach = 40, 100
	text := strings.Repeat("x", 8<<10)
	if err := f.send(t, fields("-80", 1, id, name)); err != nil {
		t.Fatal(err)
	}
	for n := range transactions {
		var changes []*binlogdata.RowChange
		for i := range rowsEach {
			changes = append(changes, &binlogdata.RowChange{Before: row(n*rowsEach+i, text)})
		}
		f.expect(t, "", begin("-80", n+1), rows("-80", n+1, changes...), commit("-80", n+1))
	}
	if err := f.End(); err != nil {
		t.Fatal(err)
	}
	next := transactions * rowsEach
	for line := range strings.Lines(f.out.String()) {
		if _, values, found := strings.Cut(line, "VALUES ("); found {
			next--
			if number, _, _ := strings.Cut(values, ","); number != fmt.Sprint(next) {
				t.Fatalf("row %s where %d is to be undone", number, next)
			}
		}
	}
	if left, err := os.ReadDir(folder); next != 0 || len(left) > 0 || err != nil {
		t.Errorf("%d rows are missing, files left: %v (%v)", next, left, err)
	}
}
