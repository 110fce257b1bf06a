package headless_test

import (
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/headless"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// A shop is a feed of statements about tables t of two shards.
type shop struct {
	*feed
	t      *testing.T
	number int
}

// newShop begins with what every stream begins with: a position of all shards.
func newShop(t *testing.T, o headless.Options, shards ...string) *shop {
	s := &shop{feed: newFeed(o), t: t}
	at := event(binlogdata.VEventType_VGTID, shards[0], 0)
	at.Vgtid = &binlogdata.VGtid{}
	for _, shard := range shards {
		at.Vgtid.ShardGtids = append(at.Vgtid.ShardGtids, &binlogdata.ShardGtid{Keyspace: "customer", Shard: shard, Gtid: "MySQL56/" + uuid + ":1-1"})
	}
	s.tell(at)
	return s
}

func (s *shop) tell(events ...*binlogdata.VEvent) {
	s.t.Helper()
	if err := s.send(s.t, events...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) ddl(shard, statement string) {
	s.t.Helper()
	s.number++
	e := event(binlogdata.VEventType_DDL, shard, s.number)
	e.Statement = statement
	s.tell(e)
}

func onTable(e *binlogdata.VEvent, name string) *binlogdata.VEvent {
	if e.FieldEvent != nil {
		e.FieldEvent.TableName = "customer." + name
	}
	if e.RowEvent != nil {
		e.RowEvent.TableName = "customer." + name
	}
	return e
}

// insert is a row of table name with these columns.
func (s *shop) insert(shard, name string, columns []*query.Field, values ...any) {
	s.t.Helper()
	s.number++
	s.tell(begin(shard, s.number), onTable(fields(shard, s.number, columns...), name), onTable(rows(shard, s.number, insert(values...)), name), commit(shard, s.number))
}

// statements are the lines that are no comments and not of the prelude.
func (s *shop) statements() string {
	s.t.Helper()
	if err := s.End(); err != nil {
		s.t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(strings.TrimPrefix(s.out.String(), sqlPrelude)) {
		if !strings.HasPrefix(line, "--") {
			kept = append(kept, strings.TrimSpace(line))
		}
	}
	return strings.Join(kept, " ")
}

// wants compares the statements, and how many changes are left out.
func (s *shop) wants(statements string, left uint64) {
	s.t.Helper()
	got := s.statements()
	if n, first := s.Unwritten(); got != statements || n != left {
		s.t.Errorf("printed\n%s\nwant\n%s\nand %d left out (%v), want %d; all:\n%s", got, statements, n, first, left, s.out.String())
	}
}

func column(name, sqlType string, t query.Type, flags uint32) *query.Field {
	charset := uint32(63)
	if t == query.Type_VARCHAR {
		charset = 255
	}
	return &query.Field{Name: name, Type: t, ColumnType: sqlType, Charset: charset, Flags: flags}
}

var (
	key   = column("id", "int", query.Type_INT32, 3)
	b5    = column("b", "varchar(5)", query.Type_VARCHAR, 0)
	c     = column("c", "int", query.Type_INT32, 0)
	idB   = []*query.Field{key, b5}
	idOne = []*query.Field{key}
)

// What takes away stands where the last shard has it, what adds where the first
// has it, so that the rows between fit.
func TestDDLStandsWhereRowsFit(t *testing.T) {
	for _, test := range []struct {
		name, ddl, want string
		old, new        []*query.Field // before and after
		left            uint64
	}{
		{"add", "alter table t add c int", "alter table t add c int; INSERT INTO `t` (`id`, `c`) VALUES (2, 5); INSERT INTO `t` (`id`) VALUES (3);",
			idOne, []*query.Field{key, c}, 0},
		{"drop", "alter table t drop column b", "INSERT INTO `t` (`id`) VALUES (2); INSERT INTO `t` (`id`, `b`) VALUES (3, '5'); alter table t drop column b;",
			idB, idOne, 0},
		{"both", "alter table t drop column b, add column c int",
			"alter table t add column c int; INSERT INTO `t` (`id`, `c`) VALUES (2, 5); INSERT INTO `t` (`id`, `b`) VALUES (3, '5'); alter table t drop column b;",
			idB, []*query.Field{key, c}, 0},
		{"widen", "alter table t modify b varchar(9)", "alter table t modify b varchar(9); INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5');",
			idB, []*query.Field{key, column("b", "varchar(9)", query.Type_VARCHAR, 0)}, 0},
		{"narrow", "alter table t modify b varchar(2)", "INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5'); alter table t modify b varchar(2);",
			idB, []*query.Field{key, column("b", "varchar(2)", query.Type_VARCHAR, 0)}, 0},
		{"another type", "alter table t modify b int", "INSERT INTO `t` (`id`, `b`) VALUES (2, 5); INSERT INTO `t` (`id`, `b`) VALUES (3, '5');",
			idB, []*query.Field{key, column("b", "int", query.Type_INT32, 0)}, 1},
		{"rename", "alter table t rename column b to c", "INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5'); alter table t rename column b to c;",
			idB, []*query.Field{key, column("c", "varchar(5)", query.Type_VARCHAR, 0)}, 0},
		{"unique", "alter table t add unique (b)", "INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5'); alter table t add unique (b);",
			idB, idB, 0},
		{"index", "create index b on t (b)", "create index b on t (b); INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5');",
			idB, idB, 0},
		{"truncate", "truncate t", "INSERT INTO `t` (`id`) VALUES (2); INSERT INTO `t` (`id`) VALUES (3);", idOne, idOne, 1},
		{"key", "alter table t drop primary key, add primary key (b)", "INSERT INTO `t` (`id`, `b`) VALUES (2, '5'); INSERT INTO `t` (`id`, `b`) VALUES (3, '5');", idB, idB, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
			s.tell(onTable(fields("80-", 1, test.old...), "t"))
			values := func(id int, columns []*query.Field) []any { return []any{id, 5}[:len(columns)] }
			s.ddl("-80", test.ddl)
			s.insert("-80", "t", test.new, values(2, test.new)...)
			s.insert("80-", "t", test.old, values(3, test.old)...)
			s.ddl("80-", test.ddl)
			s.wants(test.want, test.left)
		})
	}
}

// Rows between that come of shards that are still to follow do not matter to
// what a table becomes.
func TestDDLOfTables(t *testing.T) {
	both := func(s *shop, statement string, between ...func()) {
		s.ddl("-80", statement)
		for _, f := range between {
			f()
		}
		s.ddl("80-", statement)
	}
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	both(s, "truncate table t")
	s.wants("truncate table t;", 0)

	s = newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	both(s, "drop table t", func() { s.insert("80-", "t", idOne, 1) })
	s.wants("INSERT INTO `t` (`id`) VALUES (1); drop table t;", 0)

	s = newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	both(s, "rename table t to u", func() { s.insert("80-", "t", idOne, 1) }, func() { s.insert("-80", "u", idOne, 2) })
	s.insert("-80", "u", idOne, 3)
	s.wants("INSERT INTO `t` (`id`) VALUES (1); INSERT INTO `t` (`id`) VALUES (2); rename table t to u; INSERT INTO `u` (`id`) VALUES (3);", 0)

	s = newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	s.ddl("-80", "drop table t")
	both(s, "create table t (id int)", func() { s.insert("-80", "t", idOne, 1) }, func() { s.ddl("80-", "drop table t") })
	s.wants("INSERT INTO `t` (`id`) VALUES (1);", 2)

	s = newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	s.ddl("-80", "drop table t")
	s.wants("", 1)
	if !strings.Contains(s.out.String(), "-- NOT repeated, not all shards have told it by the end: ") {
		t.Errorf("printed\n%s", s.out.String())
	}
}

// As often as one shard tells a statement, it is repeated.
func TestDDLIsRepeatedOnce(t *testing.T) {
	const add, drop = "alter table t\n  add c int;", "alter table t drop c # no more"
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	for _, shard := range []string{"-80", "80-", "80-", "-80"} {
		s.ddl(shard, add)
	}
	s.ddl("80-", drop)
	s.ddl("-80", drop)
	s.wants("alter table t add c int; alter table t add c int; alter table t drop c # no more ;", 0)
	if !strings.Contains(s.out.String(), `-- another shard has told it before: 2026-11-22T14:20:05Z customer/80- ddl    alter table t\n  add c int;`+"\n") ||
		!strings.Contains(s.out.String(), `-- placed where the last shard ran it: 2026-11-22T14:20:05Z customer/80- ddl    alter table t drop c # no more`+"\n") {
		t.Errorf("printed\n%s", s.out.String())
	}
}

// A schema change works on tables of its own, of which no rows come.
func TestDDLOfASchemaChange(t *testing.T) {
	const shadow = "_vt_vrp_6ace8bcef73211ea87e9f875a4d24e90_20200915120410_"
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
	s.insert("-80", "t", idB, 1, "one")
	s.ddl("-80", "create table "+shadow+" like t")
	s.ddl("-80", "alter table "+shadow+" add column c int")
	s.ddl("-80", "rename table t to _vt_hld_6ace8bcef73211ea87e9f875a4d24e90_20200915120410_, "+shadow+" to t")
	s.insert("-80", "t", append(idB, c), 2, "two", 5)
	s.wants("INSERT INTO `t` (`id`, `b`) VALUES (1, 'one'); INSERT INTO `t` (`id`, `b`, `c`) VALUES (2, 'two', 5);", 3)
	if !strings.Contains(s.out.String(), "-- customer.t was exchanged: with c int\n") {
		t.Errorf("printed\n%s", s.out.String())
	}
	for _, statement := range []string{
		"create table _t_gho like t", "rename table t to _t_del, _t_gho to t", "drop table _t_ghc", "alter table _t_new add c int",
		"rename table t to _t_old, _t_new to t", "drop table _vt_HOLD_6ace8bcef73211ea87e9f875a4d24e90_20200915120410", "drop table __t_old",
		"alter table vt_customer.t add c int",
	} {
		s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
		s.ddl("-80", statement)
		s.wants("", 1)
	}
}

// CREATE TABLE ... SELECT has one GTID for the statement and its rows.
func TestCreateTableSelect(t *testing.T) {
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
	ddl := event(binlogdata.VEventType_DDL, "-80", 2)
	ddl.Statement = "CREATE TABLE `t2` (\n  `id` int NOT NULL\n) START TRANSACTION"
	before := s.out.Len()
	s.tell(begin("-80", 2), position("-80", 2), ddl, onTable(fields("-80", 2, key), "t2"), onTable(rows("-80", 2, insert(1), insert(2)), "t2"),
		position("-80", 2), commit("-80", 2))
	want := sqlPrelude + sqlHead + "2\nCREATE TABLE `t2` (\n  `id` int NOT NULL\n);\nBEGIN;\nINSERT INTO `t2` (`id`) VALUES (1);\nINSERT INTO `t2` (`id`) VALUES (2);\nCOMMIT;\n"
	if got := s.out.String()[before:]; got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

// Where there are several keyspaces, a statement says of which it is.
func TestDDLOfSeveralKeyspaces(t *testing.T) {
	s := newShop(t, headless.Options{Format: headless.SQL, Qualified: true}, "-80")
	s.ddl("-80", "alter table t add column x int")
	s.wants("USE `customer`; alter table t add column x int;", 0)
}

// What a server makes up for the rows that are there is its clock's, or nobody's.
func TestDDLWithDefaults(t *testing.T) {
	for _, test := range []struct {
		ddl, want string
		left      uint64
	}{
		{"alter table t add d datetime default current_timestamp", "SET TIMESTAMP = 1795357205; alter table t add d datetime default current_timestamp; SET TIMESTAMP = DEFAULT;", 0},
		{"alter table t add d datetime default now()", "SET TIMESTAMP = 1795357205; alter table t add d datetime default now(); SET TIMESTAMP = DEFAULT;", 0},
		{"alter table t add d datetime(6) default current_timestamp(6)", "", 1},
		{"alter table t add u varchar(36) default (uuid())", "", 1},
		{"alter table t add n int auto_increment, add key (n)", "", 1},
		{"alter table t add n int default 7", "alter table t add n int default 7;", 0},
		{"create table t (id int, u varchar(36) default (uuid()))", "create table t (id int, u varchar(36) default (uuid()));", 0},
	} {
		s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
		s.ddl("-80", test.ddl)
		s.wants(test.want, test.left)
	}
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80", "80-")
	s.ddl("-80", "alter table t add d datetime default current_timestamp")
	late := event(binlogdata.VEventType_DDL, "80-", 3)
	late.Statement, late.Timestamp = "alter table t add d datetime default current_timestamp", second+1
	s.tell(late)
	if s.statements(); !strings.Contains(s.out.String(), "-- NOT repeated, the rows of this shard got the time of another second as a default: ") {
		t.Errorf("printed\n%s", s.out.String())
	}
}

// Tablets name the columns of old rows as the table has them today. A DDL behind
// rows that have its names already does not make them.
func TestDDLBehindRowsOfLaterNames(t *testing.T) {
	for _, statement := range []string{"alter table t rename column a to b", "alter table t drop column a", "alter table t add column b int", "alter table t change a b int"} {
		s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
		s.insert("-80", "t", idB, 1, "x")
		s.ddl("-80", statement)
		s.wants("INSERT INTO `t` (`id`, `b`) VALUES (1, 'x');", 1)
	}
}

// A DDL in the stream says of a column what its FIELD event does not.
func TestDDLDefinesColumns(t *testing.T) {
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
	s.ddl("-80", "create table t (id int primary key, b varchar(5), g int as (id) stored, at datetime on update now())")
	at := column("at", "datetime", query.Type_DATETIME, 0)
	g := column("g", "int", query.Type_INT32, 0)
	const when = "2026-01-01 00:00:00"
	s.tell(begin("-80", 2), onTable(fields("-80", 2, key, b5, g, at), "t"), onTable(rows("-80", 2,
		&binlogdata.RowChange{Before: row(1, "a", 1, when), After: row(1, "b", 2, when)}), "t"), commit("-80", 2))
	s.wants("SET TIMESTAMP = 1795357205; create table t (id int primary key, b varchar(5), g int as (id) stored, at datetime on update now()); SET TIMESTAMP = DEFAULT; "+
		"UPDATE `t` SET `b` = 'b', `at` = '2026-01-01 00:00:00' WHERE `id` = 1;", 0)
}

// Only what Vitess's parser takes for one DDL of a table is a statement. Anything
// else could be a command to the client that reads it.
func TestWhatIsNoDDL(t *testing.T) {
	for _, statement := range []string{
		`\! id`, "system id", "source f", "/*!99999 drop table t */", "alter table t add c int /*!99999 , add d int */", "drop database x",
		"drop table t; drop table u", "create trigger t before insert on t for each row begin end", "create table t (", "", "alter \x1b[m",
		"create view v as select 1", "grant all on *.* to x", "alter table t discard tablespace", "set global x = 1",
		"create temporary table t (id int)", "alter table t add c int; \\! id", "/*M!100000 drop table t */ ", "delimiter //",
	} {
		s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
		s.ddl("-80", statement)
		s.wants("", 1)
		if strings.Contains(s.out.String(), "\x1b") {
			t.Errorf("%q prints raw", statement)
		}
	}
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
	s.ddl("-80", "create table t (id int /* ; */ comment 'a;b')")
	s.wants("DELIMITER ;; create table t (id int /* ; */ comment 'a;b');; DELIMITER ;", 0)
}

// A column that MySQL sets to its own time is set, and where nothing else
// differs there is nothing to repeat.
func TestSQLOfUpdates(t *testing.T) {
	at := column("updated_at", "timestamp", query.Type_TIMESTAMP, 8192)
	n := column("n", "int", query.Type_INT32, 0)
	generated := column("v", "int", query.Type_INT32, 0)
	for _, format := range []*headless.Format{headless.SQL, headless.UndoSQL} {
		s := newShop(t, headless.Options{Format: format}, "-80")
		s.decoder = stream.NewDecoder(s.Printer, &stream.Untold{Generated: map[stream.ColumnName]bool{{Keyspace: "customer", Table: "t", Column: "v"}: true}})
		const when = "2026-01-01 00:00:00"
		s.tell(begin("-80", 2), onTable(fields("-80", 2, key, n, at, generated), "t"), onTable(rows("-80", 2,
			&binlogdata.RowChange{Before: row(1, 1, when, 1), After: row(1, 2, when, 1)},
			&binlogdata.RowChange{Before: row(2, 1, when, 1), After: row(2, 1, when, 1)},
			&binlogdata.RowChange{Before: row(3, 1, when, 2), After: row(3, 1, when, 9)}), "t"), commit("-80", 2))
		value := map[*headless.Format]string{headless.SQL: "2", headless.UndoSQL: "1"}[format]
		s.wants("BEGIN; UPDATE `t` SET `n` = "+value+", `updated_at` = '2026-01-01 00:00:00' WHERE `id` = 1; COMMIT;", 0)
	}
}

// A copy reads its tables in an order of its own; what is live keeps the checks.
func TestForeignKeysOfACopy(t *testing.T) {
	s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
	copied := func(id int) {
		s.tell(begin("-80", 0), onTable(fields("-80", 0, key), "corder"), onTable(rows("-80", 0, insert(id)), "corder"), commit("-80", 0))
	}
	copied(1)
	copied(2)
	s.insert("-80", "corder", idOne, 3)
	s.wants("SET foreign_key_checks = 0; INSERT INTO `corder` (`id`) VALUES (1); INSERT INTO `corder` (`id`) VALUES (2); "+
		"SET foreign_key_checks = 1; INSERT INTO `corder` (`id`) VALUES (3);", 0)
}

// What is no JSON prints as a string, and is told; no statement says it.
func TestBrokenJSONValues(t *testing.T) {
	for _, test := range []struct {
		raw, statement, json string
		left                 uint64
	}{
		{`{"a": .1}`, `INSERT INTO ` + "`t` (`id`, `j`)" + ` VALUES (1, '{"a": 0.1}');`, `{"a": 0.1}`, 0},
		{`{"x": NaN}`, "", `"{\"x\": NaN}"`, 1},
		{`"base64:type15:VQ=="`, "", `"base64:type15:VQ=="`, 1},
		{`base64:type15:VQ==`, "", `"base64:type15:VQ=="`, 1},
	} {
		s := newShop(t, headless.Options{Format: headless.SQL}, "-80")
		s.insert("-80", "t", []*query.Field{key, doc}, 1, test.raw)
		s.wants(test.statement, test.left)
		s = newShop(t, headless.Options{Format: headless.JSON}, "-80")
		s.insert("-80", "t", []*query.Field{key, doc}, 1, test.raw)
		s.insert("-80", "t", []*query.Field{key, doc}, 2, test.raw)
		told := len(s.problems) == 1 && strings.Contains(s.problems[0], "t.j is no JSON")
		if !strings.Contains(s.out.String(), `"j":`+test.json+"}") || told != strings.HasPrefix(test.json, `"`) && !strings.HasPrefix(test.raw, `"`) {
			t.Errorf("%s prints %s, and is told %q", test.raw, s.out.String(), s.problems)
		}
	}
}
