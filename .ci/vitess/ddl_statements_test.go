//go:build cluster

package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vitess.io/vitess/go/sqltypes"
)

// A ddlCase is a DDL that the two shards carry out one after the other, while
// rows change on both.
type ddlCase struct {
	name   string
	create []string // the tables, before
	ddl    string
	tables []string // those that are there afterwards
	// old and new make the i-th change of a shard that has not carried the DDL
	// out yet, and of one that has, about the row id.
	old, new func(id, i int) string
	// not says that the DDL may be left out, as one that cannot be repeated.
	not bool
}

const (
	ddlTable = "create table ddl_rows (id int primary key, b varchar(20), n int)"
	// ddlIDs are how many rows a shard has.
	ddlIDs = 40
)

// rowChange makes inserts, updates and deletes of a table with a text column.
func rowChange(table, text string) func(id, i int) string {
	return func(id, i int) string {
		switch i % 4 {
		case 0:
			return fmt.Sprintf("insert into %s (id, %s, n) values (%d, 't%d', %d) on duplicate key update n = n + 1", table, text, id, i, i)
		case 1:
			return fmt.Sprintf("update %s set %s = 'u%d' where id = %d", table, text, i, id)
		case 2:
			return fmt.Sprintf("update %s set n = %d where id = %d", table, i, id)
		}
		return fmt.Sprintf("delete from %s where id = %d", table, id)
	}
}

// withoutText is rowChange without its text column.
func withoutText(id, i int) string {
	switch i % 3 {
	case 0:
		return fmt.Sprintf("insert into ddl_rows (id, n) values (%d, %d) on duplicate key update n = n + 1", id, i)
	case 1:
		return fmt.Sprintf("update ddl_rows set n = %d where id = %d", i, id)
	}
	return fmt.Sprintf("delete from ddl_rows where id = %d", id)
}

