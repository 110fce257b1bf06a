//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSavedPositionOfAKilledRun kills vtscope under load and goes on from the
// file that it kept: no row is missing, and only the last moments come again.
func TestSavedPositionOfAKilledRun(t *testing.T) {
	ready(t)
	file := filepath.Join(t.TempDir(), "position")
	first := start(t, "customer", "-t", "corder", "--from", position(t, "customer"), "--save-position", file)
	w := startWriter(t, 1)
	eventually(t, "changes while it reads", patience, func() bool { return w.written() > 2000 })
	first.signal(os.Kill)
	_, events := first.end(patience)
	again := w.written()
	eventually(t, "changes while nobody reads", patience, func() bool { return w.written() > again+500 })
	w.stop()
	second := start(t, "customer", "-t", "corder", "--from", "@"+file, "--until", "caught-up", "--save-position", file)
	code, rest := second.end(patience)
	if code != 0 {
		t.Errorf("the second run ends with %d", code)
	}
	printed := map[string]int{}
	for _, e := range append(events, rest...) {
		printed[e.GTID+compact(e.Key)]++
	}
	texts := map[string]bool{}
	for _, e := range append(events, rest...) {
		texts[strings.Trim(compact(columns(t, e.After)["sku"]), `"`)] = true
	}
	missing, twice := 0, 0
	for text := range w.acked {
		if !texts[text] {
			missing++
		}
	}
	for _, n := range printed {
		if n > 1 {
			twice++
		}
	}
	t.Logf("%d changes confirmed, %d printed before the kill, %d after, %d of them again", len(w.acked), len(events), len(rest), twice)
	if missing > 0 || twice > len(events)/2 {
		t.Errorf("%d changes are missing, %d came again", missing, twice)
	}
	if third, _ := start(t, "customer", "--from", "@"+file, "--until", "caught-up").end(patience); third != 0 {
		t.Errorf("from the position of the end: exit code %d", third)
	}
}

// TestUntilPosition ends at the transaction that it is told, with all before it.
func TestUntilPosition(t *testing.T) {
	ready(t)
	from := position(t, "customer")
	execute(t, "customer", "insert into customer(customer_id) values (1),(2),(3),(4),(5),(6)")
	to := position(t, "customer")
	execute(t, "customer", "insert into customer(customer_id) values (11),(12),(13),(14),(15),(16)")
	code, events := start(t, "customer", "-t", "customer", "--from", from, "--until", to).end(patience)
	seen := map[string]bool{}
	for _, e := range events {
		seen[compact(columns(t, e.Key)["customer_id"])] = true
	}
	for id := 1; id <= 6; id++ {
		if !seen[fmt.Sprint(id)] {
			t.Errorf("row %d is missing", id)
		}
	}
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestCheckPosition judges positions as the shards would.
func TestCheckPosition(t *testing.T) {
	ready(t)
	now := position(t, "customer", "commerce")
	if code, out := checkPosition(t, now); code != 0 || strings.Count(out, ": usable: ") != 3 {
		t.Errorf("now: exit code %d\n%s", code, out)
	}
	var all []shardGTID
	if err := json.Unmarshal([]byte(now), &all); err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(at shardGTID) bool { return at.Shard == "-80" })
	if i < 0 {
		t.Fatalf("the position has no shard -80: %s", now)
	}
	gtid := all[i].GTID
	for _, test := range []struct{ keyspace, shard, gtid, says string }{
		{"customer", "-80", gtid + "000", "ahead: the position has "},
		{"customer", "-81", gtid, "unknown shard"},
		{"custmer", "-80", gtid, "unknown keyspace: did you mean customer?"},
	} {
		text := fmt.Sprintf("%s:%s@%s", test.keyspace, test.shard, test.gtid)
		code, out := checkPosition(t, text)
		if code != 1 || !strings.Contains(out, test.keyspace+"/"+test.shard+": not usable: "+test.says) {
			t.Errorf("%s: exit code %d\n%s", text, code, out)
		}
		if code, _ := start(t, "--from", text).end(patience); code != 2 {
			t.Errorf("a stream from %s: exit code %d", text, code)
		}
	}
}

// checkPosition runs vtscope --check-position.
func checkPosition(t *testing.T, position string) (code int, out string) {
	t.Helper()
	cmd := exec.Command(binary, "--vtgate", address, "--check-position", position)
	printed, err := cmd.Output()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(printed)
}

// TestCurrentIsNoPosition starts at the end of the binlogs, where a shard has no
// position before its first event: what is saved and what the closing line says
// names every shard's.
func TestCurrentIsNoPosition(t *testing.T) {
	ready(t)
	for range 5 {
		file := filepath.Join(t.TempDir(), "position")
		s := start(t, "customer", "--save-position", file, "--until", "caught-up")
		if code, _ := s.end(patience); code != 0 {
			t.Errorf("exit code %d", code)
		}
		saved, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if text := string(saved) + s.stderr.String(); strings.Contains(text, "current") || strings.Count(string(saved), `"gtid":"MySQL56/`) != len(shards) {
			t.Errorf("saved %s, said %s", saved, s.stderr.String())
		}
	}
}
