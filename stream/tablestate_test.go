package stream_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
)

// tablesText writes what the stream has told of each table.
func tablesText(p *stream.Progress) string {
	var b strings.Builder
	for _, t := range p.Tables(nil) {
		fmt.Fprintf(&b, "%s.%s", t.Keyspace, t.Name)
		for _, kind := range []stream.Kind{stream.Copy, stream.Insert, stream.Update, stream.Delete} {
			fmt.Fprintf(&b, " %d", t.Rows(kind).Total)
		}
		for _, v := range t.Versions {
			fmt.Fprintf(&b, " v%d:%s:%d", v.Version, v.Shard.Name, len(v.Columns))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestTables(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, script, want string }{
		{"the copy and what comes after it", `
			-80 field t id name
			-80 row t +1,a +2,b
			-80 field u id
			-80 vgtid -80=4/u
			-80 commit
			-80 begin@5
			-80 row@5 t +3,c
			-80 row@5 t 3,c>3,d
			-80 row@5 t -3,d
			-80 row@5 u +1
			-80 commit@5`, "ks.t 2 1 1 1 v1:-80:2\nks.u 0 1 0 0 v1:-80:1\n"},
		{"versions, which shards share", `
			-80 field@5 t id
			80- field@5 t id
			-80 ddl@6 alter table t
			-80 field@7 t id name
			80- field@7 t id name
			80- row@7 t +1,a`, "ks.t 0 1 0 0 v1:-80:1 v2:-80:2\n"},
		{"back to the columns before", `
			-80 field@5 t id
			80- field@5 t id
			-80 field@6 t id name
			80- field@6 t id name
			80- field@7 t id
			-80 field@7 t id`, "ks.t 0 0 0 0 v1:-80:1 v2:-80:2 v1:-80:1\n"},
		{"a shard that is late", `
			-80 field@5 t id
			-80 field@6 t id name
			80- field@5 t id
			80- field@6 t id name`, "ks.t 0 0 0 0 v1:-80:1 v2:-80:2\n"},
		{"Vitess's own are left out", "-80 field@5 heartbeat id\n-80 row@5 heartbeat +1", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			progress, _ := play(t, "-80=4 80-=4", ending(t, test.script))
			if got := tablesText(progress); got != test.want {
				t.Errorf("%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// TestTablesOfAnAbandonedTransaction: its rows come again, and count once.
func TestTablesOfAnAbandonedTransaction(t *testing.T) {
	t.Parallel()
	script := "-80 begin@5\n-80 field@5 t id\n-80 field@5 u id\n-80 row@5 t +1 +2\n-80 row@5 u -3\n-80 row@5 t 1>4"
	progress, _ := play(t, "-80=4", opening{frames: frames(t, script), err: errDown}, ending(t, script+"\n-80 vgtid -80=5\n-80 commit@5"))
	if got, want := tablesText(progress), "ks.t 0 2 1 0 v1:-80:1\nks.u 0 0 0 1 v1:-80:1\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestTableRates(t *testing.T) {
	t.Parallel()
	all := frames(t, "-80 field@5 t id\n-80 row@5 t +1 +2\n-80 row@5 t -3\n--\n-80 row@5 t +4\n--\n. heartbeat")
	second := all[0].Arrived.Truncate(time.Second)
	for i := range all {
		all[i].Arrived = second.Add(time.Duration(i) * time.Second)
	}
	progress, _ := play(t, "-80=4", opening{frames: all, err: io.EOF})
	table := progress.Tables(nil)[0]
	now := second.Add(2 * time.Second)
	if got := fmt.Sprint(table.History(nil, now, 3)); got != "[0 3 1]" {
		t.Error("history", got)
	}
	if all, inserts := table.PerSecond(now), table.Rows(stream.Insert).Rate.PerSecond(now); all < inserts+0.5 || inserts != 1.5 {
		t.Errorf("%v changes and %v inserts a second", all, inserts)
	}
	if !table.LastRow.Equal(second.Add(time.Second)) {
		t.Error("the last row came at", table.LastRow)
	}
}

// TestDDLs: a statement is kept once, also where its transaction comes again, and the
// oldest give way by number and by size.
func TestDDLs(t *testing.T) {
	t.Parallel()
	script := "-80 begin@5\n-80 ddl@5 create table t select 1"
	progress, _ := play(t, "-80=4", opening{frames: frames(t, script), err: errDown}, ending(t, script+"\n-80 vgtid -80=5\n-80 commit@5\n80- ddl@7 drop table t"))
	events, lost := progress.DDLs()
	if len(events) != 2 || lost != 0 || events[0].Statement != "create table t select 1" || events[1].Shard.Name != "80-" {
		t.Errorf("%+v, %d lost", events, lost)
	}
	for _, test := range []struct{ statements, size, kept int }{{300, 10, 256}, {10, 300 << 10, 3}} {
		text := ""
		for i := range test.statements {
			text += fmt.Sprintf("-80 ddl@%d %d%s\n", 6+i, i, strings.Repeat("x", test.size))
		}
		progress, _ := play(t, "-80=4", ending(t, text))
		events, lost := progress.DDLs()
		if len(events) != test.kept || int(lost) != test.statements-test.kept {
			t.Errorf("of %d statements of %d bytes %d are kept, %d lost", test.statements, test.size, len(events), lost)
		}
		if last := events[len(events)-1].Statement; !strings.HasPrefix(last, fmt.Sprint(test.statements-1)+"x") {
			t.Errorf("the last is %.9s", last)
		}
	}
}

// TestStandingVersions: where live shards have told of different versions last, it is told
// which, until they agree.
func TestStandingVersions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ script, want string }{
		{"-80 field@5 t id\n80- field@5 t id", ""},
		{"-80 field@5 t id\n80- field@5 t id\n-80 field@6 t id name", "v2 1 -80, v1 1 80-"},
		{"-80 field@5 t id\n80- field@5 t id\n-80 field@6 t id name\n80- field@6 t id name", ""},
		{"-80 field@5 t id\n-80 field@6 t id name", ""},
	} {
		progress, _ := play(t, "-80=4 80-=4", opening{frames: frames(t, "-80 vgtid -80=4 80-=4\n-80 other@5\n"+test.script), err: io.EOF})
		var parts []string
		for _, v := range progress.Tables(nil)[0].Standing {
			parts = append(parts, fmt.Sprintf("v%d %d %s", v.Version, v.Shards, v.Example.Name))
		}
		if got := strings.Join(parts, ", "); got != test.want {
			t.Errorf("%s: %q, not %q", test.script, got, test.want)
		}
	}
}

// TestLongHistory: the counts of ten seconds are those of its seconds, also of what came
// late.
func TestLongHistory(t *testing.T) {
	t.Parallel()
	all := frames(t, strings.Repeat("-80 field@5 t id\n-80 row@5 t +1\n--\n", 6))
	for i, seconds := range []int64{1000, 1009, 1010, 1008, 1200, 1195} {
		all[i].Arrived = time.Unix(seconds, 0)
	}
	progress, _ := play(t, "-80=4", opening{frames: all, err: io.EOF})
	rate := progress.Shards(nil)[0].Rate
	want := make([]uint32, 22)
	want[0], want[1], want[19], want[20] = 3, 1, 1, 1
	if got := rate.LongHistory(nil, time.Unix(1220, 0), 22); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\nnot\n%v", got, want)
	}
	if got := progress.Tables(nil)[0].LongHistory(nil, time.Unix(1220, 0), 22); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("of the table %v\nnot\n%v", got, want)
	}
	for _, now := range []time.Time{{}, time.Unix(-1, 0), time.Unix(1, 0), time.Unix(1<<40, 0)} {
		rate.LongHistory(nil, now, 90)
	}
}
