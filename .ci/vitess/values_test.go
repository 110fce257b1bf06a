//go:build cluster

package cluster

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestValues writes every type and expects, from the copy and from the binlog,
// what MySQL's SELECT prints, by the rules of each type.
func TestValues(t *testing.T) {
	ready(t)
	from := position(t, "customer")
	rows := fillEveryType(t, 1)
	table := describe(t, "customer", "every_type")
	want := table.selected(t)
	if len(want) != rows {
		t.Fatalf("%d rows of %d are there", len(want), rows)
	}

	tail := start(t, "customer", "-t", "every_type", "--from", from)
	inserts := byID(t, tail.take(rows), "insert")
	copied := start(t, "customer", "-t", "every_type", "--from", "copy")
	copies := byID(t, copied.until(patience, wholeCopyCompleted), "copy")
	copied.signal(os.Kill)
	table.compare(t, "copy", copies, afterImage, want)
	table.compare(t, "insert", inserts, afterImage, want)
	for id := range want {
		if c, i := afterImage(copies[id]), afterImage(inserts[id]); !sameRow(t, c, i) {
			t.Errorf("row %s: the copy and the binlog print it differently:\n%s\n%s", id, c, i)
		}
	}

	execute(t, "customer", "update every_type set t_bool = 5")
	updates := byID(t, tail.take(rows), "update")
	table.compare(t, "update, before", updates, beforeImage, want)
	want = table.selected(t)
	table.compare(t, "update, after", updates, afterImage, want)
	for id, e := range updates {
		if !slices.Equal(e.Changed, []string{"t_bool"}) {
			t.Errorf("row %s: changed is %v, want [t_bool]", id, e.Changed)
		}
	}
	execute(t, "customer", "delete from every_type")
	table.compare(t, "delete", byID(t, tail.take(rows), "delete"), beforeImage, want)
}

func beforeImage(e event) json.RawMessage { return e.Before }

func afterImage(e event) json.RawMessage { return e.After }

// fillEveryType writes the rows of testdata/values.txt, and one of NULLs, with
// ids from first on, and says how many. IGNORE lets zero dates and unknown enum
// members pass.
func fillEveryType(t *testing.T, first int) int {
	t.Helper()
	text, err := os.ReadFile("testdata/values.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	literals := map[string][]string{}
	most := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if literal, ok := strings.CutPrefix(line, "  "); ok {
			name := names[len(names)-1]
			literals[name] = append(literals[name], literal)
			most = max(most, len(literals[name]))
			continue
		}
		names = append(names, line)
	}
	for i := range most + 1 {
		into, values := "id", strconv.Itoa(first+i)
		for _, name := range names {
			if i < len(literals[name]) {
				into += ", " + name
				values += ", " + literals[name][i]
			}
		}
		execute(t, "customer", "insert ignore into every_type("+into+") values ("+values+")")
	}
	return most + 1
}

// byID keys events by the primary key id and expects each once.
func byID(t *testing.T, events []event, kind string) map[string]event {
	t.Helper()
	byID := map[string]event{}
	for _, e := range events {
		if e.Event != kind {
			if e.Event != "copy_completed" {
				t.Errorf("a %s where %s was expected", e.Event, kind)
			}
			continue
		}
		id := string(columns(t, e.Key)["id"])
		if _, ok := byID[id]; ok {
			t.Errorf("%s of row %s comes twice", kind, id)
		}
		byID[id] = e
	}
	return byID
}

// sameRow holds for rows that are printed equally but for the order of the
// keys inside JSON columns, which the binlog does not keep.
func sameRow(t *testing.T, a, b json.RawMessage) bool {
	t.Helper()
	left, right := columns(t, a), columns(t, b)
	if len(left) != len(right) {
		return false
	}
	for name, value := range left {
		if strings.HasPrefix(name, "t_json") {
			if !sameJSON(value, right[name]) {
				return false
			}
		} else if !bytes.Equal(value, right[name]) {
			return false
		}
	}
	return true
}

