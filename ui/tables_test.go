package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vtscope/internal/hostile"
	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/query"
)

// listed are the lines of the list of tables, by words.
func (s *screen) listed() (tables [][]string) {
	lines := s.lines()
	head := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, " TABLE") })
	if head < 0 {
		s.t.Fatalf("no tables are listed:\n%s", s.text())
	}
	for _, line := range lines[head+1:] {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(line, "╭") || line == lines[len(lines)-1] {
			break
		}
		tables = append(tables, words)
	}
	return tables
}

// order are the tables' names from top to bottom.
func (s *screen) order() string {
	var names []string
	for _, words := range s.listed() {
		names = append(names, words[0])
	}
	return strings.Join(names, " ")
}

// TestTablesCount: what the list says is what the log holds.
func TestTablesCount(t *testing.T) {
	f := liveShop(t)
	rows := map[string][4]int{}
	snapshot := f.store.Snapshot()
	var r stream.Record
	for seq := snapshot.First(); seq < snapshot.End(); seq++ {
		if snapshot.At(seq, &r); r.Kind.IsRow() {
			n := rows[r.Table.Name]
			if n[0]++; !r.Abandoned {
				n[r.Kind-stream.Insert+1]++
			}
			rows[r.Table.Name] = n
		}
	}
	tables := f.screen(120, 40).press("3").fits().shows("Tables", "3 tables").listed()
	if len(tables) != len(rows) {
		t.Errorf("%d tables, want %d", len(tables), len(rows))
	}
	for _, words := range tables {
		var got [4]int
		for i := range got {
			got[i], _ = strconv.Atoi(strings.ReplaceAll(words[1+i], ",", ""))
		}
		if got != rows[words[0]] || got[0] == 0 {
			t.Errorf("%s has %v rows kept, inserted, updated and deleted; want %v", words[0], got, rows[words[0]])
		}
	}
}

// TestTablesInEveryOrder: each order is that of its column, and the cursor stays on
// its table.
func TestTablesInEveryOrder(t *testing.T) {
	s := liveShop(t).screen(130, 40).press("3", "j").shows("table shop.customer")
	number := func(text string) float64 {
		n, err := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(text, ",", ""), "sm"), 64)
		if err != nil {
			t.Fatalf("%q is no number", text)
		}
		return n
	}
	s.shows("TABLE▾")
	heads := []string{"KEPT", "INSERTS", "UPDATES", "DELETES", "SIZE", "LAST", "CHANGES/S"}
	for i, head := range heads {
		s.press("o").shows(head+"▾", "table shop.customer")
		if head == "SIZE" {
			continue // nobody was asked
		}
		for _, keys := range []string{"O", "O"} {
			tables := s.listed()
			sorted := slices.IsSortedFunc(tables, func(a, b []string) int {
				falling := int(100*number(b[1+i])) - int(100*number(a[1+i]))
				if head == "LAST" != strings.Contains(s.text(), "▴") {
					return -falling
				}
				return falling
			})
			if !sorted {
				t.Errorf("not in the order of %s:\n%s", head, s.text())
			}
			s.press(keys)
		}
	}
	if got := s.press("o").shows("TABLE▾").order(); got != "corder customer product" {
		t.Error("by name", got)
	}
	if got := s.press("O").shows("TABLE▴").order(); got != "product customer corder" {
		t.Error("by name, the other way round", got)
	}
}

// TestIntoATable: enter shows the changes of the table alone, whatever it is called.
func TestIntoATable(t *testing.T) {
	s := liveShop(t).screen(120, 40).setFilter("total > 100").press("3", "j", "j", "enter")
	s.only("product").shows("filter  _table = 'product'", "TIME").hides("Tables")
	for _, name := range []string{"it's", `back\slash`, "select", "名前", "a b", "`"} {
		f := newFixture(t)
		f.deliver(f.hello(), f.commit(0, insert(tableSpec{name, customerTable.fields}, f.customer(1)...)), f.commit(1, insert(productTable, f.product(7, 8)...)))
		s := f.screen(120, 40).press("3")
		if !strings.Contains(s.text(), "table shop."+name+" ") {
			s.press("j")
		}
		s.shows("table shop." + name + " ").press("enter").shows("1 of 4").hides("product")
	}
}

func TestTablesAndTheFilter(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("3", "-", "-").shows("filter  not (_table", "Tables")
	s.press("1").hides("insert  corder").shows("insert  customer")
	s.press("3", "+").shows("_table = 'corder'")
}

// TestTablesGoAndCome: esc goes one level back, and the details of the log are as they
// were left.
func TestTablesGoAndCome(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	s.press("3").shows("╭ table shop.corder").press("esc").hides("╭ table").shows("Tables")
	s.press("3").shows("╭ table shop.corder").press("esc", "esc").shows("Changes", "▶ follow").hides("╭ table", "╭ delete", "╭ update")
	s.press("enter").shows("email").press("3").shows("╭ table").press("1").shows("Changes").hides("╭ table")
	if s.model.detailed != paneView {
		t.Error("the details of the row are gone")
	}
	s.press("3", "tab").press("enter").hides("Tables").shows("columns", "history").press("esc").shows("Tables")
	s.press("esc", "/").shows("TIME").hides("Tables")
	s.press("esc", "3", "2", "j").shows("Tables").press("3", "z").shows("Tables").fits()
}

