//go:build cluster

package cluster

import (
	"encoding/json"
	"testing"
	"time"
)

// history follows every row of corder through its events. The before image of
// each change has to be the after image of the one before: so a change that is
// missing, doubled or out of order shows.
type history struct {
	t     *testing.T
	rows  map[string]order // by order_id, as of the last event
	texts map[string]int   // how often each text was written
	bad   int
}

type order struct {
	OrderID json.Number `json:"order_id"`
	SKU     string      `json:"sku"`
}

func newHistory(t *testing.T) *history {
	return &history{t: t, rows: map[string]order{}, texts: map[string]int{}}
}

// add takes the events of corder in the order in which they were printed.
func (h *history) add(events ...event) {
	h.t.Helper()
	for _, e := range events {
		switch e.Event {
		case "insert", "update", "delete":
			h.change(e)
		}
	}
}

func (h *history) change(e event) {
	h.t.Helper()
	before, after := h.order(e.Before), h.order(e.After)
	id := before.OrderID.String()
	if e.After != nil {
		id = after.OrderID.String()
		h.texts[after.SKU]++
	}
	known, exists := h.rows[id]
	if exists != (e.Before != nil) || known.SKU != before.SKU {
		h.complain("row %s was %+v (there: %t) when this came: %s %s -> %s", id, known, exists, e.Event, e.Before, e.After)
	}
	delete(h.rows, id)
	if e.After != nil {
		h.rows[id] = after
	}
}

// complain reports the first mistakes; the others follow from them.
func (h *history) complain(format string, args ...any) {
	h.t.Helper()
	if h.bad++; h.bad <= 5 {
		h.t.Errorf(format, args...)
	}
}

func (h *history) order(raw json.RawMessage) order {
	h.t.Helper()
	var o order
	if raw != nil {
		if err := json.Unmarshal(raw, &o); err != nil {
			h.t.Fatalf("row %s: %v", raw, err)
		}
	}
	return o
}

// selectOrders is what MySQL holds at the end.
func selectOrders(t *testing.T) map[string]string {
	t.Helper()
	rows := map[string]string{}
	for _, row := range execute(t, "customer", "select order_id, sku from corder") {
		rows[row[0].ToString()] = row[1].ToString()
	}
	return rows
}

// differ is how many of the wanted rows the history does not have so.
func (h *history) differ(want map[string]string) int {
	n := 0
	for id, text := range want {
		if h.rows[id].SKU != text {
			n++
		}
	}
	return n
}

// catchUp reads events until the history is what MySQL holds.
func (h *history) catchUp(s *scope, want map[string]string, limit time.Duration) {
	h.t.Helper()
	deadline := time.Now().Add(limit)
	for left := h.differ(want); left > 0; left = h.differ(want) {
		// Each row that differs needs one more event at least.
		for range left {
			if time.Now().After(deadline) {
				h.t.Fatalf("%d rows of %d are not as MySQL has them after %s", left, len(want), limit)
			}
			h.add(s.next(time.Until(deadline)))
		}
	}
}

// check expects every confirmed statement exactly once, and no row too many.
func (h *history) check(acked map[string]bool, want map[string]string) {
	h.t.Helper()
	for text := range acked {
		if h.texts[text] != 1 {
			h.complain("the confirmed change %s was printed %d times", text, h.texts[text])
		}
	}
	for text, n := range h.texts {
		if n > 1 && !acked[text] {
			h.complain("the change %s was printed %d times", text, n)
		}
	}
	if len(h.rows) != len(want) {
		h.complain("%d rows at the end, MySQL has %d", len(h.rows), len(want))
	}
}
