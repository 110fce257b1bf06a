//go:build cluster

package cluster

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A window is a time in which tables of a keyspace were changed, with what they
// held before and after.
type window struct {
	keyspace      string
	tables        []string
	from          string
	before, after tableRows
}

// changed lets statements change tables.
func changed(t *testing.T, keyspace string, tables []string, change func()) *window {
	t.Helper()
	w := &window{keyspace: keyspace, tables: tables, before: contents(t, keyspace, tables), from: position(t, keyspace)}
	change()
	w.after = contents(t, keyspace, tables)
	return w
}

// print runs vtscope to its end and gives what it prints of the window.
func (w *window) print(t *testing.T, args ...string) string {
	t.Helper()
	args = append([]string{w.keyspace, "--from", w.from, "--until", "caught-up"}, args...)
	for _, table := range w.tables {
		args = append(args, "-t", table)
	}
	return printed(t, args...)
}

// printed runs vtscope, which ends by itself and well, and gives its output.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if args[0] != "--replay" {
		args = append([]string{"--vtgate", address}, args...)
	}
	command := exec.Command(binary, args...)
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("vtscope %s: %v\n%s\n%.3000s", strings.Join(args, " "), err, stderr.String(), stdout.String())
	}
	return stdout.String()
}

// thereAndBack repeats the window in a database that holds what the tables held
// before, and undoes it there and in the keyspace itself. It gives what undoes it.
func (w *window) thereAndBack(t *testing.T, s *scratch) string {
	t.Helper()
	s.mysql("scratch", w.print(t, "-o", "sql"))
	w.after.expect(t, "repeated", s.contents(w.keyspace, w.tables))
	undo := w.print(t, "-o", "undo-sql")
	s.mysql("scratch", undo)
	w.before.expect(t, "undone", s.contents(w.keyspace, w.tables))
	throughVTGate(t, w.keyspace, undo)
	w.before.expect(t, "undone through VTGate", contents(t, w.keyspace, w.tables))
	return undo
}

// TestStatementsOfEveryType repeats, in another database, changes of every type
// of column on two shards, and undoes them there and in the keyspace itself.
func TestStatementsOfEveryType(t *testing.T) {
	ready(t)
	fillEveryType(t, 1)
	// A copy has six digits of a FLOAT, and JSON text no decimals.
	execute(t, "customer", "update every_type set t_float = 0.5 where t_float is not null",
		"update every_type set t_json = null where json_contains_path(t_json, 'one', '$.decimal')")
	tables := []string{"every_type"}
	s := newScratch(t, "customer", tables)
	s.mysql("scratch", printed(t, "customer", "-t", "every_type", "--from", "copy", "--until", "copied", "-o", "sql"))
	w := changed(t, "customer", tables, func() {
		fillEveryType(t, 1001)
		execute(t, "customer",
			"update every_type set t_int = 7, t_json = json_set(coalesce(t_json, '{}'), '$.now', 'é\n\\'') where id > 3",
			"update every_type set t_text = concat(coalesce(t_text, ''), '\\0\\Z\\\\%_\\%\"`\\r', char(27), '[31m') where id between 5 and 1005",
			"update every_type set t_latin1 = null, t_point = st_geomfromtext('POINT(3 4)'), t_float = 0.1, t_double = 1e-7 where id > 7",
			"begin", "delete from every_type where id in (1, 2, 3)", "delete from every_type where id > 1010", "commit")
	})
	w.before.expect(t, "copied", s.contents("customer", tables))
	w.thereAndBack(t, s)
}

