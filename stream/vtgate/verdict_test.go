package vtgate_test

import (
	"fmt"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/topodata"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

const server = "90a3e2d2-e67e-11f1-a140-02fc00000001:"

// A sharded keyspace: its primaries are at 1-100, the binary logs up to 20 are
// purged; a replica of -80 has purged up to 60, another one nothing. Of the
// shard 0, from before a reshard, the tablets are still there.
func sharded(target, sql string) ([][]string, *vtrpc.RPCError) {
	sets := map[string][]string{
		"customer:-80@primary":         {server + "1-100", server + "1-20"},
		"customer:-80@replica|zone1-2": {server + "1-90", server + "1-60"},
		"customer:-80@replica|zone1-3": {server + "1-90", ""},
		"customer:80-@primary":         {server + "1-100", server + "1-20"},
		"customer:80-@replica":         {server + "1-90", server + "1-60"},
		"customer:c0-@primary":         {server + "1-100:tag:1-5", ""},
	}
	switch {
	case sql == "show keyspaces":
		return [][]string{{"customer"}}, nil
	case strings.HasPrefix(sql, "show vitess_shards like 'customer/%'"):
		return [][]string{{"customer/-80"}, {"customer/80-"}, {"customer/c0-"}, {"customer/d0-"}}, nil
	case sql == "show vitess_tablets":
		return [][]string{
			{"zone1", "customer", "-80", "PRIMARY", "SERVING", "zone1-1"}, {"zone1", "customer", "-80", "REPLICA", "SERVING", "zone1-2"},
			{"zone1", "customer", "-80", "REPLICA", "SERVING", "zone1-3"}, {"zone1", "customer", "80-", "REPLICA", "SERVING", "zone1-4"},
			{"zone1", "customer", "0", "PRIMARY", "NOT_SERVING", "zone1-9"},
		}, nil
	case sets[target] != nil:
		return [][]string{append(sets[target], "a-uuid")}, nil
	}
	return nil, &vtrpc.RPCError{Code: vtrpc.Code_UNAVAILABLE, Message: "no healthy tablet for " + target}
}

func TestCheckPosition(t *testing.T) {
	const primary, replica = topodata.TabletType_PRIMARY, topodata.TabletType_REPLICA
	c := dial(t, vtgate.Options{Address: serve(t, &fakeGate{execute: sharded})})
	for _, test := range []struct {
		keyspace, shard, gtid string
		tabletType            topodata.TabletType
		want                  string
	}{
		{"customer", "-80", "1-100", primary, "could: 0 transactions since"},
		{"customer", "-80", "1-99", primary, "could: 1 transaction since"},
		{"customer", "-80", "1-20", primary, "could: 80 transactions since"},
		{"customer", "-80", "1-19", primary, "could not: purged: the primary no longer has the binary logs of 1 transaction that come after the position, " + server + "20"},
		{"customer", "-80", "1-103", primary, "could not: ahead: the position has 3 transactions that the shard has not executed, " + server + "101-103"},
		{"customer", "-80", "1-30", replica, "could: 70 transactions since"}, // of the second replica
		{"customer", "-80", "1-95", replica, "could: 5 transactions since"},  // the replicas come to it
		{"customer", "80-", "1-30", replica, "could not: purged: the replica no longer has"},
		{"customer", "c0-", "1-30", primary, "may: not checked: the shard's executed set: GTIDs with tags"},
		{"customer", "d0-", "1-30", primary, "may: not checked: no healthy tablet"},
		{"customer", "0", "1-30", primary, "could: resharded away, but its tablets are still there"},
		{"customer", "1", "1-30", primary, "could not: unknown shard, or resharded away"},
		{"custmer", "-80", "1-30", primary, "could not: unknown keyspace: did you mean customer?"},
		{"customer", "-80", "", primary, "could: a copy from the start"},
		{"customer", "-80", "current", primary, "could: from the end of the binlog"},
		{"custmer", "-80", "current", primary, "could not: unknown keyspace"},
		{"", "", "current", primary, "may: not checked: VTGate chooses"},
	} {
		at := entry(test.keyspace, test.shard, test.gtid)
		if strings.ContainsAny(test.gtid, "0123456789") {
			at.Gtid = "MySQL56/" + server + test.gtid
		}
		verdicts, err := c.Verdicts(t.Context(), stream.Position{Shards: []*binlogdata.ShardGtid{at}}, test.tabletType)
		if err != nil {
			t.Fatal(err)
		}
		if got := verdictText(verdicts[0]); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s/%s at %s of %v\n %s\nwant %s", test.keyspace, test.shard, test.gtid, test.tabletType, got, test.want)
		}
	}
}

func verdictText(v vtgate.Verdict) string {
	word := map[bool]string{true: "could", false: "could not"}[v.OK]
	if !v.Known {
		word = "may"
	}
	return fmt.Sprintf("%s: %s", word, v.Reason)
}

// TestStartIsChecked refuses a position before anything is streamed.
func TestStartIsChecked(t *testing.T) {
	gate := &fakeGate{execute: sharded}
	c := dial(t, vtgate.Options{Address: serve(t, gate)})
	from := vtgate.Start{Position: stream.Position{Shards: []*binlogdata.ShardGtid{
		entry("customer", "-80", "MySQL56/"+server+"1-5"), entry("customer", "80-", "MySQL56/"+server+"1-105"),
	}}}
	request, err := vtgate.NewRequest(vtgate.StreamOptions{From: from})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Plan(t.Context(), request)
	wantText(t, err, "--from: customer/-80: purged", "and 1 more")
	request, _ = vtgate.NewRequest(vtgate.StreamOptions{From: from, Targets: []string{"customer:80-"}})
	_, err = c.Plan(t.Context(), request)
	wantText(t, err, "--from: customer/80-: ahead: the position has 5 transactions")
}

func TestTabletsOfAShard(t *testing.T) {
	c := dial(t, vtgate.Options{Address: serve(t, &fakeGate{execute: sharded})})
	tablets, err := c.Tablets(t.Context(), "customer", "-80")
	if err != nil || len(tablets) != 3 || tablets[0].Executed != server+"1-100" || tablets[1].Purged != server+"1-60" || tablets[2].Unknown != "" {
		t.Errorf("%+v, %v", tablets, err)
	}
	tablets, err = c.Tablets(t.Context(), "customer", "80-")
	if err != nil || len(tablets) != 1 || !strings.Contains(tablets[0].Unknown, "no healthy tablet") {
		t.Errorf("%+v, %v", tablets, err)
	}
}
