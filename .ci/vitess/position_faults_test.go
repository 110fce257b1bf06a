//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitess.io/vitess/go/mysql/replication"
)

// atOnce is how long vtscope may take to refuse a position: it asks MySQL, and
// does not wait the 90 s in which VTGate looks for a tablet.
const atOnce = 60 * time.Second

// positionFaults are positions from which no stream can begin. A stream that
// runs while they come about goes on.
var positionFaults = []fault{
	{name: "binary logs purged", happen: purgeLogs},
	{name: "position ahead", happen: goAhead},
}

func TestPositionFaults(t *testing.T) {
	for _, f := range positionFaults {
		t.Run(f.name, func(t *testing.T) {
			r := startFaultRun(t, f)
			r.last = true
			r.under(f)
		})
	}
}

// purgeLogs purges the binary logs of the primary of -80 up to where this run
// began, and tries to start before that.
func purgeLogs(r *faultRun, _ *writer) {
	primary := primaryOf(r.t, "-80")
	file := r.logs[serverOf(r.t, primary.alias)].file
	var purged replication.Mysql56GTIDSet
	eventually(r.t, "purged binary logs", recovery, func() bool {
		onServer(r.t, primary.alias, "purge binary logs to '"+file+"'")
		purged = parseSet(r.t, onServer(r.t, primary.alias, "select @@global.gtid_purged")[0][0].ToString())
		return !purged.Empty()
	})
	// The last of the purged transactions is what the stream would need first.
	all := gtidsOf(r.t, purged)
	last := parseSet(r.t, all[len(all)-1])
	stderr := refused(r.t, "-80", purged.Difference(last))
	if !strings.Contains(stderr, "purged") || !strings.Contains(stderr, "customer/-80") {
		r.t.Errorf("the message does not say that customer/-80 has purged the position: %s", stderr)
	}
}

// goAhead tries to start 1000 transactions ahead of the primary of -80. They are
// those of a server that executes none of its own, so that the load does not catch up.
func goAhead(r *faultRun, _ *writer) {
	const more = 1000
	var replica string
	for _, tablet := range tablets(r.t) {
		if tablet.shard == "-80" && tablet.kind == "REPLICA" {
			replica = tablet.alias
		}
	}
	uuid := serverOf(r.t, replica)
	now, own := executed(r.t, primaryOf(r.t, "-80")), 0
	for _, gtid := range gtidsOf(r.t, now) {
		if strings.HasPrefix(gtid, uuid+":") {
			own++
		}
	}
	ahead := union(now, parseSet(r.t, fmt.Sprintf("%s:1-%d", uuid, own+more)))
	stderr := refused(r.t, "-80", ahead)
	number := regexp.MustCompile(`\b1,?000\b`)
	if !strings.Contains(stderr, "ahead") || !strings.Contains(stderr, "customer/-80") || !number.MatchString(stderr) {
		r.t.Errorf("the message does not say that the position is 1000 transactions ahead of customer/-80: %s", stderr)
	}
}

// refused starts a vtscope that has to end at once, with 2 and without any
// output of rows, because of where the position has one shard. It returns its messages.
func refused(t *testing.T, shard string, set replication.Mysql56GTIDSet) string {
	t.Helper()
	var all []shardGTID
	if err := json.Unmarshal([]byte(position(t, "customer")), &all); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if all[i].Shard == shard {
			all[i].GTID = "MySQL56/" + set.String()
		}
	}
	from, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, "customer", "--from", string(from))
	code, events := s.end(atOnce)
	if code != 2 || len(events) > 0 {
		t.Errorf("exit code %d after %d events, want 2 after none", code, len(events))
	}
	return s.stderr.String()
}