var ddlCases = []ddlCase{
	{name: "add", create: []string{ddlTable}, ddl: "alter table ddl_rows add column c int default 7", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: func(id, i int) string {
			if i%2 == 0 {
				return rowChange("ddl_rows", "b")(id, i/2)
			}
			return fmt.Sprintf("update ddl_rows set c = %d where id = %d", i, id)
		}},
	{name: "drop", create: []string{ddlTable}, ddl: "alter table ddl_rows drop column b", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: withoutText},
	{name: "add and drop", create: []string{ddlTable}, ddl: "alter table ddl_rows drop column b, add column c varchar(20)", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_rows", "c")},
	{name: "rename column", create: []string{ddlTable}, ddl: "alter table ddl_rows rename column b to c", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_rows", "c")},
	{name: "widen", create: []string{ddlTable}, ddl: "alter table ddl_rows modify b varchar(60), modify n bigint", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: func(id, i int) string {
			if i%2 == 0 {
				return rowChange("ddl_rows", "b")(id, i/2)
			}
			return fmt.Sprintf("update ddl_rows set b = '%050d', n = 10000000000 where id = %d", i, id)
		}},
	{name: "another type", create: []string{ddlTable}, ddl: "alter table ddl_rows modify n varchar(20)", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_rows", "b"), not: true},
	{name: "truncate", create: []string{ddlTable}, ddl: "truncate table ddl_rows", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_rows", "b"), not: true},
	{name: "rename table", create: []string{ddlTable}, ddl: "rename table ddl_rows to ddl_others", tables: []string{"ddl_others"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_others", "b")},
	{name: "create select", create: []string{ddlTable}, ddl: "create table ddl_others (primary key (id)) select * from ddl_rows", tables: []string{"ddl_rows", "ddl_others"},
		old: rowChange("ddl_rows", "b"), new: rowChange("ddl_others", "b")},
	{name: "on update", create: []string{"create table ddl_rows (id int primary key, b varchar(20), n int, at timestamp(3) default current_timestamp(3) on update current_timestamp(3), since datetime on update current_timestamp)"},
		ddl: "alter table ddl_rows add index (n)", tables: []string{"ddl_rows"},
		old: rowChange("ddl_rows", "b"), new: func(id, i int) string {
			if i%5 == 4 {
				return fmt.Sprintf("update ddl_rows set n = %d, at = at, since = since where id = %d", i, id)
			}
			return rowChange("ddl_rows", "b")(id, i)
		}},
}

// TestStatementsOfDDL repeats what happened around a DDL on two shards, and
// undoes what came after it. A DDL that cannot be repeated is said to be none.
func TestStatementsOfDDL(t *testing.T) {
	for _, c := range ddlCases {
		t.Run(c.name, func(t *testing.T) { c.run(t) })
	}
}

func (c *ddlCase) run(t *testing.T) {
	ready(t)
	s, stop := c.begin(t)
	from := position(t, "customer")
	live := startLive(t, c.args(from, "sql")...)
	load := startDDLLoad(t, c)
	for _, shard := range shards {
		load.wait(t)
		live.follows(t)
		execute(t, "customer:"+shard+"@primary", c.ddl)
		load.applied[shard].Store(true)
	}
	load.wait(t)
	load.pause()
	middle, between := position(t, "customer"), contents(t, "customer", c.tables)
	load.resume()
	load.wait(t)
	load.stop()
	after := contents(t, "customer", c.tables)

	out, code := live.endAt(t, position(t, "customer"))
	left := strings.Count(out, "\n-- NOT repeated, ")
	switch {
	case code == 0 && left == 0:
		s.mysql("scratch", out)
		after.expect(t, "repeated", s.contents("customer", c.tables))
	case code != 1 || !c.not || left != 1:
		t.Errorf("it ends with %d and leaves %d statements out of\n%.3000s", code, left, out)
	}
	undo, code := ended(t, c.args(middle, "undo-sql", "--until", "caught-up")...)
	if code != 0 {
		t.Errorf("to undo it ends with %d", code)
	}
	for i, target := range primaries(t, "customer") {
		// A shard takes what is its own: its rows are those with its remainder.
		throughVTGate(t, target, ofShard(undo, shards[i]))
	}
	between.expect(t, "undone", contents(t, "customer", c.tables))
	stop()
	t.Logf("%d statements, %d left out, %d undone", strings.Count(out, ";\n"), left, strings.Count(undo, ";\n"))
}

// ofShard keeps the transactions of one shard, with what stands before all.
func ofShard(statements, shard string) string {
	var kept strings.Builder
	here := true
	for line := range strings.Lines(statements) {
		if strings.HasPrefix(line, "-- ") {
			here = strings.Contains(line, " customer/"+shard+" ")
		} else if here {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// args print the changes since a position.
func (c *ddlCase) args(from, format string, more ...string) []string {
	return append([]string{"customer", "-t", "/ddl_.*/", "--from", from, "-o", format}, more...)
}

// A live run of vtscope reads what happens while it happens. Rows that are read
// later have the names that their table's columns have then.
type liveRun struct {
	command     *exec.Cmd
	out, stderr lockedBuffer
	saved       string
	done        chan struct{}
}

func startLive(t *testing.T, args ...string) *liveRun {
	t.Helper()
	l := &liveRun{saved: filepath.Join(t.TempDir(), "position"), done: make(chan struct{})}
	l.command = exec.Command(binary, append([]string{"--vtgate", address, "--save-position", l.saved}, args...)...)
	l.command.Stdout, l.command.Stderr = &l.out, &l.stderr
	if err := l.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(l.done)
		_ = l.command.Wait() // its code is looked at
	}()
	t.Cleanup(func() {
		_ = l.command.Process.Kill()
		<-l.done
	})
	return l
}

// follows waits until the run prints what is written now.
func (l *liveRun) follows(t *testing.T) {
	t.Helper()
	now := position(t, "customer")
	eventually(t, "the stream", recovery, func() bool { return l.isAt(t, now) })
}

// isAt reports whether the run has come as far as a position.
func (l *liveRun) isAt(t *testing.T, end string) bool {
	t.Helper()
	saved, err := os.ReadFile(l.saved)
	return err == nil && contains(t, string(saved), end)
}

// endAt interrupts the run when it is at a position. It gives what is printed,
// and 1 where something of it is no statement.
func (l *liveRun) endAt(t *testing.T, end string) (out string, code int) {
	t.Helper()
	eventually(t, "the end of the changes", recovery, func() bool { return l.isAt(t, end) })
	_ = l.command.Process.Signal(os.Interrupt)
	<-l.done
	if strings.Contains(l.stderr.String(), " left out") {
		code = 1
	}
	return l.out.String(), code
}

// contains reports whether a position is as far as another.
func contains(t *testing.T, position, other string) bool {
	t.Helper()
	var here, there []shardGTID
	if json.Unmarshal([]byte(position), &here) != nil || json.Unmarshal([]byte(other), &there) != nil {
		return false
	}
	return !slices.ContainsFunc(there, func(o shardGTID) bool {
		return !slices.ContainsFunc(here, func(h shardGTID) bool {
			return h.Shard == o.Shard && parseSet(t, h.GTID).Contains(parseSet(t, o.GTID))
		})
	})
}

// ended runs vtscope to its end, and gives its output and exit code.
func ended(t *testing.T, args ...string) (string, int) {
	t.Helper()
	command := exec.Command(binary, append([]string{"--vtgate", address}, args...)...)
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if code := command.ProcessState.ExitCode(); code > 1 {
		t.Fatalf("vtscope %s: exit code %d\n%s", strings.Join(args, " "), code, stderr.String())
	}
	return string(output), command.ProcessState.ExitCode()
}

// begin makes the tables on both shards and in a scratch database, each with
// rows.
func (c *ddlCase) begin(t *testing.T) (*scratch, func()) {
	t.Helper()
	drop := "drop table if exists ddl_child, ddl_rows, ddl_others"
	stop := func() {
		for _, shard := range shards {
			execute(t, "customer:"+shard+"@primary", drop)
		}
	}
	stop()
	t.Cleanup(stop)
	for _, shard := range shards {
		execute(t, "customer:"+shard+"@primary", c.create...)
		for id := range ddlIDs {
			execute(t, "customer:"+shard+"@primary", c.old(ddlID(shard, id), 0))
		}
	}
	tables := slices.Clone(c.created())
	s := newScratch(t, "customer", tables)
	s.fill(t, "customer", tables)
	return s, stop
}

// created names the tables that there are before.
func (c *ddlCase) created() []string {
	var tables []string
	for _, create := range c.create {
		tables = append(tables, strings.Fields(create)[2])
	}
	return tables
}

// ddlID keeps the rows of the shards apart.
func ddlID(shard string, i int) int { return 2*i + slices.Index(shards, shard) }

// fill copies what tables hold into the database.
func (s *scratch) fill(t *testing.T, keyspace string, tables []string) {
	t.Helper()
	statements := []string{"set foreign_key_checks = 0"}
	for _, target := range primaries(t, keyspace) {
		for _, table := range tables {
			for _, row := range execute(t, target, "select * from "+table) {
				var values []string
				for _, value := range row {
					if value.IsNull() {
						values = append(values, "null")
					} else {
						values = append(values, fmt.Sprintf("'%s'", value.ToString()))
					}
				}
				statements = append(statements, "replace into "+table+" values ("+strings.Join(values, ",")+")")
			}
		}
	}
	s.mysql("scratch", strings.Join(statements, "; "))
}

// A ddlLoad changes rows on each shard by itself.
type ddlLoad struct {
	applied map[string]*atomic.Bool // by shard: the DDL has been carried out
	done    map[string]*atomic.Int64
	held    sync.RWMutex
	cancel  context.CancelFunc
	wg      sync.WaitGroup
}

func startDDLLoad(t *testing.T, c *ddlCase) *ddlLoad {
	t.Helper()
	l := &ddlLoad{applied: map[string]*atomic.Bool{}, done: map[string]*atomic.Int64{}}
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	for _, shard := range shards {
		l.applied[shard], l.done[shard] = &atomic.Bool{}, &atomic.Int64{}
	}
	for _, shard := range shards {
		l.wg.Go(func() { l.write(ctx, c, shard) })
	}
	t.Cleanup(l.stop)
	return l
}

// write changes one row after another. What fails, since the DDL has come
// between, changes nothing.
func (l *ddlLoad) write(ctx context.Context, c *ddlCase, shard string) {
	session := conn.Session("customer:" + shard + "@primary")
	for i := 0; ctx.Err() == nil; i++ {
		l.held.RLock()
		statement := c.old
		if l.applied[shard].Load() {
			statement = c.new
		}
		one, cancel := context.WithTimeout(context.WithoutCancel(ctx), recovery)
		if _, err := session.Execute(one, statement(ddlID(shard, i*7%ddlIDs), i)); err == nil {
			l.done[shard].Add(1)
		}
		cancel()
		l.held.RUnlock()
	}
}

// wait waits until both shards have changed some more.
func (l *ddlLoad) wait(t *testing.T) {
	t.Helper()
	for _, shard := range shards {
		goal := l.done[shard].Load() + 60
		eventually(t, "changes on "+shard, patience, func() bool { return l.done[shard].Load() >= goal })
	}
}

func (l *ddlLoad) pause()  { l.held.Lock() }
func (l *ddlLoad) resume() { l.held.Unlock() }

func (l *ddlLoad) stop() {
	l.cancel()
	l.wg.Wait()
}

// TestStatementsOfAnOnlineDDL has Vitess change a table's schema beside it. The
// statements do not do that, and say so; with the change in its place they give
// the same rows.
func TestStatementsOfAnOnlineDDL(t *testing.T) {
	ready(t)
	c := ddlCase{create: []string{ddlTable}, tables: []string{"ddl_rows"}, old: rowChange("ddl_rows", "b"), new: rowChange("ddl_rows", "b")}
	s, stop := c.begin(t)
	defer stop()
	from := position(t, "customer")
	load := startDDLLoad(t, &c)
	live := startLive(t, c.args(from, "sql")...)
	load.wait(t)
	live.follows(t)
	// Vitess takes an equal DDL of the same context for done.
	once := fmt.Sprintf("set @@migration_context = 'vtscope:%d'", time.Now().UnixNano())
	ids := execute(t, "customer", "set @@ddl_strategy = 'vitess'", once, "alter table ddl_rows add column c int default 7")
	if len(ids) != 1 {
		t.Fatalf("the migration is %v", ids)
	}
	// Its streams stay, stopped, for a day; no shard is split beside them.
	defer func() {
		for _, tablet := range []string{"zone1-0000000100", "zone1-0000000102"} {
			administer(t, "ExecuteFetchAsDBA", tablet, "delete from _vt.vreplication where workflow = '"+ids[0][0].ToString()+"'")
		}
	}()
	eventually(t, "the migration", 2*recovery, func() bool {
		complete := 0
		for _, row := range execute(t, "customer", "show vitess_migrations like '"+ids[0][0].ToString()+"'") {
			if slices.ContainsFunc(row, func(v sqltypes.Value) bool { return v.ToString() == "complete" }) {
				complete++
			}
		}
		return complete == len(shards)
	})
	load.wait(t)
	load.stop()
	out, code := live.endAt(t, position(t, "customer"))
	exchanged := "-- customer.ddl_rows was exchanged: with c int\n"
	if code != 1 || !strings.Contains(out, "-- NOT repeated, it is about a table of a schema change") || strings.Count(out, exchanged) != 1 {
		t.Fatalf("exit code %d of\n%.3000s\nand says %s", code, out, live.stderr.String())
	}
	s.mysql("scratch", strings.Replace(out, exchanged, "alter table ddl_rows add column c int default 7;\n", 1))
	contents(t, "customer", c.tables).expect(t, "repeated", s.contents("customer", c.tables))
}

// TestStatementsOfForeignKeys copies a child before its parent, and goes on live.
func TestStatementsOfForeignKeys(t *testing.T) {
	ready(t)
	c := ddlCase{
		create: []string{ddlTable, "create table ddl_child (id int primary key, parent int, foreign key (parent) references ddl_rows (id) on delete cascade)"},
		tables: []string{"ddl_rows", "ddl_child"},
		old: func(id, i int) string {
			switch i % 6 {
			case 1, 2:
				return fmt.Sprintf("insert ignore into ddl_child select %d, id from ddl_rows where id = %d", id, id)
			case 3:
				return fmt.Sprintf("delete from ddl_child where id = %d", id)
			}
			return rowChange("ddl_rows", "b")(id, i)
		},
	}
	s, stop := c.begin(t)
	defer stop()
	load := startDDLLoad(t, &c)
	load.wait(t)
	load.pause()
	before, from := contents(t, "customer", c.tables), position(t, "customer")
	copied, code := ended(t, "customer", "-t", "/ddl_.*/", "--from", "copy", "--until", "copied", "-o", "sql")
	if code != 0 {
		t.Fatalf("the copy ends with %d", code)
	}
	s.mysql("scratch", "set foreign_key_checks = 0; truncate ddl_rows; truncate ddl_child")
	s.mysql("scratch", copied)
	before.expect(t, "copied", s.contents("customer", c.tables))
	load.resume()
	load.wait(t)
	load.wait(t)
	load.stop()
	after := contents(t, "customer", c.tables)
	live, code := ended(t, c.args(from, "sql", "--until", "caught-up")...)
	if code != 0 {
		t.Fatalf("the changes end with %d", code)
	}
	s.mysql("scratch", live)
	after.expect(t, "repeated", s.contents("customer", c.tables))
	undo, code := ended(t, c.args(from, "undo-sql", "--until", "caught-up")...)
	if code != 0 {
		t.Fatalf("to undo ends with %d", code)
	}
	s.mysql("scratch", undo)
	before.expect(t, "undone", s.contents("customer", c.tables))
}
