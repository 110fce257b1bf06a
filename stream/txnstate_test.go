package stream_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
)

// txnsText writes the newest transactions, a line each.
func txnsText(txns *stream.Txns) string {
	var b strings.Builder
	for i := range txns.Newest {
		t := &txns.Newest[i]
		statement, cut := t.Statement()
		fmt.Fprintf(&b, "%s :%d %d rows %q %v", t.Shard.Name, t.GTID.Number, t.Rows, statement, cut)
		tables, more := t.Tables()
		for _, table := range tables {
			fmt.Fprintf(&b, " %s+%d~%d-%d", table.Table.Name, table.Rows(stream.Insert), table.Rows(stream.Update), table.Rows(stream.Delete))
		}
		fmt.Fprintf(&b, " +%d\n", more)
	}
	return b.String()
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	progress, _ := play(t, "-80=4 80-=4", opening{frames: frames(t, `
		-80 begin@5
		-80 field@5 t id
		-80 row@5 t +1 +2`), err: errDown}, ending(t, `
		-80 begin@5
		-80 field@5 t id
		-80 query@5 insert into t values (1), (2)
		-80 row@5 t +1 +2
		80- begin@5
		80- field@5 u id
		80- row@5 u 1>2
		-80 row@5 t -1
		80- vgtid 80-=5
		80- commit@5
		-80 vgtid -80=5
		-80 commit@5
		-80 begin@6
		-80 commit@6
		-80 row t +7
		-80 vgtid -80=6/t
		-80 commit`))
	var txns stream.Txns
	progress.Transactions(&txns)
	want := "80- :5 1 rows \"\" false u+0~1-0 +0\n-80 :5 3 rows \"insert into t values (1), (2)\" false t+2~0-1 +0\n"
	if got := txnsText(&txns); got != want || txns.Total != 2 {
		t.Errorf("%d transactions:\n%s\nwant\n%s", txns.Total, got, want)
	}
	if got := txns.Newest[1].Bytes; got == 0 {
		t.Error("no bytes")
	}
}

// TestTransactionsKept: the newest, and of all that came the largest.
func TestTransactionsKept(t *testing.T) {
	t.Parallel()
	const n = 5000
	size := func(i int) int { return 1 + i*7919%97 }
	var script strings.Builder
	script.WriteString("-80 field@1 t id\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&script, "-80 begin@%d\n-80 row@%d t%s\n-80 vgtid -80=%d\n-80 commit@%d\n--\n", i, i, strings.Repeat(" +1", size(i)), i, i)
	}
	progress, _ := play(t, "-80=0", ending(t, script.String()))
	var txns stream.Txns
	progress.Transactions(&txns)
	if len(txns.Newest) != 4096 || txns.Newest[0].GTID.Number != n-4095 || txns.Newest[4095].GTID.Number != n || txns.Total != n {
		t.Fatalf("%d of %d, from %d to %d", len(txns.Newest), txns.Total, txns.Newest[0].GTID.Number, txns.Newest[len(txns.Newest)-1].GTID.Number)
	}
	var sizes, want []int
	for i := range txns.Largest[stream.TxnRows] {
		sizes = append(sizes, int(txns.Largest[stream.TxnRows][i].Rows))
	}
	for i := 1; i <= n; i++ {
		want = append(want, size(i))
	}
	slices.Sort(sizes)
	slices.Sort(want)
	if want = want[n-len(sizes):]; len(sizes) != 64 || !slices.Equal(sizes, want) {
		t.Errorf("the largest have %v rows, want %v", sizes, want)
	}
}

// TestTransactionsTime: how long one took by MySQL's clock, and by ours.
func TestTransactionsTime(t *testing.T) {
	t.Parallel()
	long := "insert into t values " + strings.Repeat("(1), ", 100)
	all := frames(t, "-80 begin@5\n-80 field@5 t id\n-80 query@5 "+long+"\n-80 row@5 t +1\n--\n-80 vgtid -80=5\n-80 commit@5")
	all[1].Arrived = all[0].Arrived.Add(3 * time.Second)
	progress, _ := play(t, "-80=4", opening{frames: all, err: errDown}, ending(t, ". heartbeat"))
	var txns stream.Txns
	progress.Transactions(&txns)
	if len(txns.Newest) != 1 {
		t.Fatal(len(txns.Newest))
	}
	x := &txns.Newest[0]
	if text, cut := x.Statement(); !cut || !strings.HasPrefix(long, string(text)) || len(text) != stream.StatementKept {
		t.Errorf("%q, cut: %v", text, cut)
	}
	if took := time.Duration(x.Arrived - x.Begun); took != 3*time.Second || x.Seconds() != 0 {
		t.Error(took, x.Seconds())
	}
}
