package demo

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

func TestRequestErrors(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 300})
	filtered := func(match, filter, gtid string) *vtgatepb.VStreamRequest {
		req := request(at(gtid))
		req.Filter = &binlogdatapb.Filter{Rules: []*binlogdatapb.Rule{{Match: match, Filter: filter}}}
		return req
	}
	lastpk := request(&shardPos{Keyspace: "shop", Shard: "-80", TablePKs: []*binlogdatapb.TableLastPK{{TableName: "corder", Lastpk: nil}}})
	lastpk.Vgtid.ShardGtids[0].TablePKs[0].Lastpk = lastpkWithoutFields()
	for _, tt := range []struct {
		name string
		req  *vtgatepb.VStreamRequest
		code codes.Code
		text string
	}{
		{"no position", request(), codes.InvalidArgument, "vgtid must have at least one value with a starting position in ShardGtids"},
		{"empty keyspace", request(&shardPos{Gtid: "MySQL56/x:1"}), codes.InvalidArgument, "for an empty keyspace, the Gtid value must be 'current'"},
		{"position without shard", request(at("MySQL56/x:1")), codes.InvalidArgument, "if shards are unspecified, the Gtid value must be 'current' or empty"},
		{"unknown keyspace", request(&shardPos{Keyspace: "custom", Gtid: "current"}), codes.Unknown, "failed to resolve vstream parameters: failed to get shards in keyspace custom"},
		{"unknown shard", request(&shardPos{Keyspace: "shop", Shard: "-77", Gtid: "current"}), codes.FailedPrecondition, "shard provided in VGTID, -77, not found in the shop keyspace"},
		{"no flavor", request(&shardPos{Keyspace: "shop", Shard: "-80", Gtid: "16b1039f-22b6-11ed-b765-0a43f95f28a3:1-9"}), codes.Internal, `unknown GTIDSet flavor ""`},
		{"lastpk without fields", lastpk, codes.Unknown, "lastpk for table corder has no fields defined"},
		{"no such table", filtered("nope", "select * from nope", ""), codes.Unknown, "table nope is not present in the database"},
		{"live, empty filter", filtered("corder", "", "current"), codes.Unknown, "failed to build table replication plan for table corder: Query was empty"},
		{"live, no such column", filtered("corder", "select * from corder where nope = 1", "current"), codes.Unknown, "column nope not found in table corder"},
		{"no such column in copy", filtered("corder", "select nope from corder", ""), codes.FailedPrecondition, "column nope not found in table corder"},
		{"OR", filtered("corder", "select * from corder where gift = 1 or gift = 0", ""), codes.Unknown, "unsupported constraint"},
		{"function", filtered("corder", "select upper(status) from corder", ""), codes.Unknown, "unsupported"},
		{"other table", filtered("corder", "select * from customer", ""), codes.Unknown, "does not match the table entry name corder"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := open(t, s, tt.req)
			if strings.HasPrefix(tt.name, "live") {
				c.next()
				c.next()
			}
			if err := s.CommitN("-80", 64); err != nil {
				t.Fatal(err)
			}
			_, err := c.end()
			wantError(t, err, tt.code, tt.text)
		})
	}
}

func TestVGTIDForms(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 300, Catalog: true})
	for keyspace, want := range map[string]string{"": "catalog/0 shop/-80 shop/80-", "/sho.*/": "shop/-80 shop/80-", "/a/": "catalog/0", "catalog": "catalog/0"} {
		c := open(t, s, request(&shardPos{Keyspace: keyspace, Gtid: "current"}))
		var names []string
		for _, sg := range c.next()[0].Vgtid.ShardGtids {
			names = append(names, sg.Keyspace+"/"+sg.Shard)
		}
		if have := strings.Join(names, " "); have != want {
			t.Errorf("keyspace %q is %s", keyspace, have)
		}
	}
}

