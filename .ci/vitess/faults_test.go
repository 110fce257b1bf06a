//go:build cluster

package cluster

import (
	"testing"
	"time"
)

// recovery is how long VTGate may need to find a tablet again.
const recovery = 90 * time.Second

// tabletOf80 is the primary of customer/80-, for the script program.
const tabletOf80 = "vttablet-102"

func TestTabletKilledUnderLoad(t *testing.T) {
	underLoad(t, func(w *writer) {
		program(t, "kill", tabletOf80)
		failed := w.failures()
		eventually(t, "a failing write", recovery, func() bool { return w.failures() > failed })
		program(t, "start", tabletOf80)
	})
}

func TestVTGateRestartedUnderLoad(t *testing.T) {
	underLoad(t, func(*writer) {
		program(t, "kill", "vtgate")
		program(t, "start", "vtgate")
	})
}

// TestVTGateRestartedInCopy restarts VTGate between two steps of a copy and
// expects every row of both tables once.
func TestVTGateRestartedInCopy(t *testing.T) {
	emptyTables(t)
	want := fillTwoTables(t)
	s := start(t, "customer", "-t", "corder", "-t", "customer", "--from", "copy")
	// The tablets pause for a moment between two tables, so that the second has
	// not begun when the last row of the first is there.
	events := s.until(patience, countdown(want/2))
	program(t, "kill", "vtgate")
	program(t, "start", "vtgate")
	events = append(events, s.until(recovery, wholeCopyCompleted)...)
	copied := map[string]int{}
	for _, e := range events {
		if e.Event == "copy" {
			copied[e.Table+compact(e.Key)]++
		}
	}
	twice := 0
	for _, n := range copied {
		if n > 1 {
			twice++
		}
	}
	if len(copied) != want || twice > 0 {
		t.Errorf("copied %d rows of %d, %d of them more than once", len(copied), want, twice)
	}
}

// underLoad lets a fault happen between writes and expects every change once.
func underLoad(t *testing.T, fault func(*writer)) {
	t.Helper()
	emptyTables(t)
	s := start(t, "customer", "-t", "corder", "--from", position(t, "customer"))
	w := startWriter(t, 1)
	eventually(t, "the first writes", patience, func() bool { return w.written() > 500 })
	fault(w)
	eventually(t, "writes to both shards after the fault", recovery, func() bool {
		return writable(t, "-80") && writable(t, "80-")
	})
	again := w.written()
	eventually(t, "more writes after the fault", recovery, func() bool { return w.written() > again+500 })
	w.stop()

	want := selectOrders(t)
	h := newHistory(t)
	h.catchUp(s, want, recovery)
	h.check(w.acked, want)
	t.Logf("%d changes confirmed, %d failed", len(w.acked), w.failed)
}

// writable holds once a shard takes writes; the row it changes is not there.
func writable(t *testing.T, shard string) bool {
	t.Helper()
	_, err := conn.Session("customer:"+shard+"@primary").Execute(t.Context(), "delete from corder where order_id = -1")
	return err == nil
}
