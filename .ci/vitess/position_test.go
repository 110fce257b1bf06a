//go:build cluster

package cluster

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// TestResumeFromEveryPositionOfACopy copies two tables from two shards and
// begins again at the positions printed on the way, also at those where one
// table is done and the next has not begun, or one shard is ahead of the other:
// what was printed before a position and what comes after it are together every
// row, once, and each run ends when the copy is complete.
func TestResumeFromEveryPositionOfACopy(t *testing.T) {
	ready(t)
	want := fillTwoTables(t)
	args := []string{"customer", "-t", "corder", "-t", "customer"}
	first := start(t, append(args, "--events", "row,position,copy_completed", "--from", "copy")...)
	events := first.until(2*patience, wholeCopyCompleted)

	type resumed struct {
		after int
		scope *scope
		seen  map[string]bool
	}
	var runs []resumed
	seen, last := map[string]bool{}, ""
	for i, e := range events {
		switch from := compact(e.VGTID); {
		case e.Event == "copy":
			seen[e.Table+compact(e.Key)] = true
		case e.Event == "position" && from != last:
			last = from
			copies := strings.Contains(from, `"lastpk"`) || strings.Contains(from, `"gtid":""`)
			if !copies && len(seen) != want {
				t.Errorf("the position at event %d, after %d rows of %d, says that there is nothing left to copy: %s", i, len(seen), want, from)
			} else if copies {
				runs = append(runs, resumed{i, start(t, append(args, "--until", "copied", "--from", from)...), maps.Clone(seen)})
			}
		}
	}
	for _, r := range runs {
		had, twice := len(r.seen), 0
		code, after := r.scope.end(2 * patience)
		for _, e := range after {
			if key := e.Table + compact(e.Key); e.Event == "copy" && r.seen[key] {
				twice++
			} else if e.Event == "copy" {
				r.seen[key] = true
			}
		}
		if code != 0 || len(r.seen) != want || twice > 0 {
			t.Errorf("the position at event %d, with %d rows before it, leads to %d rows of %d, %d of them twice, and exit code %d: %s",
				r.after, had, len(r.seen), want, twice, code, compact(events[r.after].VGTID))
		}
	}
	t.Logf("%d positions", len(runs))
}

// fillTwoTables writes enough rows for the copy to need several steps, and says how many.
func fillTwoTables(t *testing.T) int {
	t.Helper()
	const rows, batch = 8_000, 2_000
	for first := 0; first < rows; first += batch {
		orders, customers := make([]string, batch), make([]string, batch)
		for i := range batch {
			id := first + i + 1
			orders[i] = fmt.Sprintf("(%d, %d, '%s', 1)", id, id, strings.Repeat("x", 60))
			customers[i] = fmt.Sprintf("(%d, '%s')", id, strings.Repeat("y", 100))
		}
		execute(t, "customer",
			"insert into corder(order_id, customer_id, sku, price) values "+strings.Join(orders, ","),
			"insert into customer(customer_id, email) values "+strings.Join(customers, ","))
	}
	return 2 * rows
}

// TestPositionForms begins at the same position in each form that --from takes.
func TestPositionForms(t *testing.T) {
	ready(t)
	var text, bare []string
	for _, row := range execute(t, "customer", "show global gtid_executed from customer") {
		gtid, shard := strings.ReplaceAll(row[1].ToString(), "\n", ""), row[2].ToString()
		text = append(text, "customer:"+shard+"@MySQL56/"+gtid)
		bare = append(bare, "customer:"+shard+"@"+gtid)
	}
	debezium := position(t, "customer")
	protojson := `{"shardGtids":` + debezium + `}`
	file := t.TempDir() + "/position"
	writeFile(t, file, debezium+"\n")
	write(t)
	for _, from := range []string{debezium, protojson, strings.Join(text, "|"), strings.Join(bare, "|"), "@" + file} {
		if counts := shardsOf(start(t, "customer", "--from", from, "-n", "6").take(6)); len(counts) != 2 {
			t.Errorf("from %s: changes per shard: %v", from, counts)
		}
	}
	s := start(t, "customer", "--from", "@"+file+".missing")
	if code, _ := s.end(patience); code != 2 {
		t.Errorf("a missing file of positions: exit code %d", code)
	}
}
