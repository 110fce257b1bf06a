//go:build cluster

package cluster

import (
	"fmt"
	"testing"
)

// write makes six changes that reach both shards of customer, and one in commerce.
func write(t *testing.T) {
	t.Helper()
	execute(t, "customer", "insert into customer(customer_id) values (6),(7),(8),(9),(10),(11)")
	execute(t, "commerce", "insert into product(sku, price) values ('A', 1)")
}

// shardsOf counts the events of each shard.
func shardsOf(events []event) map[string]int {
	counts := map[string]int{}
	for _, e := range events {
		counts[e.Keyspace+"/"+e.Shard]++
	}
	return counts
}

func TestTwoKeyspaces(t *testing.T) {
	ready(t)
	s := start(t, "customer", "commerce", "--from", position(t, "customer", "commerce"))
	write(t)
	counts := shardsOf(s.take(7))
	if counts["commerce/0"] != 1 || counts["customer/-80"] == 0 || counts["customer/80-"] == 0 {
		t.Errorf("changes per shard: %v", counts)
	}
}

func TestOneShard(t *testing.T) {
	ready(t)
	s := start(t, "customer:-80", "--from", "copy", "-t", "customer")
	s.until(patience, wholeCopyCompleted)
	write(t)
	here := len(execute(t, "customer:-80", "select customer_id from customer"))
	execute(t, "customer", "delete from customer")
	counts := shardsOf(s.take(2 * here))
	if here == 0 || len(counts) != 1 || counts["customer/-80"] != 2*here {
		t.Errorf("%d rows inserted and deleted, changes per shard: %v", here, counts)
	}
}

// TestNoTarget begins "from now on", a moment that only vtscope knows: it writes
// until every shard has been seen.
func TestNoTarget(t *testing.T) {
	ready(t)
	s := start(t)
	seen := map[string]bool{}
	round := 0
	eventually(t, "changes of all shards of all keyspaces", 2*patience, func() bool {
		round++
		execute(t, "customer", fmt.Sprintf("insert into customer(customer_id) values (%d),(%d),(%d),(%d),(%d)",
			round*10, round*10+1, round*10+2, round*10+3, round*10+4))
		execute(t, "commerce", fmt.Sprintf("insert into product(sku) values ('%d')", round))
		for {
			select {
			case e, ok := <-s.events:
				if !ok {
					t.Fatalf("vtscope ended: %s", s.stderr.String())
				}
				if e.Event == "insert" {
					seen[e.Keyspace+"/"+e.Shard] = true
				}
				continue
			default:
			}
			return seen["commerce/0"] && seen["customer/-80"] && seen["customer/80-"]
		}
	})
}

func TestReplica(t *testing.T) {
	ready(t)
	s := start(t, "customer:-80@replica", "--from", "copy", "-t", "customer")
	s.until(patience, wholeCopyCompleted)
	write(t)
	here := len(execute(t, "customer:-80", "select customer_id from customer"))
	s.take(here)
}
