package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/vtgate"
)

const watchedServer = "90a3e2d2-e67e-11f1-a140-02fc00000001"

// A watched stream brings transaction 6 of one shard; what is asked of the shard
// meanwhile is asked before it ends.
type watched struct {
	frames int
	ask    func()
	breaks int // so often before the first frame
}

func (w *watched) Open(context.Context, stream.Position) (stream.Receiver, error) { return w, nil }
func (w *watched) Classify(err error) *stream.Failure                             { return failureOf(err) }
func (w *watched) Close() error                                                   { return nil }

// failureOf has a stream end as asked with io.EOF, and break with others.
func failureOf(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Retry: true, Cause: err.Error(), Err: err}
}

func (w *watched) Recv() (stream.Frame, error) {
	if w.breaks > 0 {
		w.breaks--
		return stream.Frame{}, io.ErrUnexpectedEOF
	}
	if w.frames++; w.frames > 1 {
		w.ask()
		return stream.Frame{}, io.EOF
	}
	vgtid := &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{{Keyspace: "ks", Shard: "-80", Gtid: "MySQL56/" + watchedServer + ":1-6"}}}
	b, err := (&vtgate.VStreamResponse{Events: []*binlogdata.VEvent{
		{Type: binlogdata.VEventType_VGTID, Keyspace: "ks", Shard: "-80", Vgtid: vgtid},
		{Type: binlogdata.VEventType_OTHER, Keyspace: "ks", Shard: "-80"},
	}}).MarshalVT()
	return stream.Frame{Arrived: time.Now(), Bytes: b}, err
}

type nowhere struct{}

func (nowhere) Append(*stream.Record) error { return nil }
func (nowhere) Flush() error                { return nil }

// TestNoticesAreSaidOnce has a shard stall, go on, stand ahead and go on: each is
// said when it is new, however often it is found.
func TestNoticesAreSaidOnce(t *testing.T) {
	progress := stream.NewProgress(stream.Position{})
	notices := &standingNotices{progress: progress, told: map[string]string{}}
	start := time.Now()
	source := &watched{}
	source.ask = func() {
		for i, executed := range []int{6, 9, 9, 9, 9, 6, 6, 4, 4, 6, 6} {
			at := start.Add(time.Duration(i) * time.Hour)
			before := fmt.Sprintf("MySQL56/%s:1-6", watchedServer)
			progress.Compare([]stream.Executed{{Keyspace: "ks", Shard: "-80", GTID: fmt.Sprintf("%s:1-%d", watchedServer, executed), Before: before, At: at}})
			progress.Explain("ks", "-80", "replica z-1 lags 4 s")
			notices.tell()
		}
	}
	said := stderrOf(t, func() {
		if err := stream.Run(t.Context(), stream.Config{Source: source, Sink: nowhere{}, Progress: progress}); err != nil {
			t.Error(err)
		}
	})
	var kinds []string
	for line := range strings.Lines(said) {
		for _, kind := range []string{"ks/-80: stalled, 3 transactions behind", "ks/-80 goes on", "ks/-80: ahead of the shard by 2 transactions"} {
			if strings.Contains(line, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	if got := strings.Join(kinds, "; "); strings.Count(said, "\n") != 4 || got !=
		"ks/-80: stalled, 3 transactions behind; ks/-80 goes on; ks/-80: ahead of the shard by 2 transactions; ks/-80 goes on" {
		t.Errorf("said\n%s", said)
	}
}

// TestLateStreamIsSaidOnce has the reader be stuck while shards are asked.
func TestLateStreamIsSaidOnce(t *testing.T) {
	progress := stream.NewProgress(stream.Position{})
	notices := &standingNotices{progress: progress, told: map[string]string{}}
	ask := func(from, to int) {
		for i := from; i < to; i++ {
			at := time.Now().Add(time.Duration(i) * stream.CompareInterval)
			progress.Compare([]stream.Executed{{Keyspace: "ks", Shard: "-80", GTID: watchedServer + ":1-9", At: at}})
			notices.tell()
		}
	}
	said := stderrOf(t, func() {
		source := &watched{ask: func() { ask(4, 12) }}
		sink := stuckIn{func() { ask(0, 4) }}
		if err := stream.Run(t.Context(), stream.Config{Source: source, Sink: sink, Progress: progress}); err != nil {
			t.Error(err)
		}
	})
	late, again, stalled := strings.Index(said, "does not keep up"), strings.Index(said, "keeps up again"), strings.Index(said, "stalled, 3")
	if strings.Count(said, "\n") != 3 || late < 0 || again < late || stalled < again {
		t.Errorf("said\n%s", said)
	}
}

// stuckIn is stuck in a commit while something else is done.
type stuckIn struct{ work func() }

func (s stuckIn) Append(r *stream.Record) error {
	if r.Kind == stream.Other {
		s.work()
	}
	return nil
}

func (stuckIn) Flush() error { return nil }

// TestEndTellsWhatCame: reconnects are counted, nothing that was not there is
// told, and there is a position to resume from.
func TestEndTellsWhatCame(t *testing.T) {
	for breaks, want := range []string{
		"vtscope: 2 events printed, 0 row changes, 0 transactions; resume with --from ",
		"vtscope: 2 events printed, 0 row changes, 0 transactions, 1 reconnect; resume with --from ",
		"vtscope: 2 events printed, 0 row changes, 0 transactions, 2 reconnects; resume with --from ",
	} {
		progress := stream.NewProgress(stream.Position{})
		source := &watched{ask: func() {}, breaks: breaks}
		config := stream.Config{Source: source, Sink: nowhere{}, Progress: progress, Backoff: stream.Backoff{Min: 1, Max: 1}}
		if err := stream.Run(t.Context(), config); err != nil {
			t.Error(err)
		}
		if got := stderrOf(t, func() { (&run{progress: progress}).sayEnd(2) }); !strings.HasPrefix(got, want) || !strings.Contains(got, watchedServer+":1-6") {
			t.Errorf("after %d breaks: %s", breaks, got)
		}
	}
	if got := stderrOf(t, func() { (&run{progress: stream.NewProgress(stream.Position{})}).sayEnd(0) }); got !=
		"vtscope: 0 row changes, 0 transactions; no position to resume from\n" {
		t.Errorf("of nothing: %s", got)
	}
}
