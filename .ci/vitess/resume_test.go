//go:build cluster

package cluster

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestKilledAndResumed kills vtscope while it tails and goes on from the last
// position it printed: what came before that position is not printed again,
// and what came after is.
func TestKilledAndResumed(t *testing.T) {
	ready(t)
	first := start(t, "customer", "-t", "corder", "--events", "row,position", "--from", position(t, "customer"))
	w := startWriter(t, 1)
	positions := 0
	events := first.until(2*patience, func(e event) bool {
		if e.Event == "position" {
			positions++
		}
		return positions == 300
	})
	first.signal(os.Kill)
	_, rest := first.end(patience)
	events = append(events, rest...)

	h := newHistory(t)
	from, covered := lastPosition(t, events)
	h.add(events[:covered]...)
	again := w.written()
	eventually(t, "writes while nobody reads", patience, func() bool { return w.written() > again+200 })
	second := start(t, "customer", "-t", "corder", "--from", from)
	eventually(t, "writes while the second reads", patience, func() bool { return w.written() > again+400 })
	w.stop()
	want := selectOrders(t)
	h.catchUp(second, want, 2*patience)
	h.check(w.acked, want)
}

// lastPosition is what the last position event says, and how many events it covers.
func lastPosition(t *testing.T, events []event) (string, int) {
	t.Helper()
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Event == "position" {
			return compact(events[i].VGTID), i
		}
	}
	t.Fatal("no position")
	return "", 0
}

// TestCopyKilledAndResumed kills vtscope amid the copy of the first of two
// tables and goes on from the last position: together both runs have every row.
func TestCopyKilledAndResumed(t *testing.T) {
	ready(t)
	want := fillTwoTables(t)
	first := start(t, "customer", "-t", "corder", "-t", "customer", "--from", "copy", "--events", "row,position")
	events := first.until(2*patience, func(e event) bool {
		return e.Event == "position" && strings.Contains(string(e.VGTID), `"lastpk"`)
	})
	first.signal(os.Kill)
	_, rest := first.end(patience)
	events = append(events, rest...)
	from, covered := lastPosition(t, events)
	copyRest(t, events[:covered], from, want)
}

// copyRest goes on with the copy of two tables, after the events of a first
// run, until both runs together have as many rows as wanted. VTGate does not
// say that the whole copy is complete where a shard was done before.
func copyRest(t *testing.T, events []event, from string, want int) {
	t.Helper()
	copied := map[string]bool{}
	for _, e := range events {
		if e.Event == "copy" {
			copied[e.Table+compact(e.Key)] = true
		}
	}
	t.Logf("the first run copied %d rows", len(copied))
	second := start(t, "customer", "-t", "corder", "-t", "customer", "--from", from)
	deadline := time.Now().Add(patience)
	for len(copied) < want {
		if e := second.next(time.Until(deadline)); e.Event == "copy" {
			copied[e.Table+compact(e.Key)] = true
		}
	}
}

// TestCopyInterruptedAndResumed interrupts a copy and goes on from where the
// closing line says.
func TestCopyInterruptedAndResumed(t *testing.T) {
	ready(t)
	want := fillTwoTables(t)
	first := start(t, "customer", "-t", "corder", "-t", "customer", "--from", "copy")
	events := first.take(10)
	first.signal(os.Interrupt)
	_, rest := first.end(patience)
	match := regexp.MustCompile(`--from '([^']*)'`).FindStringSubmatch(first.stderr.String())
	if match == nil {
		t.Fatalf("nothing says where to resume: %s", first.stderr.String())
	}
	copyRest(t, append(events, rest...), match[1], want)
}
