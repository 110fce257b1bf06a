//go:build cluster

package cluster

import (
	"fmt"
	"testing"
	"time"
)

const (
	loadSessions = 16
	// warm is how many transactions VTGate has to confirm before a fault happens.
	warm = 1000
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

// steady waits until the load runs, and says how many transactions a second
// there are: as many as the machine gives.
func (w *writer) steady(t *testing.T) float64 {
	t.Helper()
	eventually(t, "transactions of the load", recovery, func() bool { return w.written() >= warm })
	began, before := time.Now(), w.written()
	eventually(t, "more transactions of the load", recovery, func() bool { return w.written() >= before+warm })
	return float64(w.written()-before) / time.Since(began).Seconds()
}
