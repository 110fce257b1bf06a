//go:build cluster

package cluster

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"vitess.io/vitess/go/sqltypes"
)

// execute runs statements one after another in one session on target and
// returns the rows of the last.
func execute(t *testing.T, target string, statements ...string) [][]sqltypes.Value {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	session := conn.Session(target)
	var rows [][]sqltypes.Value
	for _, statement := range statements {
		result, err := session.Execute(ctx, statement)
		if err != nil {
			t.Fatalf("%.200s: %.500s", statement, err)
		}
		rows = result.Rows
	}
	return rows
}

// emptyTables removes every row, so that a test finds only what it wrote.
func emptyTables(t *testing.T) {
	t.Helper()
	for _, shard := range liveShards(t) {
		for _, table := range []string{"customer", "corder", "every_type"} {
			emptyTable(t, "customer:"+shard, table)
		}
	}
	emptyTable(t, "commerce:0", "product")
}

// emptyTable deletes in steps, since a tablet refuses to change very many rows at once.
func emptyTable(t *testing.T, target, table string) {
	t.Helper()
	const step = 5000
	for {
		result, err := conn.Session(target+"@primary").Execute(t.Context(), fmt.Sprintf("delete from %s limit %d", table, step))
		if err != nil {
			t.Fatal(err)
		}
		if result.RowsAffected < step {
			return
		}
	}
}

// position is where the shards of the keyspaces are now, as --from takes it:
// a stream from there sees exactly what is written after this call.
func position(t *testing.T, keyspaces ...string) string {
	t.Helper()
	var all []shardGTID
	for _, keyspace := range keyspaces {
		for _, row := range execute(t, keyspace, "show global gtid_executed from "+keyspace) {
			gtid := "MySQL56/" + strings.ReplaceAll(row[1].ToString(), "\n", "")
			all = append(all, shardGTID{keyspace, row[2].ToString(), gtid})
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// serverUUID names the MySQL server that a shard's transactions come from.
func serverUUID(t *testing.T, keyspace, shard string) string {
	t.Helper()
	return execute(t, keyspace+":"+shard+"@primary", "select @@server_uuid")[0][0].ToString()
}

// homes says on which shard each of the ids of a table is.
func homes(t *testing.T, table, column string) map[string]string {
	t.Helper()
	home := map[string]string{}
	for _, shard := range shards {
		for _, row := range execute(t, "customer:"+shard+"@primary", fmt.Sprintf("select %s from %s", column, table)) {
			home[row[0].ToString()] = shard
		}
	}
	return home
}

// program does something to one of the cluster's programs: kill, start, restart.
func program(t *testing.T, action, name string) {
	t.Helper()
	output, err := exec.Command("./program", action, name).CombinedOutput()
	if err != nil {
		t.Fatalf("program %s %s: %v\n%s", action, name, err, output)
	}
}

// administer runs a command of vtctldclient.
func administer(t *testing.T, args ...string) {
	t.Helper()
	if output, err := exec.Command("./vtctldclient", args...).CombinedOutput(); err != nil {
		t.Fatalf("vtctldclient %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}

// eventually polls until condition holds.
func eventually(t *testing.T, what string, limit time.Duration, condition func() bool) {
	t.Helper()
	if !within(limit, condition) {
		t.Fatalf("%s: not within %s", what, limit)
	}
}

// within polls until condition holds, and says whether it has come to hold in time.
func within(limit time.Duration, condition func() bool) bool {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(limit)
	for !condition() {
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
	return true
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
