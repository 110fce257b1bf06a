//go:build cluster

package cluster

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// recovery is how long VTGate may need to find a tablet again, on a machine that
// is slow and busy.
const recovery = 3 * time.Minute

// fault is something that goes wrong while the load runs.
type fault struct {
	name string
	// shape is what the cluster has to be before, twoShards where it is nil.
	shape shape
	// proxied says that vtscope has to speak to VTGate through the tests' proxy;
	// direct, where it is set, happens to one that does not.
	proxied bool
	direct  func(*faultRun, *writer)
	// prepare, before the load begins, and clean, after all, need not be there.
	prepare, clean func(*testing.T)
	happen         func(*faultRun, *writer)
}

// faults are tried one by one by TestFaults, and over and over by TestManyFaults.
var faults = []fault{
	{name: "vttablet killed", happen: killTablet},
	{name: "mysqld killed", happen: killMysqld},
	{name: "vtgate killed", happen: killVTGate},
	{name: "vtgate restarted", happen: restartVTGate},
	{name: "reparented to the replica", happen: reparent},
	{name: "reparented back", happen: reparent},
	{name: "cut in mid-transaction", proxied: true, happen: cutConnection},
	{name: "client stopped", happen: stopClient},
	{name: "split in four", prepare: step("prepare"), happen: splitWithStop},
	{name: "merged in two and cut at the journal", shape: fourShards, proxied: true, direct: reshard("merge"),
		happen: cutAtJournal("merge", "-80"), clean: step("clean")},
	{name: "split in four and cut at the journal", proxied: true, direct: reshard("split"),
		happen: cutAtJournal("split", "-40"), prepare: step("prepare")},
	{name: "merged in two", shape: fourShards, happen: reshard("merge"), clean: step("clean")},
}

// TestFaults has one of each kind, each with a vtscope of its own.
func TestFaults(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			r := startFaultRun(t, f)
			r.last = true
			r.under(f)
		})
	}
}

// anyShard names one that serves.
func anyShard(t *testing.T) string {
	t.Helper()
	live := liveShards(t)
	if len(live) == 0 {
		t.Fatal("no shard serves")
	}
	return live[rand.IntN(len(live))]
}

// awaitFailure waits until the load has met the fault.
func awaitFailure(t *testing.T, w *writer) {
	t.Helper()
	failed := w.failures()
	eventually(t, "a failing write", recovery, func() bool { return w.failures() > failed })
}

func killTablet(r *faultRun, w *writer) {
	name := primaryOf(r.t, anyShard(r.t)).name("vttablet")
	program(r.t, "kill", name)
	awaitFailure(r.t, w)
	program(r.t, "start", name)
}

// killMysqld kills MySQL under a primary. It comes back read-only, which VTOrc
// would put right where it runs.
func killMysqld(r *faultRun, w *writer) {
	primary := primaryOf(r.t, anyShard(r.t))
	program(r.t, "kill", primary.name("mysqld"))
	awaitFailure(r.t, w)
	program(r.t, "start", primary.name("mysqld"))
	eventually(r.t, "a writable MySQL", recovery, func() bool {
		return exec.Command("./vtctldclient", "SetWritable", primary.alias, "true").Run() == nil
	})
}

func killVTGate(r *faultRun, w *writer) {
	program(r.t, "kill", "vtgate")
	awaitFailure(r.t, w)
	program(r.t, "start", "vtgate")
}

func restartVTGate(r *faultRun, _ *writer) {
	program(r.t, "restart", "vtgate")
}

// reparent makes the replica of the shard -80 its primary.
func reparent(r *faultRun, _ *writer) {
	for _, tablet := range tablets(r.t) {
		if tablet.shard == "-80" && tablet.kind == "REPLICA" {
			administer(r.t, "PlannedReparentShard", "customer/-80", "--new-primary", tablet.alias)
			return
		}
	}
	r.t.Fatal("the shard -80 has no replica")
}

// cutConnection cuts TCP after the first half of a transaction that VTGate sends
// in several messages.
func cutConnection(r *faultRun, _ *writer) {
	const rows, batch = 12_000, 1_000
	statements := []string{"delete from customer", "begin"}
	half := fmt.Sprintf("%d-second-half", r.first)
	for first := 0; first < rows; first += batch {
		values := make([]string, batch)
		for i := range values {
			text := strings.Repeat("x", 90)
			if first >= rows/2 {
				text += half
			}
			values[i] = fmt.Sprintf("(%d, '%s')", first+i+1, text)
		}
		statements = append(statements, "insert into customer(customer_id, email) values "+strings.Join(values, ","))
	}
	cut := r.proxy.cutAt(half)
	execute(r.t, "customer", append(statements, "commit")...)
	r.await(cut)
}

func (r *faultRun) await(cut <-chan struct{}) {
	r.t.Helper()
	select {
	case <-cut:
	case <-time.After(patience):
		r.t.Fatal("what the connection was to be cut at has not come")
	}
}

// stopClient stops vtscope for 20 s, so that all buffers on the way fill up.
func stopClient(r *faultRun, _ *writer) {
	const stopped = 20 * time.Second
	r.scope.signal(syscall.SIGSTOP)
	defer r.scope.signal(syscall.SIGCONT)
	began := time.Now()
	eventually(r.t, "the end of the stop", 2*stopped, func() bool { return time.Since(began) >= stopped })
}

// TestVTGateRestartedInCopy restarts VTGate between two steps of a copy and
// expects every row of both tables once.
func TestVTGateRestartedInCopy(t *testing.T) {
	ready(t)
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

// writable holds once a shard takes writes; the row it changes is not there.
func writable(t *testing.T, shard string) bool {
	t.Helper()
	_, err := conn.Session("customer:"+shard+"@primary").Execute(t.Context(), "delete from corder where order_id = -1")
	return err == nil
}

// reshard changes how many shards the keyspace customer has.
func reshard(action string) func(*faultRun, *writer) {
	return func(r *faultRun, _ *writer) { step(action)(r.t) }
}

// cutAtJournal reshards, and cuts the connection where the first journal names
// one of the shards that go on: a member of a ShardGtid that no position before has.
func cutAtJournal(action, target string) func(*faultRun, *writer) {
	return func(r *faultRun, _ *writer) {
		cut := r.proxy.cutAt(fmt.Sprintf("\x12%c%s", len(target), target))
		step(action)(r.t)
		r.await(cut)
	}
}

// step runs the script reshard.
func step(action string) func(*testing.T) {
	return func(t *testing.T) {
		t.Helper()
		if output, err := exec.Command("./reshard", action).CombinedOutput(); err != nil {
			t.Fatalf("reshard %s: %v\n%s", action, err, output)
		}
	}
}
