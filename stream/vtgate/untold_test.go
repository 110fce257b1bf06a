package vtgate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
	"vtscope/stream/vtgate"
)

// TestUntold asks one shard of each keyspace for what the stream does not tell.
func TestUntold(t *testing.T) {
	asked := map[string]int{}
	address := serve(t, &fakeGate{execute: func(target, sql string) ([][]string, *vtrpc.RPCError) {
		switch {
		case strings.HasPrefix(target, "my_view"):
			return refuse(target, sql)
		case strings.Contains(sql, "generation_expression"):
			asked[target]++
			return [][]string{{"corder", "sum", "", "1", "0"}, {"corder", "name", "gbk", "0", "1"}}, nil
		case sql == "select @@global.binlog_row_image":
			asked[target]++
			return [][]string{{map[bool]string{true: "noblob", false: "full"}[strings.HasPrefix(target, "customer")]}}, nil
		}
		return shop(target, sql)
	}})
	untold := plan(t, dial(t, vtgate.Options{Address: address}), vtgate.StreamOptions{}).Untold
	for keyspace, partial := range map[string]bool{"customer": true, "commerce": false} {
		sum, name := stream.ColumnName{Keyspace: keyspace, Table: "corder", Column: "sum"}, stream.ColumnName{Keyspace: keyspace, Table: "corder", Column: "name"}
		if !untold.Generated[sum] || untold.Generated[name] || !untold.UpdatedNow[name] || untold.UpdatedNow[sum] || untold.Charsets[name] != "gbk" || untold.Charsets[sum] != "" || untold.PartialImages[keyspace] != partial {
			t.Errorf("%s: %+v", keyspace, untold)
		}
	}
	if !slices.Equal(untold.Silent, []string{"my_view"}) || len(asked) != 2 {
		t.Errorf("silent %v, asked %v", untold.Silent, slices.Collect(maps.Keys(asked)))
	}
	untold = plan(t, dial(t, vtgate.Options{Address: address, NoQueries: true}), vtgate.StreamOptions{Targets: []string{"customer:-80", "commerce"}}).Untold
	if !slices.Equal(untold.Silent, []string{"commerce", "customer"}) {
		t.Errorf("without queries, silent %v", untold.Silent)
	}
}
