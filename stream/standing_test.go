package stream_test

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

const other = "97257a80-e67e-11f1-a140-02fc00000002"

func TestParseGTIDSet(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		uuid + ":1-5": uuid + ":1-5",
		"MySQL56/" + uuid + ":1-5,\n" + other + ":7": other + ":7," + uuid + ":1-5",
		"":                          "error: no position yet",
		"current":                   "error: no position yet",
		"MySQL56/":                  "",
		uuid + ":1-5:tag:1-3":       "error: GTIDs with tags cannot be compared",
		"FilePos/binlog.000001:157": "error: FilePos positions cannot be compared",
		"MariaDB/0-1-2":             "error: MariaDB positions cannot be compared",
		"nothing:1":                 `error: "nothing:1" is no GTID set`,
	} {
		set, err := stream.ParseGTIDSet(text)
		got := set.String()
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != want && !(strings.Contains(want, ",") && len(got) == len(want)) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// standing compares a stream that has come to transaction 6 of its shard with
// what the shard says.
func standing(t *testing.T, answers ...stream.Executed) stream.Standing {
	t.Helper()
	progress, _ := play(t, "-80=5", ending(t, "-80 begin@6\n-80 vgtid -80=6\n-80 commit@6"))
	for _, e := range answers {
		e.Keyspace, e.Shard = keyspace, "-80"
		progress.Compare([]stream.Executed{e})
	}
	return progress.Shards(nil)[0].Standing
}

func TestStanding(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, test := range []struct {
		executed, before, missing, extra string
	}{
		{":1-6", ":1-6", "", ""},
		{":1-9", ":1-6", ":7-9", ""},
		{":1-5", ":1-5", "", ""}, // the sixth came after the question
		{":1-5", ":1-6", "", ":6"},
	} {
		s := standing(t, stream.Executed{GTID: uuid + test.executed, Before: uuid + test.before, At: now})
		missing, extra := strings.TrimPrefix(s.Missing.String(), uuid), strings.TrimPrefix(s.Extra.String(), uuid)
		if missing != test.missing || extra != test.extra || !s.Known() || s.Since.IsZero() != (s.Behind == 0) {
			t.Errorf("executed %s, asked at %s: %+v", test.executed, test.before, s)
		}
	}
	if s := standing(t, stream.Executed{Unknown: "no answer", At: now}); s.Known() || s.Unknown != "no answer" {
		t.Errorf("%+v", s)
	}
	if s := standing(t, stream.Executed{GTID: uuid + ":1-6:tag:1", At: now}); s.Known() || !strings.Contains(s.Unknown, "tags") {
		t.Errorf("%+v", s)
	}
}

// TestStalled finds a shard behind for longer than StallAfter, without an event.
func TestStalled(t *testing.T) {
	t.Parallel()
	now := time.Now().Add(time.Hour)
	behind := stream.Executed{GTID: uuid + ":1-9", At: now}
	later := behind
	later.At = now.Add(stream.StallAfter)
	if s := standing(t, behind); s.Stalled || s.Since != now {
		t.Errorf("stalled at once: %+v", s)
	}
	if s := standing(t, behind, later); !s.Stalled || s.Since != now {
		t.Errorf("not stalled: %+v", s)
	}
	caughtUp := stream.Executed{GTID: uuid + ":1-6", At: later.At}
	if s := standing(t, behind, later, caughtUp); s.Stalled || !s.Since.IsZero() {
		t.Errorf("still stalled: %+v", s)
	}
}

// TestStandingNarrows has what was missing come after the comparison.
func TestStandingNarrows(t *testing.T) {
	t.Parallel()
	progress := stream.NewProgress(positionFrom("-80=5"))
	asked := false
	source := &fakeSource{openings: []opening{{
		frames: frames(t, "-80 vgtid -80=6\n-80 other@6\n--\n-80 vgtid -80=8\n-80 other@8\n--\n-80 vgtid -80=9\n-80 other@9"),
		before: func() {
			if shards := progress.Shards(nil); len(shards) == 1 && !asked {
				asked = true
				progress.Compare([]stream.Executed{{Keyspace: keyspace, Shard: "-80", GTID: uuid + ":1-9", At: time.Now()}})
			} else if asked && shards[0].GTID[len(shards[0].GTID)-1] == '8' && shards[0].Standing.Behind != 1 {
				t.Errorf("at 8 of 9: %+v", shards[0].Standing)
			}
		},
		err: io.EOF,
	}}}
	_ = stream.Run(t.Context(), stream.Config{Source: source, Sink: &lines{}, Progress: progress})
	if s := progress.Shards(nil)[0].Standing; !asked || s.Behind != 0 || !s.Since.IsZero() {
		t.Errorf("%+v", s)
	}
}

// TestHeartbeatLag takes the time of a heartbeat's row from the tablet's clock,
// 250 ms later.
func TestHeartbeatLag(t *testing.T) {
	t.Parallel()
	progress, _ := play(t, "-80=5", ending(t,
		"-80 begin@6\n-80 field@6 heartbeat id ts\n-80 row@6 heartbeat +1,1795356900250000000\n-80 vgtid -80=6\n-80 commit@6"))
	if s := progress.Shards(nil)[0]; s.HeartbeatLag != 250*time.Millisecond || s.HeartbeatAt.IsZero() || s.Rows != 0 {
		t.Errorf("%+v", s)
	}
}

// TestCopyKeys has a table that is taken up again, as VTGate does after an hour.
func TestCopyKeys(t *testing.T) {
	t.Parallel()
	progress, _ := play(t, "=", ending(t,
		"-80 field t id\n-80 row t +1\n-80 vgtid -80=5/t\n-80 commit\n-80 field t id\n-80 row t +2"))
	table := progress.Shards(nil)[0].Tables[0]
	want := []stream.KeyValue{{Column: "id", Value: "17", Integer: true}}
	if table.Cycles != 2 || !slices.Equal(table.LastKey, want) {
		t.Errorf("%+v", table)
	}
}

// TestOddLastKey has a last key that does not fit its fields.
func TestOddLastKey(t *testing.T) {
	t.Parallel()
	odd := &binlogdata.ShardGtid{Keyspace: keyspace, Shard: "-80", Gtid: "MySQL56/" + uuid + ":1-5", TablePKs: []*binlogdata.TableLastPK{{
		TableName: "t", Lastpk: &query.QueryResult{Fields: fieldsNamed([]string{"id"}), Rows: []*query.Row{row(1, 2)}},
	}}}
	script := frames(t, "-80 field t id\n-80 row t +1\n--\n-80 commit")
	vgtid := frame(t, &binlogdata.VEvent{
		Type: binlogdata.VEventType_VGTID, Keyspace: keyspace, Shard: "-80", Vgtid: &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{odd}},
	})
	progress, _ := play(t, "=", opening{frames: []stream.Frame{script[0], vgtid, script[1]}, err: io.EOF})
	if table := progress.Shards(nil)[0].Tables[0]; table.LastKey != nil {
		t.Errorf("%+v", table)
	}
}
