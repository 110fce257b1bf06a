package stream_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// positionFrom reads a position as positionText writes it.
func positionFrom(text string) (p stream.Position) {
	for _, word := range strings.Fields(text) {
		p.Shards = append(p.Shards, parseShardGtid(word))
	}
	return p
}

// shardsText gives a line a shard: name, phase, GTID and the tables of its copy.
func shardsText(p *stream.Progress) string {
	var out strings.Builder
	for _, s := range p.Shards(nil) {
		gtid := positionText([]*binlogdata.ShardGtid{{Shard: s.Shard.Name, Gtid: s.GTID}})
		fmt.Fprintf(&out, "%s %v", gtid, s.Phase)
		for _, table := range s.Tables {
			fmt.Fprintf(&out, " %s:%d", table.Name, table.Rows)
			if table.Done {
				out.WriteString("!")
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// positions are scripts, where the stream would open again after them, and what
// the shards say then.
var positions = []struct{ name, from, script, position, shards string }{
	{"nothing came", "-80=5", ". heartbeat", "-80=5", ""},
	{"the first transaction is not committed", "-80=5 80-=7",
		"-80 begin@6\n-80 vgtid -80=6 80-=7", "-80=5 80-=7", "-80=5 waiting\n80-=7 waiting"},
	{"the first transaction of a keyspace", "=current",
		"-80 begin@6\n-80 vgtid -80=6 80-=current", "-80=current 80-=current", "-80=current waiting\n80-=current waiting"},
	{"committed", "-80=5 80-=7",
		"-80 begin@6\n-80 vgtid -80=6 80-=7\n-80 commit@6\n80- begin@8\n80- vgtid -80=6 80-=8",
		"-80=6 80-=7", "-80=6 streaming\n80-=7 waiting"},
	{"DDL and OTHER commit", "-80=5 80-=7",
		"-80 vgtid -80=6 80-=7\n-80 ddl@6 x\n80- vgtid -80=6 80-=8\n80- other@8",
		"-80=6 80-=8", "-80=6 streaming\n80-=8 streaming"},
	{"DDL of an open transaction", "-80=5",
		"-80 begin@6\n-80 vgtid -80=6\n-80 ddl@6 create table t\n-80 field@6 t id\n-80 row@6 t +1", "-80=5", "-80=5 waiting"},
	{"DDL of a transaction that commits", "-80=5",
		"-80 begin@6\n-80 vgtid -80=6\n-80 ddl@6 create table t\n-80 field@6 t id\n-80 row@6 t +1\n-80 vgtid -80=6\n-80 commit@6", "-80=6", "-80=6 streaming"},
	{"a transaction that begins again", "-80=5",
		"-80 field@5 t id\n-80 begin@6\n-80 row@6 t +1\n-80 vgtid -80=6\n-80 begin@6\n-80 row@6 t +1\n-80 commit@6",
		"-80=5", "-80=5 streaming"},
	{"the copy", "=",
		"-80 begin\n-80 field t id\n-80 vgtid -80=5 80-=\n-80 row t +1 +2\n-80 vgtid -80=5/t 80-=\n-80 commit",
		"-80=5/t 80-=", "-80=5 copying t:2\n80-= copying"},
	{"between two tables of the copy", "=",
		"-80 begin\n-80 field t id\n-80 row t +1\n-80 vgtid -80=5/t\n-80 commit\n-80 begin\n-80 vgtid -80=6\n-80 commit",
		"-80=5/t", "-80=6 copying t:1!"},
	{"in the second table", "=",
		"-80 field t id\n-80 row t +1\n-80 field u id\n-80 row u +1 +2\n-80 vgtid -80=5/u\n-80 commit",
		"-80=5/u", "-80=5 copying t:1! u:2"},
	{"in the second table, which another shard has not begun", "=",
		"-80 field t id\n-80 row t +1\n-80 vgtid -80=5/t 80-=\n-80 commit\n" +
			"-80 begin\n-80 vgtid -80=5 80-=\n-80 commit\n-80 field u id\n-80 row u +1\n-80 vgtid -80=6/u 80-=\n-80 commit",
		"-80=6/u/t 80-=", "-80=6 copying t:1! u:1\n80-= copying"},
	{"in the third table, while another shard is in the second", "-80=5/t 80-=7/u",
		"-80 field u id\n-80 vgtid -80=5/u 80-=7/u\n-80 commit\n-80 field v id\n-80 vgtid -80=6/v 80-=7/u\n-80 commit",
		"-80=6/v/u 80-=7/u", "-80=6 copying u:0! v:0\n80-=7 copying"},
	{"a table copied in cycles", "=",
		"-80 field t id\n-80 row t +1\n-80 field t id\n-80 row t +2\n-80 row@6 t +3\n-80 vgtid -80=5/t\n-80 commit",
		"-80=5/t", "-80=5 copying t:2"},
	{"an empty first table", "-80=",
		"-80 begin\n-80 field t id\n-80 vgtid -80=5\n-80 begin\n-80 vgtid -80=5\n-80 commit",
		"-80=", "-80=5 copying t:0!"},
	{"the copy of one shard is done", "=",
		"-80 field t id\n-80 row t +1\n-80 vgtid -80=5/t 80-=\n-80 commit\n-80 begin\n-80 vgtid -80=6 80-=\n-80 commit\n-80 completed",
		"-80=6 80-=", "-80=6 streaming t:1!\n80-= copying"},
	{"resumed in mid-copy", "-80=5/t",
		"-80 field@6 t id\n-80 begin@6\n-80 row@6 t +1\n-80 vgtid -80=6/t\n-80 commit@6\n-80 field t id\n-80 row t +2",
		"-80=6/t", "-80=6 copying t:1"},
	{"reshard", "-80=5 80-=5",
		"-80 vgtid -80=5 80-=5\n-80 other@5\n40-80 begin@9\n40-80 vgtid 80-=5 -40=8 40-80=9\n40-80 commit@9",
		"80-=5 -40=8 40-80=9", "-80=5 closed\n80-=5 waiting\n40-80=9 streaming\n-40=8 waiting"},
	{"reshard, its first transaction not committed", "-80=5 80-=5",
		"-80 vgtid -80=6 80-=5\n-80 other@6\n40-80 begin@9\n40-80 vgtid 80-=5 -40=8 40-80=9",
		"-80=6 80-=5", "-80=6 closed\n80-=5 waiting\n40-80= waiting\n-40=8 waiting"},
	{"the journal of a reshard", "-80=5 80-=5",
		"-80 begin@6\n-80 vgtid -80=6 80-=5\n-80 commit@6\n-80 begin@7\n-80 journal@7 -80 -40=8 40-80=9\n-80 vgtid -80=7 80-=5\n-80 commit@7",
		"80-=5 -40=8 40-80=9", "-80=6 closed\n80-=5 waiting"},
	{"the journal of one of two shards", "-80=5 80-=5",
		"-80 begin@6\n-80 journal@6 -80,80- -=9\n-80 vgtid -80=6 80-=5\n-80 commit@6\n80- begin@6\n80- vgtid -80=6 80-=6\n80- commit@6",
		"-80=5 80-=6", "-80=5 streaming\n80-=6 streaming"},
	{"the journals of both of two shards", "-80=5 80-=5",
		"-80 begin@6\n-80 journal@6 -80,80- -=9\n-80 vgtid -80=6 80-=5\n-80 commit@6\n" +
			"80- begin@6\n80- journal@6 -80,80- -=9\n80- vgtid -80=6 80-=6\n80- commit@6\n- begin@10\n- vgtid -=10\n- commit@10",
		"-=10", "-80=5 closed\n80-=5 closed\n-=10 streaming"},
	{"the journals of two reshards", "-80=5 80-=5",
		"-80 begin@6\n-80 journal@6 -80,80- -=9\n-80 vgtid -80=6 80-=5\n-80 commit@6\n" +
			"80- begin@6\n80- journal@6 -80,80- -=9 #2\n80- vgtid -80=6 80-=6\n80- commit@6",
		"-80=5 80-=5", "-80=5 streaming\n80-=5 streaming"},
}

func TestProgress(t *testing.T) {
	t.Parallel()
	for _, test := range positions {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			progress, _ := play(t, test.from, ending(t, test.script))
			if got := positionText(progress.Position().Shards); got != test.position {
				t.Errorf("opens again at %q, want %q", got, test.position)
			}
			wantLines(t, shardsText(progress), test.shards)
		})
	}
}

// TestResume opens the stream again in mid-copy and in mid-transaction.
func TestResume(t *testing.T) {
	t.Parallel()
	progress, source := play(t, "=",
		opening{err: errDown, frames: frames(t, `
			-80 field t id
			-80 row t +1
			-80 vgtid -80=5/t
			-80 commit
			-80 begin
			-80 vgtid -80=5
			-80 commit
			-80 field u id
			-80 row u +1 +2
			-80 vgtid -80=5/u
			-80 commit
			-80 begin
			-80 row u +3
			-80 vgtid -80=6/u`)},
		opening{err: errDown, frames: frames(t, "-80 other@7")},
		ending(t, `
			-80 field t id
			-80 row t +1 +2
			-80 field u id
			-80 row u +3
			-80 vgtid -80=9/u
			-80 commit`))
	for i, want := range []string{"=", "-80=5/u", "-80=5/u"} {
		if got := positionText(source.from[i].Shards); got != want {
			t.Errorf("opening %d is at %q, want %q", i, got, want)
		}
	}
	wantLines(t, shardsText(progress), "-80=9 copying t:2 u:3")
	if s := progress.Summary(); s.Retries != 2 || s.Frames != 3 || s.CopyDone {
		t.Errorf("%+v", s)
	}
}

// TestPositionWhileStreaming asks between frames, as a screen does.
func TestPositionWhileStreaming(t *testing.T) {
	t.Parallel()
	from := positionFrom("-80=5")
	progress := stream.NewProgress(from)
	var got []string
	source := &fakeSource{openings: []opening{{
		frames: frames(t, "-80 begin@6\n--\n-80 vgtid -80=6\n--\n-80 commit@6\n--\n-80 begin@7\n-80 vgtid -80=7"),
		before: func() { got = append(got, positionText(progress.Position().Shards)) },
		err:    io.EOF,
	}}}
	if err := stream.Run(t.Context(), stream.Config{Source: source, From: from, Sink: &lines{}, Progress: progress}); err != nil {
		t.Fatal(err)
	}
	if want := "-80=5 -80=5 -80=5 -80=6 -80=6"; strings.Join(got, " ") != want {
		t.Errorf("positions %v, want %v", got, want)
	}
}

func TestCopyDone(t *testing.T) {
	t.Parallel()
	one := "-80 begin\n-80 vgtid -80=5 80-=\n-80 commit\n-80 completed"
	for _, test := range []struct {
		script string
		want   bool
	}{
		{one, false},
		{one + "\n. completed", true},
		{one + "\n80- begin\n80- vgtid -80=5 80-=6\n80- commit\n80- completed", true},
		{"-80 completed", false},
	} {
		if progress, _ := play(t, "=", ending(t, test.script)); progress.Summary().CopyDone != test.want {
			t.Errorf("CopyDone is %v after\n%s", !test.want, test.script)
		}
	}
}

func TestProgressCounts(t *testing.T) {
	t.Parallel()
	all := frames(t, `
		-80 begin@5
		-80 row@5 missing +1
		-80 field@5 t id
		-80 row@5 t +1 +2 +3
		-80 commit@5
		--
		-80 begin
		-80 commit`)
	all[1].Arrived = all[0].Arrived.Add(2 * time.Second)
	progress, _ := play(t, "-80=4", opening{frames: all, err: io.EOF})
	s := progress.Summary()
	if s.Rows != 3 || s.Transactions != 1 || s.Frames != 2 || s.Problems != 1 || s.LastFrame != all[1].Arrived ||
		s.Bytes != uint64(len(all[0].Bytes)+len(all[1].Bytes)) {
		t.Errorf("%+v", s)
	}
	shard := progress.Shards(nil)[0]
	if !shard.LagKnown || shard.Lag != 1500*time.Millisecond || shard.Rows != 3 || shard.Transactions != 1 {
		t.Errorf("%+v", shard)
	}
	if !shard.LastEvent.Equal(all[1].Arrived) {
		t.Errorf("last event at %v", shard.LastEvent)
	}
	for i, want := range []float64{3, 3, 1.5, 1, 0.75, 0.6, 0} {
		if got := shard.Rate.PerSecond(all[0].Arrived.Add(time.Duration(i) * time.Second)); got != want {
			t.Errorf("after %d s, %v rows a second, want %v", i, got, want)
		}
	}
	history := shard.Rate.History(nil, all[0].Arrived.Add(3*time.Second), 5)
	if got := fmt.Sprint(history); got != "[0 0 3 0 0]" {
		t.Errorf("history %v", got)
	}
}

// TestOddClocks has frames from before 1970, and clocks that go back.
func TestOddClocks(t *testing.T) {
	t.Parallel()
	all := frames(t, strings.Repeat("-80 field@5 t id\n-80 row@5 t +1\n--\n", 5))
	for i, seconds := range []int64{-5, 0, 1000, 990, 10} {
		all[i].Arrived = time.Unix(seconds, 0)
	}
	progress, _ := play(t, "-80=4", opening{frames: all, err: io.EOF})
	rate := progress.Shards(nil)[0].Rate
	if got := rate.History(nil, time.Unix(1001, 0), 11); fmt.Sprint(got) != "[1 0 0 0 0 0 0 0 0 0 1]" {
		t.Error(got)
	}
	for _, now := range []time.Time{{}, time.Unix(-1, 0), time.Unix(1, 0), time.Unix(1<<40, 0)} {
		rate.PerSecond(now)
		rate.History(nil, now, 60)
	}
}

// TestJournalThatBrokeOff: without its COMMIT, a journal is not of the stream
// that is opened again.
func TestJournalThatBrokeOff(t *testing.T) {
	t.Parallel()
	progress, _ := play(t, "-80=5",
		opening{frames: frames(t, "-80 begin@6\n-80 journal@6 -80 -40=8 40-80=9\n-80 vgtid -80=6"), err: errDown},
		ending(t, "-80 begin@6\n-80 vgtid -80=6\n-80 commit@6"))
	if got := positionText(progress.Position().Shards); got != "-80=6" || progress.Summary().Reshards != 0 {
		t.Errorf("stands at %s after %d reshards", got, progress.Summary().Reshards)
	}
}

// TestRateOfAClockThatGoesBack: what arrives a minute before the newest counts in
// no second.
func TestRateOfAClockThatGoesBack(t *testing.T) {
	t.Parallel()
	all := frames(t, "-80 field@6 t id\n-80 begin@6\n-80 row@6 t +1\n--\n-80 row@6 t +2\n-80 vgtid -80=6\n-80 commit@6")
	all[1].Arrived = all[0].Arrived.Add(-64 * time.Second)
	progress, _ := play(t, "-80=5", opening{frames: all, err: io.EOF})
	s := progress.Shards(nil)[0]
	if got := s.Rate.PerSecond(all[0].Arrived.Add(time.Second)); got != 1 || s.Rows != 2 {
		t.Errorf("%v rows a second of %d rows", got, s.Rows)
	}
}

// TestLagWithoutATime: a timestamp of 0 is none.
func TestLagWithoutATime(t *testing.T) {
	t.Parallel()
	vgtid := parseEvent(t, "-80 vgtid -80=6")
	commit := parseEvent(t, "-80 commit@6")
	commit.Timestamp = 0
	progress, _ := play(t, "-80=5", opening{frames: []stream.Frame{frame(t, vgtid, commit)}, err: io.EOF})
	if s := progress.Shards(nil)[0]; s.LagKnown || positionText(progress.Position().Shards) != "-80=6" {
		t.Errorf("a lag of %v is known: %v", s.Lag, s.LagKnown)
	}
}
