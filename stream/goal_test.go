package stream_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

func TestGoalIsAGTIDOrAPosition(t *testing.T) {
	at := func(shard string, number uint64) *stream.Record {
		return &stream.Record{Shard: &stream.Shard{Keyspace: keyspace, Name: shard}, GTID: stream.GTID{Server: &stream.Server{UUID: uuid}, Number: number}}
	}
	for text, want := range map[string]string{
		uuid + ":5":                                     "-80:5 80-:5",
		"  MySQL56/" + uuid + ":3-4 ":                   "-80:3 -80:4 80-:3 80-:4",
		"ks:-80@" + uuid + ":1-2":                       "-80:1 -80:2",
		"ks:-80@" + uuid + ":1|ks:80-@" + uuid + ":1-3": "-80:1 80-:1 80-:2 80-:3",
		`[{"keyspace":"ks","shard":"80-","gtid":"MySQL56/` + uuid + `:1-2","table_p_ks":[]}]`: "80-:1 80-:2",
	} {
		goal, err := stream.ParseGoal(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got []string
		for _, shard := range []string{"-80", "80-"} {
			for number := range uint64(7) {
				if goal.Includes(at(shard, number)) {
					got = append(got, fmt.Sprint(shard, ":", number))
				}
			}
		}
		if got := strings.Join(got, " "); got != want || goal.String() != strings.TrimSpace(text) {
			t.Errorf("%s includes %s, want %s", goal, got, want)
		}
		if goal.Includes(&stream.Record{}) || goal.Includes(&stream.Record{Shard: at("-80", 1).Shard}) {
			t.Errorf("%s includes what has no transaction", goal)
		}
	}
	for text, want := range map[string]string{
		"":                           "write a GTID such as",
		"half past ten":              "is no GTID set; write a GTID such as",
		"FilePos/binlog.000001:4":    "cannot be compared",
		"ks:-80@" + uuid + ":2-1":    "holds no transaction",
		"ks:-80@current":             "the position of ks/-80: no position yet",
		`[{"keyspace":"ks","shard":`: "byte",
	} {
		if _, err := stream.ParseGoal(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// frameTape is a recording of frames that come an hour after one another.
type frameTape struct {
	frames []stream.Frame
	at     time.Time
}

func (t *frameTape) Next() (stream.Recorded, error) {
	if len(t.frames) == 0 {
		return stream.Recorded{}, io.EOF
	}
	f := t.frames[0]
	t.frames, t.at = t.frames[1:], t.at.Add(time.Hour)
	return stream.Recorded{At: t.at, Frame: f.Bytes}, nil
}

// TestSkipToAGoal: the replay goes on without waiting up to the transaction that reaches the
// goal, and stands still there.
func TestSkipToAGoal(t *testing.T) {
	const script = `
-80 field@1 t id
80- field@1 t id
-80 vgtid -80=1 80-=1
--
-80 begin@2
-80 row@2 t +1
-80 vgtid -80=2 80-=1
-80 commit@2
--
80- begin@2
80- row@2 t +2
80- vgtid -80=2 80-=2
80- commit@2
--
-80 begin@3
-80 row@3 t +3
--
-80 vgtid -80=3 80-=2
-80 commit@3
--
80- vgtid -80=3 80-=3
80- ddl@3 alter table t
--
-80 begin@4
-80 vgtid -80=4 80-=3
-80 commit@4
--
-80 heartbeat`
	for text, want := range map[string]string{
		"ks:-80@" + uuid + ":1-2":                         "1-2 1-1",
		"ks:80-@" + uuid + ":2":                           "1-2 1-2",
		"ks:-80@" + uuid + ":1-3|ks:80-@" + uuid + ":1-2": "1-3 1-2",
		"ks:-80@" + uuid + ":1-2|ks:80-@" + uuid + ":1-3": "1-3 1-3",
		uuid + ":4": "1-4 1-3",
		uuid + ":5": "to the end",
	} {
		synctest.Test(t, func(t *testing.T) {
			goal, err := stream.ParseGoal(text)
			if err != nil {
				t.Fatal(err)
			}
			p, progress := stream.NewPlayback(1), stream.NewProgress(stream.Position{Shards: []*binlogdata.ShardGtid{parseShardGtid("-80=1"), parseShardGtid("80-=1")}})
			p.Pause(true)
			p.SkipToGoal(goal)
			ended := make(chan error, 1)
			go func() {
				config := stream.Config{Sink: stream.NewStore(1 << 20), Progress: progress}
				ended <- stream.Replay(t.Context(), config, &frameTape{frames(t, script), time.Unix(0, 0)}, p)
			}()
			synctest.Wait()
			got := ""
			for _, at := range progress.Position().Shards {
				got += " " + strings.TrimPrefix(at.Gtid, "MySQL56/"+uuid+":")
			}
			if _, paused := p.Speed(); !paused || p.Goal() != nil {
				t.Errorf("%s: paused %v, goal %v", text, paused, p.Goal())
			}
			reached, err := goal.Reached(progress)
			select {
			case err := <-ended:
				if err != nil {
					t.Error(err)
				}
				if want != "to the end" || reached {
					t.Errorf("%s: the replay has ended at%s, ", text, got)
				}
				return
			default:
			}
			if got != " "+want || !reached || err != nil {
				t.Errorf("%s: it stands at%s, want %s", text, got, want)
			}
			p.Pause(false)
			<-ended
		})
	}
}

// TestPauseEndsASkip, which may be long.
func TestPauseEndsASkip(t *testing.T) {
	p := stream.NewPlayback(1)
	goal, err := stream.ParseGoal(uuid + ":4")
	if err != nil {
		t.Fatal(err)
	}
	if p.SkipToGoal(goal); p.Goal() != goal {
		t.Error("it does not skip")
	}
	if p.Pause(true); p.Goal() != nil {
		t.Error("it skips on")
	}
}

// TestGoalOfAnotherStream: a shard that is not there is told.
func TestGoalOfAnotherStream(t *testing.T) {
	progress := stream.NewProgress(stream.Position{})
	config := stream.Config{Sink: stream.NewStore(1 << 20), Progress: progress}
	if err := stream.Replay(t.Context(), config, &frameTape{frames(t, "-80 vgtid -80=1 80-=1"), time.Unix(0, 0)}, nil); err != nil {
		t.Fatal(err)
	}
	goal, err := stream.ParseGoal("ks:40-80@" + uuid + ":1-2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := goal.Reached(progress); err == nil || err.Error() != "ks/40-80 is not in the stream" {
		t.Error(err)
	}
}
