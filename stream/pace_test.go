package stream_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
)

// round is one of a stream that brings a transaction of every shard but the
// first every five seconds; then the shards are asked.
type round struct {
	executed int // by every shard but the first, which has executed 9
	pace     stream.Pace
	stalled  bool // the first
}

// playRounds plays rounds over n shards, from transaction 5 on.
func playRounds(t *testing.T, n int, rounds []round) {
	t.Helper()
	start := time.Unix(1795356900, 0)
	script, stands := "", make([]string, n)
	for i := range n {
		stands[i] = fmt.Sprintf("s%d=5", i)
	}
	from := positionFrom(strings.Join(stands, " "))
	for number := 6; number < 6+len(rounds); number++ {
		for shard := min(number-6, 1); shard < n; shard++ {
			stands[shard] = fmt.Sprintf("s%d=%d", shard, number)
			script += fmt.Sprintf("s%[1]d begin@%[2]d\ns%[1]d vgtid %[3]s\ns%[1]d commit@%[2]d\n", shard, number, strings.Join(stands, " "))
		}
		script += "--\n"
	}
	all := frames(t, script)
	for i := range all {
		all[i].Arrived = start.Add(time.Duration(i) * stream.CompareInterval)
	}
	progress := stream.NewProgress(from)
	asked := 0
	source := &fakeSource{openings: []opening{{frames: all, err: io.EOF, before: func() {
		if shards := progress.Shards(nil); len(shards) < n {
			return
		}
		r := rounds[asked]
		at := start.Add(time.Duration(asked) * stream.CompareInterval)
		asked++
		answers := []stream.Executed{{Keyspace: keyspace, Shard: "s0", GTID: uuid + ":1-9", At: at}}
		for i := 1; i < n; i++ {
			answers = append(answers, stream.Executed{Keyspace: keyspace, Shard: fmt.Sprintf("s%d", i), GTID: fmt.Sprintf("%s:1-%d", uuid, r.executed), At: at})
		}
		progress.Compare(answers)
		first := progress.Shards(nil)[0]
		if pace := progress.Summary().Pace; pace != r.pace || first.Standing.Stalled != r.stalled || first.Standing.Behind != 3 {
			t.Errorf("round %d: pace %d, the first shard %+v", asked, pace, first.Standing)
		}
	}}}}
	if err := stream.Run(t.Context(), stream.Config{Source: source, Sink: &lines{}, Progress: progress}); err != nil {
		t.Fatal(err)
	}
	if asked != len(rounds) {
		t.Errorf("%d rounds of %d were played", asked, len(rounds))
	}
}

// TestLateStreamIsNotStalled tells a shard that alone is silent from one that
// waits for its turn in a stream whose shards are all behind.
func TestLateStreamIsNotStalled(t *testing.T) {
	t.Parallel()
	const late, inTime = stream.OtherLate, stream.InTime
	for name, test := range map[string]struct {
		shards int
		rounds []round
	}{
		"one is silent": {12, []round{{6, inTime, false}, {7, inTime, false}, {8, inTime, true}}},
		"all are late":  {12, []round{{20, inTime, false}, {20, late, false}, {20, late, false}, {20, late, false}}},
		"too few":       {3, []round{{20, inTime, false}, {20, inTime, false}, {20, inTime, true}}},
		"again in time": {12, []round{{8, inTime, false}, {8, late, false}, {8, late, false}, {9, inTime, true}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			playRounds(t, test.shards, test.rounds)
		})
	}
}

// TestSlowSinkIsNotStalled: while the sink is stuck, no shard has stalled.
func TestSlowSinkIsNotStalled(t *testing.T) {
	t.Parallel()
	sink := &stuckSink{make(chan struct{}), make(chan struct{})}
	progress := stream.NewProgress(positionFrom("-80=5"))
	source := &fakeSource{openings: []opening{{frames: frames(t, "-80 begin@6\n-80 vgtid -80=6\n-80 commit@6")}}}
	ended := make(chan error, 1)
	go func() {
		ended <- stream.Run(t.Context(), stream.Config{Source: source, Sink: sink, Progress: progress})
	}()
	<-sink.reached
	start := time.Now()
	compare := func(after time.Duration) (stream.Pace, stream.Standing) {
		progress.Compare([]stream.Executed{{Keyspace: keyspace, Shard: "-80", GTID: uuid + ":1-9", At: start.Add(after)}})
		return progress.Summary().Pace, progress.Shards(nil)[0].Standing
	}
	compare(0)
	for after := stream.CompareInterval; after <= 4*stream.CompareInterval; after += stream.CompareInterval {
		if pace, s := compare(after); pace != stream.OwnLate || s.Stalled || s.Behind == 0 {
			t.Errorf("after %v: pace %d, %+v", after, pace, s)
		}
	}
	close(sink.may)
}