// TestStatementsOfOddTables has tables without a key, with columns that MySQL
// computes or hides, with keys that change and names that need their quotes; and
// a DDL in between.
func TestStatementsOfOddTables(t *testing.T) {
	ready(t)
	tables := []string{"composite", "computed", "hidden", "enum_key", "without_key", "vectors", "or der"}
	drop := "drop table if exists `" + strings.Join(tables, "`, `") + "`"
	execute(t, "commerce:0@primary", drop,
		"create table composite (a int, b varchar(10) collate utf8mb4_bin, c int, primary key (b, a))",
		"create table computed (id int primary key, n int, v int generated always as (n + 1) virtual, s int generated always as (n + 2) stored)",
		"create table hidden (id int auto_increment primary key, a int invisible, z float)",
		"create table enum_key (e enum('b', 'ü', 'a') primary key, n int)",
		"create table without_key (f float, t varchar(20), l varchar(20) character set latin1, b varbinary(4), j json, v vector(2), g point, d timestamp(3) null, n int generated always as (length(t)))",
		"create table vectors (v vector(2), s set('x', 'y'))",
		"create table `or der` (`select` int primary key, `a``b` text, `q?` bit(9))")
	t.Cleanup(func() { execute(t, "commerce:0@primary", drop) })
	eventually(t, "VTGate knows the tables", patience, func() bool {
		return len(execute(t, "commerce", "show tables like 'vectors'")) > 0
	})
	s := newScratch(t, "commerce", tables)
	w := changed(t, "commerce", tables, func() {
		throughVTGate(t, "commerce", "set sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\ninsert into hidden(id) values (0);\n")
		execute(t, "commerce:0@primary",
			"insert into composite values (1, 'ü', 2), (2, 'u', 2)", "update composite set a = 3, c = null where b = 'u'",
			"insert into computed(id, n) values (1, 1), (2, null)", "update computed set n = 5",
			"insert into hidden(id, a, z) values (1, 2, 0.1), (2, null, 1e30)",
			"insert into enum_key values ('ü', 1), ('a', 2)", "delete from enum_key where e = 'a'",
			"insert into without_key(f, t, l, b, j, v, g, d) values"+
				" (0.1, 'x', 'ü', x'00ff', '[1.5, \"ü\"]', to_vector('[1,2]'), st_geomfromtext('POINT(1 2)'), '2026-02-03 04:05:06.789'),"+
				" (0.1, 'X', 'ü', x'00ff', '[1.5, \"ü\"]', to_vector('[1,2]'), st_geomfromtext('POINT(1 2)'), '2026-02-03 04:05:06.789'),"+
				" (0.1, 'X', 'ü', x'00ff', '[1.5, \"ü\"]', to_vector('[1,2]'), st_geomfromtext('POINT(1 2)'), '2026-02-03 04:05:06.789'),"+
				" (0.1, 'x ', 'U', null, null, null, null, null)",
			"update without_key set l = 'é' where t = 'x' collate utf8mb4_0900_bin", "delete from without_key where t = 'X' limit 1",
			"insert into vectors values (to_vector('[1,2]'), 'y'), (null, null)", "update vectors set s = 'x,y' where v is null",
			"insert into `or der` values (1, ';\\n-- \\'', 5), (2, '*/', null)", "update `or der` set `select` = 3 where `select` = 2",
			"alter table composite add column d int default 4 comment 'a;b' -- later", "insert into composite(a, b, d) values (9, 'z', 9)")
	})
	s.mysql("scratch", w.print(t, "-o", "sql"))
	w.after.expect(t, "repeated", s.contents("commerce", tables))

	// The changes can be undone, the DDL cannot.
	undo := w.print(t, "-o", "undo-sql", "--events", "row")
	s.mysql("scratch", undo)
	w.before.expect(t, "undone", s.contents("commerce", tables))
	throughVTGate(t, "commerce", undo)
	w.before.expect(t, "undone through VTGate", contents(t, "commerce", tables))
}

