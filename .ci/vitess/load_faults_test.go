//go:build cluster

package cluster

import (
	"fmt"
	"testing"
	"time"
)

const (
	loadSessions = 16
	// steadyRate is how many transactions a second VTGate has to confirm before a fault happens.
	steadyRate = 500
	// steadyFor is over how long the rate is taken.
	steadyFor = 2 * time.Second
	// warmUp is how long the rate may take to get there, on a machine that others use too.
	warmUp = 3 * time.Minute
	// keptOrders is how many groups of rows a session keeps before it deletes the oldest.
	keptOrders = 20
)

// startLoad begins the load under which faults happen. Its table stays small.
func startLoad(t *testing.T, first int) *writer {
	t.Helper()
	return startSessions(t, loadSessions, first, insertUpdateDelete)
}

// insertUpdateDelete inserts three rows of a customer in one transaction, changes
// one, changes all, and deletes those of an earlier customer.
func insertUpdateDelete(first, i int) (string, []string) {
	const rows = 3
	customer := first + i/4
	text := func(row int) string { return fmt.Sprintf("%d-%d-%d", first, i, row) }
	id := func(row int) int { return customer*rows + row }
	switch i % 4 {
	case 0:
		return fmt.Sprintf("insert into corder(order_id, customer_id, sku, price) values (%d, %d, '%s', 1), (%d, %d, '%s', 2.5), (%d, %d, '%s', null)",
			id(0), customer, text(0), id(1), customer, text(1), id(2), customer, text(2)), []string{text(0), text(1), text(2)}
	case 1:
		return fmt.Sprintf("update corder set sku = '%s' where order_id = %d and customer_id = %d",
			text(1), id(1), customer), []string{text(1)}
	case 2:
		return fmt.Sprintf("update corder set price = %d, sku = concat('%d-%d-', order_id - %d) where customer_id = %d",
			i, first, i, id(0), customer), []string{text(0), text(1), text(2)}
	default:
		return fmt.Sprintf("delete from corder where customer_id = %d", customer-keptOrders), nil
	}
}

// steady waits until the load has its rate, and says which it has.
func (w *writer) steady(t *testing.T) float64 {
	t.Helper()
	type sample struct {
		at      time.Time
		written int
	}
	var samples []sample
	rate, best := 0.0, 0.0
	deadline := time.Now().Add(warmUp)
	eventually(t, "samples of the rate", 2*warmUp, func() bool {
		now := sample{time.Now(), w.written()}
		samples = append(samples, now)
		for len(samples) > 1 && now.at.Sub(samples[1].at) >= steadyFor {
			samples = samples[1:]
		}
		if took := now.at.Sub(samples[0].at); took >= steadyFor {
			rate = float64(now.written-samples[0].written) / took.Seconds()
			best = max(best, rate)
		}
		return rate >= steadyRate || now.at.After(deadline)
	})
	if rate < steadyRate {
		t.Fatalf("the load never reached %d transactions a second within %s; the best was %.0f", steadyRate, warmUp, best)
	}
	return rate
}