// TestRules copies and follows with a projection and a WHERE.
func TestRules(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 800})
	count := func(filter string, gtid string, steps int) (copied, live int) {
		req := request(at(gtid))
		req.Filter = &binlogdatapb.Filter{Rules: []*binlogdatapb.Rule{{Match: "corder", Filter: filter}}}
		c := open(t, s, req)
		f := newTables(t)
		if gtid == "" {
			for _, ev := range c.until(copyDone) {
				if ev.RowEvent != nil {
					copied++
				}
				if ev.FieldEvent != nil {
					f.apply([]*event{ev})
				}
			}
		}
		s.Step(steps)
		for _, ev := range c.commits(steps) {
			if ev.RowEvent != nil {
				live += len(ev.RowEvent.RowChanges)
			}
		}
		return copied, live
	}
	all, _ := count("select * from corder", "", 0+1)
	for _, where := range []string{"status = 'paid'", "total > 100.5 and gift = 0", "status in ('paid', 'shipped')", "note is null", "order_id between 80 and 90", "order_id not between 80 and 90", "currency != 'EUR'"} {
		some, live := count("select order_id, status from corder where "+where, "", 64)
		if some == 0 || some >= all || live == 0 && !strings.Contains(where, "between 8") {
			t.Errorf("%s: %d of %d rows, %d live", where, some, all, live)
		}
	}
	if half, _ := count("select * from corder where in_keyrange('-80')", "", 1); half == 0 || half == all {
		t.Errorf("half a key range has %d of %d rows", half, all)
	}
}

func TestHeartbeats(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1})
	req := request(at("current"))
	req.Flags.HeartbeatInterval = 1
	req.Flags.StreamKeyspaceHeartbeats = true
	c := open(t, s, req)
	c.next()
	events := c.next()
	if have := shape(events); have != "BEGIN FIELD(shop.heartbeat) ROW(shop.heartbeat) VGTID COMMIT" || !events[1].FieldEvent.IsInternalTable {
		t.Errorf("keyspace heartbeat %s", have)
	}
	req = request(at("current"))
	req.Flags.HeartbeatInterval = 1
	c = open(t, s, req)
	c.next()
	before := time.Now()
	ev := c.next()[0]
	if ev.Type != binlogdatapb.VEventType_HEARTBEAT || ev.Keyspace != "" || ev.CurrentTime == 0 || time.Since(before) < 900*time.Millisecond {
		t.Errorf("heartbeat %v after %v", ev, time.Since(before))
	}
}

func TestShardNames(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "[-]", 2: "[-80 80-]", 3: "[-55 55-aa aa-]", 4: "[-40 40-80 80-c0 c0-]"} {
		if have := fmt.Sprint(shardNames(n)); have != want {
			t.Errorf("%d shards: %s", n, have)
		}
	}
	for _, n := range []int{256, 257, 4096} {
		names := shardNames(n)
		for i, name := range names {
			kr, err := parseKeyRange(name)
			if err != nil || i < n-1 && kr.end <= kr.start || i > 0 && !strings.HasSuffix(names[i-1], "-"+name[:strings.IndexByte(name, '-')]) {
				t.Fatalf("%d shards: %s after %s", n, name, names[max(i-1, 0)])
			}
		}
	}
	s := start(t, Options{Shards: MaxShards, Rows: 10_000})
	if n := len(open(t, s, request(at("current"))).next()[0].Vgtid.ShardGtids); n != MaxShards {
		t.Errorf("a VGTID of %d shards", n)
	}
}

// TestLoad runs at a rate: every shard gets transactions, one more than the others.
func TestLoad(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 4, Rate: 5000})
	count := map[string]int{}
	for _, ev := range follow(t, s).commits(1500) {
		if ev.Type == binlogdatapb.VEventType_COMMIT {
			count[ev.Shard]++
		}
	}
	least, most := 1500, 0
	for _, sh := range s.Shards("shop") {
		least, most = min(least, count[sh]), max(most, count[sh])
	}
	if most < 3*least+3 {
		t.Errorf("the load is even: %v", count)
	}
}
