//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql/replication"
)

// faultRun is one vtscope that tails the keyspace customer while faults happen,
// and what its output is compared with.
type faultRun struct {
	t      *testing.T
	scope  *scope
	proxy  *proxy // nil where vtscope speaks to VTGate itself
	ledger *ledger
	first  int // the next id to write

	capture, lines string // the files of what is recorded, and of what is printed

	compared map[string]replication.Mysql56GTIDSet // by shard: what has been compared before
	logs     map[string]logPlace                   // by server: where the rest of its binary logs begins
	sums     counts
	last     bool // the fault is the last one: then the recording is replayed
}

// counts are the numbers of a comparison.
type counts struct {
	transactions, rows int
	missing, doubled   int // rows
	lost, repeated     int // transactions
	differing          int // transactions whose rows are not those of the binary log
}

func (c *counts) add(d counts) {
	c.transactions += d.transactions
	c.rows += d.rows
	c.missing += d.missing
	c.doubled += d.doubled
	c.lost += d.lost
	c.repeated += d.repeated
	c.differing += d.differing
}

func (c counts) good() bool {
	return c.missing+c.doubled+c.lost+c.repeated+c.differing == 0
}

func (c counts) String() string {
	return fmt.Sprintf("%d rows missing, %d doubled; %d transactions missing, %d doubled, %d with other rows; of %d transactions with %d rows",
		c.missing, c.doubled, c.lost, c.repeated, c.differing, c.transactions, c.rows)
}

// faultEvents are those that are printed while faults happen, and again by a replay.
const faultEvents = "row,ddl,commit,other,journal,status"

// startFaultRun starts a vtscope that goes on from where the shards are now, for
// a fault that comes first.
func startFaultRun(t *testing.T, f fault) *faultRun {
	t.Helper()
	if f.shape == nil {
		f.shape = twoShards
	}
	bring(t, f.shape)
	emptyTables(t)
	r := &faultRun{t: t, first: 1, compared: map[string]replication.Mysql56GTIDSet{}}
	for _, tablet := range tablets(t) {
		onServer(t, tablet.alias, "flush binary logs") // not to read those of before
	}
	r.logs = logEnds(t)
	from := position(t, "customer")
	var shardGtids []shardGTID
	if err := json.Unmarshal([]byte(from), &shardGtids); err != nil {
		t.Fatal(err)
	}
	for _, at := range shardGtids {
		r.compared[at.Shard] = parseSet(t, at.GTID)
	}
	addr := address
	if f.proxied {
		r.proxy = startProxy(t)
		addr = r.proxy.address()
	}
	folder := t.TempDir()
	r.capture, r.lines = filepath.Join(folder, "faults.vts"), filepath.Join(folder, "lines.json")
	r.scope = startTeed(t, r.lines, addr, "customer", "--events", faultEvents, "--from", from, "--record", r.capture)
	r.ledger = keepBooks(t, r.scope)
	return r
}

func parseSet(t *testing.T, text string) replication.Mysql56GTIDSet {
	t.Helper()
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\n", ""), "MySQL56/")
	set, err := replication.ParseMysql56GTIDSet(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return set
}

// gtidsOf names every transaction of a set.
func gtidsOf(t *testing.T, set replication.Mysql56GTIDSet) []string {
	t.Helper()
	var all []string
	for server := range strings.SplitSeq(set.String(), ",") {
		uuid, intervals, _ := strings.Cut(server, ":")
		for interval := range strings.SplitSeq(intervals, ":") {
			if interval == "" {
				continue
			}
			low, high, isRange := strings.Cut(interval, "-")
			if !isRange {
				high = low
			}
			first, err := strconv.Atoi(low)
			last, err2 := strconv.Atoi(high)
			if err != nil || err2 != nil {
				t.Fatalf("interval %q of %s", interval, set)
			}
			for n := first; n <= last; n++ {
				all = append(all, uuid+":"+strconv.Itoa(n))
			}
		}
	}
	return all
}

// aTablet is a line of VTGate's list of tablets.
type aTablet struct{ shard, kind, alias string }

// name is what the script program calls one of the tablet's programs.
func (a aTablet) name(of string) string {
	uid, _ := strconv.Atoi(a.alias[strings.LastIndexByte(a.alias, '-')+1:])
	return of + "-" + strconv.Itoa(uid)
}

// tablets are those of the keyspace customer.
func tablets(t *testing.T) []aTablet {
	t.Helper()
	var all []aTablet
	for _, row := range execute(t, "customer", "show vitess_tablets") {
		if row[1].ToString() == "customer" {
			all = append(all, aTablet{row[2].ToString(), row[3].ToString(), row[5].ToString()})
		}
	}
	return all
}

func primaryOf(t *testing.T, shard string) aTablet {
	t.Helper()
	for _, tablet := range tablets(t) {
		if tablet.shard == shard && tablet.kind == "PRIMARY" {
			return tablet
		}
	}
	t.Fatalf("the shard %s has no primary", shard)
	return aTablet{}
}

// logEnds is where the binary logs end now, by the server's UUID: a tablet may
// come again under the same name with another server.
func logEnds(t *testing.T) map[string]logPlace {
	t.Helper()
	ends := map[string]logPlace{}
	for _, tablet := range tablets(t) {
		ends[serverOf(t, tablet.alias)] = logEnd(t, tablet.alias)
	}
	return ends
}

func serverOf(t *testing.T, alias string) string {
	t.Helper()
	return onServer(t, alias, "select @@server_uuid")[0][0].ToString()
}

// executed is what a shard's primary has executed, as its MySQL server says.
func executed(t *testing.T, primary aTablet) replication.Mysql56GTIDSet {
	t.Helper()
	return parseSet(t, onServer(t, primary.alias, "select @@global.gtid_executed")[0][0].ToString())
}

// liveShards are the shards that serve, or none while VTGate cannot say.
func liveShards(t *testing.T) []string {
	t.Helper()
	result, err := conn.Session("customer").Execute(t.Context(), "show global gtid_executed from customer")
	if err != nil {
		return nil
	}
	var names []string
	for _, row := range result.Rows {
		names = append(names, row[2].ToString())
	}
	return names
}
