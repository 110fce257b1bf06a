//go:build cluster

package cluster

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// changeColumns are those of the table where_changes.
var changeColumns = []string{
	"id int", "step int", "n int", "amount decimal(10,2)", "name varchar(40)",
	"folded varchar(40) collate utf8mb4_bin", "note text", "made datetime(6)", "j json",
}

// changeStatements each write a step of their own, so that no two changes are equal.
var changeStatements = []string{
	`insert into where_changes values
		(1, 1, 1, 1.50, 'a', 'a', 'first', '2024-02-29 12:34:56.5', '{"a": 1}'),
		(2, 1, 2, 2, 'b', 'b', 'second', '2024-02-29', '{"a": "1"}'),
		(3, 1, null, null, null, null, null, null, null),
		(4, 1, -4, 0, '', '', '', '2024-02-28', '[]'),
		(5, 1, 5, 99.99, 'größe', 'größe', 'fifth', '2024-12-31', 'null')`,
	"update where_changes set step = 2, n = n + 1 where id < 3",
	"update where_changes set step = 3, name = upper(name), folded = upper(folded) where id in (1, 2, 5)",
	"update where_changes set step = 4, name = null, n = null where id = 1",
	"update where_changes set step = 5, name = 'x', n = 3, amount = 3, made = now(6), j = '{\"a\": 2, \"b\": [1]}' where id = 3",
	"update where_changes set n = n where id = 2",
	"update where_changes set step = 7, amount = amount * 1.1",
	"update where_changes set step = 8, made = made + interval 1 day, note = concat(note, ' and more') where id > 1",
	"update where_changes set step = 9, j = json_set(j, '$.a', 7) where id in (2, 3)",
	"update where_changes set step = 10, id = id + 100 where id = 4",
	"delete from where_changes where id in (1, 104)",
	"insert into where_changes values (1, 12, 9, 1, 'back', 'back', null, null, '{\"a\": 9}')",
	"insert into where_changes(id, step) values (2, 13) on duplicate key update step = 13, n = 1000, name = 'b '",
	"begin",
	"update where_changes set step = 15, n = 1 where id = 5",
	"update where_changes set step = 16, n = 2 where id = 5",
	"insert into where_changes(id, step, name) values (6, 17, '😀')",
	"delete from where_changes where id = 6",
	"commit",
	"delete from where_changes",
	"alter table where_changes comment 'no more changes'",
}

// TestWhereTail filters a tail by expressions over the values before and after
// each change, and expects what MySQL says of a table that its own triggers fill.
func TestWhereTail(t *testing.T) {
	ready(t)
	m := dialMySQL(t)
	createChanges(t, m)
	from := position(t, "commerce")
	execute(t, "commerce", changeStatements...)
	tail := filterRun{
		args: []string{"commerce", "-t", "where_changes", "--from", from},
		last: func(e event) bool { return strings.Contains(e.Statement, "no more changes") },
	}
	numbers := map[string]int{}
	all := tail.run(t.Context(), "")
	for i, e := range all.events {
		numbers[change(e)] = i + 1
	}
	logged, err := m.numbers("select seq from where_log")
	if err != nil || all.failed != nil || len(numbers) != len(logged) || len(all.events) != len(logged) || len(logged) < 30 {
		t.Fatalf("vtscope has %d changes, %d of them different; MySQL's triggers saw %d; %v, %v",
			len(all.events), len(numbers), len(logged), err, all.failed)
	}
	expressions := dataLines(t, "testdata/where/changes.txt")
	for i, got := range tail.runAll(t.Context(), expressions) {
		want, err := m.numbers("select seq from where_log where " + overLog(expressions[i]))
		if err != nil {
			t.Errorf("%s\n\tis an error to MySQL: %v", expressions[i], err)
			continue
		}
		if how := got.differs(want, func(e event) int { return numbers[change(e)] }); how != "" {
			t.Errorf("%s\n\t%s", expressions[i], how)
		}
	}
}

// change tells a row's changes apart.
func change(e event) string {
	return e.Event + compact(e.Before) + compact(e.After)
}

// createChanges makes the tables where_changes and where_log. Triggers write a
// line in the log for every change: c is a column as a bare name means it,
// before_c and after_c are what they are called after.
func createChanges(t *testing.T, m mysqld) {
	t.Helper()
	drop := "drop table if exists where_changes, where_log"
	log := []string{
		"seq int primary key auto_increment", "_event varchar(10)", "_keyspace varchar(10) default 'commerce'",
		"_shard varchar(10) default '0'", "_table varchar(20) default 'where_changes'", "_copy tinyint default 0",
		"_time datetime default now()",
	}
	var names []string
	for _, definition := range changeColumns {
		name, _, _ := strings.Cut(definition, " ")
		names = append(names, name)
		log = append(log, definition, "before_"+definition, "after_"+definition)
	}
	execute(t, "commerce", drop,
		"create table where_changes ("+strings.Join(changeColumns, ", ")+", primary key (id))",
		"create table where_log ("+strings.Join(log, ", ")+")")
	t.Cleanup(func() { execute(t, "commerce", drop) })
	m.execute(t, logTrigger("insert", names, "after_ new", " new"))
	m.execute(t, logTrigger("update", names, "before_ old", "after_ new", " new")+
		// MySQL logs no update that changes nothing, but calls the trigger.
		" where json_array(old."+strings.Join(names, ", old.")+") <> json_array(new."+strings.Join(names, ", new.")+")")
	m.execute(t, logTrigger("delete", names, "before_ old", " old"))
}

// logTrigger is a trigger that writes to where_log. Each of the images is a
// prefix of columns there and the row that they are taken from.
func logTrigger(event string, names []string, images ...string) string {
	into, values := "_event", "'"+event+"'"
	for _, image := range images {
		prefix, row, _ := strings.Cut(image, " ")
		for _, name := range names {
			into += ", " + prefix + name
			values += ", " + row + "." + name
		}
	}
	return fmt.Sprintf("create trigger where_%s after %[1]s on where_changes for each row insert into where_log(%s) select %s", event, into, values)
}

var (
	imageName = regexp.MustCompile(`\b(before|after)\.(\w+)`)
	changedOf = regexp.MustCompile(`\bchanged\((\w+)\)`)
)

// overLog writes an expression over changes for MySQL, over the table where_log.
func overLog(expression string) string {
	expression = imageName.ReplaceAllString(expression, "${1}_$2")
	return changedOf.ReplaceAllString(expression,
		"(_event = 'update' and not cast(before_$1 as binary) <=> cast(after_$1 as binary))")
}
