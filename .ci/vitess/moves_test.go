//go:build cluster

package cluster

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// splitWithStop splits the keyspace while, beside the run that goes on, another
// one is to end there: with exit code 0, at a position of the new shards from
// which a third goes on. The old position can be used as long as its tablets are
// there.
func splitWithStop(r *faultRun, _ *writer) {
	t := r.t
	file, old := filepath.Join(t.TempDir(), "position"), position(t, "customer")
	ends := start(t, "customer", "-t", "corder", "--stop-on-reshard", "--save-position", file, "--from", old)
	step("split")(t)
	code, events := ends.end(patience)
	saved, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var at []shardGTID
	if err := json.Unmarshal(saved, &at); err != nil {
		t.Fatal(err)
	}
	shards := map[string]bool{}
	for _, s := range at {
		shards[s.Shard] = true
	}
	got := slices.Sorted(maps.Keys(shards))
	if want := []string{"-40", "40-80", "80-c0", "c0-"}; code != 0 || !slices.Equal(got, want) {
		t.Errorf("ended with %d after %d events, at the shards %v; want 0 at %v; it says %s", code, len(events), got, want, ends.stderr.String())
	}
	if !strings.Contains(ends.stderr.String(), `"shard":"c0-"`) {
		t.Errorf("the closing line does not name the new shards: %s", ends.stderr.String())
	}
	if code, _ := start(t, "customer", "--from", "@"+file, "--until", "caught-up").end(recovery); code != 0 {
		t.Errorf("from the new shards: exit code %d", code)
	}
	if code, out := checkPosition(t, old); code != 0 || strings.Count(out, "usable: resharded away") != 2 {
		t.Errorf("the position of the old shards, whose tablets are still there: exit code %d\n%s", code, out)
	}
}

// TestMoveTables moves a table to another keyspace: the stream of the old one
// goes quiet, which VStream does not say, and vtscope does.
func TestMoveTables(t *testing.T) {
	ready(t)
	execute(t, "commerce", "insert into product(sku, description) values ('before', 'x')")
	schema := `{"sharded": true, "vindexes": {"xxhash": {"type": "xxhash"}, "text": {"type": "unicode_loose_xxhash"}}, "tables": {` +
		`"customer": {"column_vindexes": [{"column": "customer_id", "name": "xxhash"}]}, ` +
		`"corder": {"column_vindexes": [{"column": "customer_id", "name": "xxhash"}]}, ` +
		`"every_type": {"column_vindexes": [{"column": "id", "name": "xxhash"}]}, ` +
		`"product": {"column_vindexes": [{"column": "sku", "name": "text"}]}}}`
	move := func(action ...string) {
		administer(t, append([]string{"MoveTables", "--workflow", "moved", "--target-keyspace", "customer"}, action...)...)
	}
	administer(t, "ApplyVSchema", "--vschema", schema, "customer")
	t.Cleanup(func() { administer(t, "ApplyVSchema", "--vschema-file", "schema/customer.vschema.json", "customer") })
	s := start(t, "commerce")
	eventually(t, "the stream", patience, func() bool { return strings.Contains(s.stderr.String(), "streaming commerce") })
	move("create", "--source-keyspace", "commerce", "--tables", "product")
	t.Cleanup(func() { move("cancel") })
	// It refuses as long as the copy has not come near to its end.
	eventually(t, "the switch", recovery, func() bool {
		return exec.Command("./vtctldclient", "MoveTables", "--workflow", "moved", "--target-keyspace", "customer", "switchtraffic").Run() == nil
	})
	t.Cleanup(func() { move("reversetraffic") })
	eventually(t, "a word of it", recovery, func() bool {
		return strings.Contains(s.stderr.String(), "VTGate serves product of commerce from keyspace customer")
	})
}