// TestTableVersions: the history has a DDL with the shards that told it, and what is
// other in the version after it.
func TestTableVersions(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(productTable, f.product(1, 2)...)), f.commit(1, insert(productTable, f.product(1, 2)...)))
	altered := tableSpec{"product", slices.Clone(productTable.fields)}
	altered.fields = slices.Insert(altered.fields, 2, column("colour", query.Type_VARCHAR, "varchar(9)"))
	altered.fields = slices.Delete(altered.fields, 4, 5)
	altered.fields[4] = column("stock", query.Type_INT64, "bigint")
	const statement = "ALTER TABLE product ADD colour varchar(9) AFTER name, DROP digest, MODIFY stock bigint"
	f.pass(time.Minute).deliver(f.ddl(0, statement), f.ddl(2, "ALTER TABLE customer ADD product int"))
	f.pass(time.Second).deliver(f.ddl(1, statement))
	s := f.screen(120, 60).press("3", "tab", "enter").shows("12:04:44 UTC -40, 40-80: ALTER TABLE product", "digest").hides("version 2", "ADD product int")
	f.fielded = map[string]bool{}
	s.pass(time.Second).deliver(f.commit(0, insert(altered, "SKU-1", "x", "red", "1.00", 5)))
	s.frame().shows("12:04:46 UTC -40: version 2: + colour varchar(9), after name; stock: int → bigint; − digest").fits()
	s.resize(40, 12).fits().resize(80, 24).fits()

	// A statement of every shard, and one again.
	f = newFixture(t, shardNames(16)...)
	f.deliver(f.hello(), f.commit(0, insert(productTable, f.product(1, 2)...)))
	for range 2 {
		for shard := range f.shards {
			f.deliver(f.ddl(shard, "TRUNCATE TABLE product"))
		}
	}
	s = f.screen(120, 60).press("3", "tab", "enter").shows("16 shards: TRUNCATE TABLE product")
	if n := strings.Count(s.text(), "TRUNCATE"); n != 2 {
		t.Errorf("the statement stands there %d times:\n%s", n, s.text())
	}
}

func TestTableSizes(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("3").shows("not asked")
	a := &answers{version: "25.0.1", tables: tablesOf(map[string]uint64{"customer": 20000})}
	s.ask(a).press("j").shows("~7.6 MiB", "about 80,000 rows, 7.6 MiB, by MySQL's estimate")
	if len(a.asked) != 4 {
		t.Errorf("asked %q", a.asked)
	}
	f := newFixture(t, shardNames(64)...)
	f.deliver(f.hello(), f.commit(0, insert(customerTable, f.customer(1)...)))
	s = f.screen(120, 40).press("3").ask(a).shows("in 16 of 64 shards", "?").hides("~")
	if s.press("1").ask(a); len(a.asked) != 4+16 {
		t.Errorf("asked %d times", len(a.asked))
	}
}

func TestTablesInTheCopy(t *testing.T) {
	s := copyingShop(newFixture(t)).screen(120, 40).press("3").shows("COPIED", "copying,", "done in 1 of 3 shards")
	s.knowEstimates()
	s.frame().shows("%").fits()
	liveShop(t).screen(200, 60).press("3").hides("COPIED", "COPY")
}

func TestHostileTables(t *testing.T) {
	for _, text := range hostile.Texts {
		f := newFixture(t)
		table, values := hostileTable(text)
		f.deliver(f.hello(), f.commit(0, insert(table, values...)), f.ddl(0, protoText("alter table `"+text+"` add x int")))
		s := f.screen(120, 40).press("3").harmless().press("tab", "enter").harmless().press("esc", "1", "3", "-").harmless().press("-").harmless()
		s.press("1", "3", "enter").harmless()
	}
}

// TestManyTables: a thousand tables can be gone through, and none is lost.
func TestManyTables(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello())
	for i := range 1000 {
		f.deliver(f.commit(i%4, insert(tableSpec{fmt.Sprintf("t%04d", i), customerTable.fields}, f.customer(i)...)))
	}
	s := f.screen(80, 24).press("3").shows("1,000 tables", "t0000").press("G").shows("╭ table shop.t0999").fits().press("pgup", "k").fits().press("g").shows("╭ table shop.t0000")
	s.press("esc").shows("Tables").press("esc").shows("Changes")
}

func TestNoTables(t *testing.T) {
	newFixture(t).screen(120, 40).press("3").shows("connecting").press("enter", "j", "o", "+", "tab", "j", "enter").fits()
	f := newFixture(t)
	f.deliver(f.hello()).screen(120, 40).press("3").shows("no table yet")
}
