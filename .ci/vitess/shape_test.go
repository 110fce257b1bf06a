//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"vtscope/cluster/vtgate"
)

// A shape is what a test needs the keyspace customer to be: its serving shards.
type shape []string

var (
	twoShards  = shape{"-80", "80-"} // the first with a replica, and none of the four beside them
	fourShards = shape{"-40", "40-80", "80-c0", "c0-"}
)

// shards are those of the keyspace customer, but for faults that reshard.
var shards = twoShards

// settling is how long a cluster may need to be in its shape after the test
// before: a tablet that was just started is not healthy at once.
const settling = 20 * time.Second

// hopeless says why no test can run any more, once the cluster could not be
// brought up again.
var hopeless string

// ready brings the cluster into the shape in which most tests begin: two
// shards, and every table there and empty.
func ready(t *testing.T) {
	t.Helper()
	bring(t, twoShards)
	emptyTables(t)
}

// bring brings the cluster into a shape, or fails the test at once. What an
// earlier test has left in disorder is not put right bit by bit: a new cluster
// is up in half a minute.
func bring(t *testing.T, want shape) {
	t.Helper()
	if hopeless != "" {
		t.Fatal(hopeless)
	}
	problem := ""
	if within(settling, func() bool { problem = want.problem(t); return problem == "" || strings.Contains(problem, "want") }) && problem == "" {
		return
	}
	t.Logf("the cluster is not as the test needs it: %s; bringing up a new one", problem)
	for _, script := range [][]string{{"./down"}, {"./up"}} {
		if output, err := exec.Command(script[0], script[1:]...).CombinedOutput(); err != nil {
			hopeless = fmt.Sprintf("no test can run: %s: %v\n%s", script[0], err, output)
			t.Fatal(hopeless)
		}
	}
	conn.Close()
	var err error
	if conn, err = vtgate.Open(address); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(want, twoShards) {
		step("prepare")(t)
		step("split")(t)
	}
	if !within(recovery, func() bool { problem = want.problem(t); return problem == "" }) {
		t.Fatalf("a new cluster is not as the test needs it: %s", problem)
	}
}

// problem says what differs from the shape, "" where nothing does. One that
// says "want" does not go away by waiting.
func (want shape) problem(t *testing.T) string {
	t.Helper()
	live := liveShards(t)
	slices.Sort(live)
	if len(live) > 0 && !slices.Equal(live, want) {
		return fmt.Sprintf("the shards %v serve, want %v", live, want)
	}
	if len(live) == 0 {
		return "VTGate names no shards"
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, shard := range want {
		if _, err := conn.Session("customer:"+shard+"@primary").Execute(ctx, "delete from corder where order_id = -1"); err != nil {
			return err.Error()
		}
	}
	if _, err := conn.Session("commerce").Execute(ctx, "delete from product where sku = '-1'"); err != nil {
		return err.Error()
	}
	if !slices.Equal(want, twoShards) {
		return ""
	}
	if _, err := conn.Session("customer:-80@replica").Execute(ctx, "select 1 from corder limit 1"); err != nil {
		return err.Error()
	}
	return leftovers(ctx)
}

// leftovers says what an earlier test should have taken away.
func leftovers(ctx context.Context) string {
	listed, err := conn.Session("customer").Execute(ctx, "show vitess_tablets")
	if err != nil {
		return err.Error()
	}
	for _, row := range listed.Rows {
		if shard := row[2].ToString(); slices.Contains(fourShards, shard) {
			return "there is a tablet of " + shard + ", want none"
		}
	}
	for target, tables := range map[string][]string{"customer": {"corder", "customer", "every_type"}, "commerce": {"product"}} {
		result, err := conn.Session(target).Execute(ctx, "show tables")
		if err != nil {
			return err.Error()
		}
		var got []string
		for _, row := range result.Rows {
			if name := row[0].ToString(); !strings.HasPrefix(name, "_vt_") {
				got = append(got, name)
			}
		}
		if slices.Sort(got); !slices.Equal(got, tables) {
			return fmt.Sprintf("%s has the tables %v, want %v", target, got, tables)
		}
	}
	return ""
}