// TestStatementsOfManyChanges repeats and undoes changes that meet the same few
// rows again and again, within transactions over both shards and outside of them.
func TestStatementsOfManyChanges(t *testing.T) {
	ready(t)
	const ids, transactions = 40, 400
	tables := []string{"customer", "corder"}
	s := newScratch(t, "customer", tables)
	random := rand.New(rand.NewPCG(1, 2))
	id := func() int { return 1 + random.IntN(ids) }
	statement := func() string {
		switch random.IntN(6) {
		case 0:
			return fmt.Sprintf("insert ignore into customer(customer_id, email) values (%d, '%x'), (%d, null)", id(), random.Uint64(), id())
		case 1:
			// An order of one number is on one shard, as everywhere in Vitess where keys are unique.
			order := id()
			return fmt.Sprintf("insert ignore into corder(order_id, customer_id, price) values (%d, %d, %d)", order, order, random.IntN(1000))
		case 2:
			return fmt.Sprintf("update customer set email = '%x' where customer_id between %d and %d", random.Uint64(), id(), id())
		case 3:
			return fmt.Sprintf("update corder set price = price + 1, sku = nullif('%d', '3') where order_id > %d", random.IntN(5), id())
		case 4:
			return fmt.Sprintf("delete from customer where customer_id = %d", id())
		}
		return fmt.Sprintf("delete from corder where order_id in (%d, %d)", id(), id())
	}
	w := changed(t, "customer", tables, func() {
		for range transactions {
			group := []string{"begin"}
			for range 1 + random.IntN(4) {
				group = append(group, statement())
			}
			execute(t, "customer", append(group, "commit")...)
		}
	})
	undo := w.thereAndBack(t, s)
	t.Logf("%d statements undo %d transactions", strings.Count(undo, ";\n"), transactions)
}

// TestStatementsOfACopyUnderLoad makes another database what the tables are, by a
// copy while they change and what came after it.
func TestStatementsOfACopyUnderLoad(t *testing.T) {
	ready(t)
	fillTwoTables(t)
	tables := []string{"customer", "corder"}
	s := newScratch(t, "customer", tables)
	w := startWriter(t, 9_000_000)
	eventually(t, "changes before the copy", patience, func() bool { return w.written() > 300 })
	args := []string{"customer", "-t", "customer", "-t", "corder", "-o", "sql", "--save-position", filepath.Join(t.TempDir(), "position")}
	file := args[len(args)-1]
	first := printed(t, append(args, "--from", "copy", "--until", "copied")...)
	s.mysql("scratch", first)
	again := w.written()
	eventually(t, "changes after the copy", patience, func() bool { return w.written() > again+300 })
	w.stop()
	second := printed(t, append(args, "--from", "@"+file, "--until", "caught-up")...)
	s.mysql("scratch", second)
	contents(t, "customer", tables).expect(t, "copied under load", s.contents("customer", tables))
	t.Logf("%d statements of the copy and %d after it; %d changes before it ended", strings.Count(first, ";\n"), strings.Count(second, ";\n"), again)
}

// TestUndoOfPartialImages has rows of which MySQL logs no BLOB, TEXT or JSON
// unless it has changed: what they held before is not known, and not guessed.
func TestUndoOfPartialImages(t *testing.T) {
	ready(t)
	drop := "drop table if exists partial_images"
	execute(t, "commerce:0@primary", drop, "create table partial_images (id int primary key, t text, n int)",
		"insert into partial_images values (1, 'a', 1), (2, 'b', 1), (3, null, 1)")
	t.Cleanup(func() { execute(t, "commerce:0@primary", drop) })
	socket := filepath.Join(work, "data", "vt_0000000103", "mysql.sock")
	mysqlClient(t, socket, "", "set global binlog_row_image = 'NOBLOB'")
	t.Cleanup(func() { mysqlClient(t, socket, "", "set global binlog_row_image = 'FULL'") })
	w := changed(t, "commerce", []string{"partial_images"}, func() {
		mysqlClient(t, socket, "vt_commerce", "update partial_images set n = 2 where id = 1; update partial_images set t = 'c' where id = 2; delete from partial_images where id = 2")
	})
	for line := range strings.Lines(w.print(t, "-o", "json")) {
		if strings.Contains(line, `"before":{"id":2,"t":`) {
			t.Errorf("what t held is not in the binary log, and told: %s", line)
		}
	}
	command := exec.Command(binary, "--vtgate", address, "commerce", "-t", "partial_images", "--from", w.from, "--until", "caught-up", "-o", "undo-sql")
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	text := string(output)
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(stderr.String(), "2 changes left out") {
		t.Errorf("it ends with %v and says %s", err, stderr.String())
	}
	if strings.Count(text, "\n-- NOT undone, the binary log does not hold all of t: ") != 2 || strings.Contains(text, "INSERT") ||
		!strings.Contains(text, "UPDATE `partial_images` SET `n` = 1 WHERE `id` = 1;\n") {
		t.Errorf("printed\n%s", text)
	}
}
