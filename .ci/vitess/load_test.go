//go:build cluster

package cluster

import (
	"fmt"
	"strings"
	"testing"
)

// TestCopyUnderLoad copies a table while it changes: whatever the copy and the
// binlog both bring, the last image of each row is what MySQL holds.
func TestCopyUnderLoad(t *testing.T) {
	ready(t)
	w := startWriter(t, 1)
	eventually(t, "rows to copy", patience, func() bool { return w.written() > 1000 })
	s := start(t, "customer", "-t", "corder", "--from", "copy")
	last := map[string]string{}
	apply := func(events ...event) {
		for _, e := range events {
			switch id := string(columns(t, e.Key)["order_id"]); e.Event {
			case "copy", "insert", "update":
				last[id] = compact(columns(t, e.After)["sku"])
			case "delete":
				delete(last, id)
			}
		}
	}
	apply(s.until(patience, wholeCopyCompleted)...)
	again := w.written()
	eventually(t, "writes after the copy", patience, func() bool { return w.written() > again+500 })
	w.stop()
	want := selectOrders(t)
	// One more change on each shard says that all that went before has come.
	seen := map[string]bool{}
	execute(t, "customer", "insert into customer(customer_id) values (6),(7),(8),(9),(10),(11)",
		"insert into corder(order_id, customer_id) values (-6, 6),(-7, 7),(-8, 8),(-9, 9),(-10, 10),(-11, 11)")
	apply(s.until(patience, func(e event) bool {
		if strings.HasPrefix(compact(e.Key), `{"order_id":-`) {
			seen[e.Shard] = true
		}
		return len(seen) == len(shards)
	})...)
	for id, sku := range want {
		if got := last[id]; got != `"`+sku+`"` {
			t.Errorf("row %s: the last image has %s, MySQL has %s", id, got, sku)
		}
	}
	for id := range last {
		if _, ok := want[id]; !ok && id[0] != '-' {
			t.Errorf("row %s is not in MySQL", id)
		}
	}
}

// TestLargeTransaction writes more in one transaction than VTGate sends in one
// message, and meanwhile on the other shard: a transaction is printed in one piece.
func TestLargeTransaction(t *testing.T) {
	ready(t)
	const rows, batch = 6000, 500
	s := start(t, "commerce", "customer", "-t", "product", "-t", "customer", "--from", position(t, "commerce", "customer"))
	statements := []string{"begin"}
	for first := 0; first < rows; first += batch {
		values := make([]string, batch)
		for i := range values {
			values[i] = fmt.Sprintf("('%05d', '%s')", first+i, strings.Repeat("d", 200))
		}
		statements = append(statements, "insert into product(sku, description) values "+strings.Join(values, ","))
	}
	execute(t, "commerce", append(statements, "commit")...)
	execute(t, "customer", "insert into customer(customer_id) values (6),(7),(8),(9),(10),(11)")
	var gtid string
	next := 0
	for i, e := range s.take(rows + 6) {
		if e.Keyspace != "commerce" {
			if next != 0 && next != rows {
				t.Errorf("event %d, of %s, is inside the transaction of another shard", i, e.Shard)
			}
			continue
		}
		if next == 0 {
			gtid = e.GTID
		}
		if want := fmt.Sprintf(`{"sku":"%05d"}`, next); compact(e.Key) != want || e.GTID != gtid || e.Event != "insert" {
			t.Fatalf("event %d is the %s of %s in %s, want %s in %s", i, e.Event, e.Key, e.GTID, want, gtid)
		}
		next++
	}
}