// TestCharsetsTheStreamDoesNotName covers text in character sets that Vitess does
// not know: the stream's FIELD events hold no collation for such columns.
func TestCharsetsTheStreamDoesNotName(t *testing.T) {
	ready(t)
	drop := "drop table if exists unnamed_charsets"
	execute(t, "commerce", drop, `create table unnamed_charsets (
		id int primary key, gbk varchar(20) character set gbk, gb18030 varchar(20) character set gb18030,
		big5 text character set big5, e enum('a', '中') character set gbk)`)
	t.Cleanup(func() { execute(t, "commerce", drop) })
	from := position(t, "commerce")
	execute(t, "commerce", "insert into unnamed_charsets values (1, '縗 中文', '中文 😀 ß', '功 許 中文', '中'), (2, 'a', 'b', '', 'a'), (3, null, null, null, null)")
	want := []string{
		`{"id":1,"gbk":"縗 中文","gb18030":"中文 😀 ß","big5":"功 許 中文","e":"中"}`,
		`{"id":2,"gbk":"a","gb18030":"b","big5":"","e":"a"}`,
		`{"id":3,"gbk":null,"gb18030":null,"big5":null,"e":null}`,
	}
	for _, where := range []string{from, "copy"} {
		var got []string
		for _, e := range start(t, "commerce", "-t", "unnamed_charsets", "--from", where).take(3) {
			got = append(got, compact(e.After))
		}
		if !slices.Equal(got, want) {
			t.Errorf("from %s\n got  %s\n want %s", where, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
		}
	}
}

// TestBrokenJSON writes JSON that VTGate's binlog reader cannot print: what
// arrives is no JSON, or has lost a value. The lines stay JSON all the same,
// and later rows come.
func TestBrokenJSON(t *testing.T) {
	ready(t)
	s := start(t, "customer", "-t", "every_type", "--from", position(t, "customer"))
	execute(t, "customer",
		"insert into every_type(id, t_json) values (1, json_array(x'00ff', 'after'))",
		"insert into every_type(id, t_json) values (2, json_object('t', cast('-12:34:56' as time)))",
		"insert into every_type(id, t_json) values (3, '[1]')")
	for id, e := range byID(t, s.take(3), "insert") {
		if value := columns(t, e.After)["t_json"]; id == "3" && compact(value) != "[1]" || value == nil {
			t.Errorf("row %s: t_json is %s", id, value)
		}
	}
}

// TestImagesWithoutKey expects what VTGate's stream says of rows that nothing identifies.
func TestImagesWithoutKey(t *testing.T) {
	ready(t)
	execute(t, "commerce", "drop table if exists without_key", "create table without_key (a int, b varchar(10))")
	t.Cleanup(func() { execute(t, "commerce", "drop table without_key") })
	s := start(t, "commerce", "-t", "without_key", "--from", position(t, "commerce"))
	execute(t, "commerce", "insert into without_key values (1, 'x'), (1, 'x')", "update without_key set b = null limit 1", "delete from without_key")
	var got []string
	for _, e := range s.take(5) {
		got = append(got, e.Event+" "+compact(e.Before)+" "+compact(e.After))
	}
	want := []string{
		`insert  {"a":1,"b":"x"}`, `insert  {"a":1,"b":"x"}`, `update {"a":1,"b":"x"} {"a":1,"b":null}`,
		`delete {"a":1,"b":"x"} `, `delete {"a":1,"b":null} `,
	}
	slices.Sort(got[3:])
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestKeysAndColumns covers keys of several columns, text keys, columns
// that MySQL computes or hides, and vectors.
func TestKeysAndColumns(t *testing.T) {
	ready(t)
	vectors := strings.Compare(execute(t, "commerce:0@primary", "select version()")[0][0].ToString(), "9") >= 0
	drop := "drop table if exists composite, computed, hidden, enum_key, vectors"
	execute(t, "commerce", drop,
		"create table composite (a int, b varchar(10) collate utf8mb4_bin, c int, primary key (b, a))",
		"create table computed (id int primary key, n int, v int generated always as (n + 1) virtual, s int generated always as (n + 2) stored)",
		"create table hidden (id int primary key, a int invisible, z int)",
		"create table enum_key (e enum('b', 'ü', 'a') primary key, n int)")
	t.Cleanup(func() { execute(t, "commerce", drop) })
	statements := []string{
		"insert into composite values (1, 'ü', 2)",
		"insert into computed(id, n) values (1, 1)",
		"insert into hidden(id, a, z) values (1, 2, 3)",
		"insert into enum_key values ('ü', 1)",
	}
	want := []string{
		`composite {"a":1,"b":"ü"} {"a":1,"b":"ü","c":2}`,
		`computed {"id":1} {"id":1,"n":1,"v":2,"s":3}`,
		`hidden {"id":1} {"id":1,"a":2,"z":3}`,
		`enum_key {"e":"ü"} {"e":"ü","n":1}`,
	}
	if vectors {
		execute(t, "commerce", "create table vectors (id int primary key, v vector(3))")
		statements = append(statements, "insert into vectors values (1, to_vector('[1,2.5,-3]'))")
		want = append(want, `vectors {"id":1} {"id":1,"v":"AACAPwAAIEAAAEDA"}`)
	}
	from := position(t, "commerce")
	execute(t, "commerce", statements...)
	slices.Sort(want)
	for _, where := range []string{from, "copy"} {
		s := start(t, "commerce", "-t", "/^(composite|computed|hidden|enum_key|vectors)$/", "--from", where, "--events", "row")
		var got []string
		for _, e := range s.take(len(want)) {
			// Nothing says in which order a key of several columns is printed.
			key, err := json.Marshal(columns(t, e.Key))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e.Table+" "+string(key)+" "+compact(e.After))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("from %s\n got  %s\n want %s", where, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
		}
	}
}
