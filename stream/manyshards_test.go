package stream_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vtscope/internal/pairs"
	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// manyShards is a frame in which each of n shards has a transaction; the VGTID of
// each names its shard, or all of them.
func manyShards(t testing.TB, first, n int, all bool) stream.Frame {
	t.Helper()
	name := func(i int) string { return fmt.Sprintf("%06x-%06x", i, i+1) }
	var events []*binlogdata.VEvent
	whole := &binlogdata.VGtid{}
	for i := first; i < first+n; i++ {
		at := &binlogdata.ShardGtid{Keyspace: "ks", Shard: name(i), Gtid: "MySQL56/be98ad8c-e67e-11f1-a140-02fc00000001:1-5"}
		whole.ShardGtids = append(whole.ShardGtids, at)
		vgtid := &binlogdata.VGtid{ShardGtids: []*binlogdata.ShardGtid{at}}
		if all {
			vgtid = whole
		}
		if !all || i == first+n-1 {
			events = append(events,
				&binlogdata.VEvent{Type: binlogdata.VEventType_BEGIN, Keyspace: "ks", Shard: name(i), Timestamp: 1_795_000_000},
				&binlogdata.VEvent{Type: binlogdata.VEventType_VGTID, Keyspace: "ks", Shard: name(i), Vgtid: vgtid},
				&binlogdata.VEvent{Type: binlogdata.VEventType_COMMIT, Keyspace: "ks", Shard: name(i), Timestamp: 1_795_000_000})
		}
	}
	return frame(t, events...)
}

var errEnough = errors.New("enough")

// once is a source of some frames.
type once struct {
	frames []stream.Frame
	err    error
}

func (o *once) Open(context.Context, stream.Position) (stream.Receiver, error) {
	return &onceReceiver{left: o.frames, err: o.err}, nil
}
func (o *once) Classify(err error) *stream.Failure { return &stream.Failure{Err: err} }

type onceReceiver struct {
	left []stream.Frame
	err  error
}

func (r *onceReceiver) Recv() (stream.Frame, error) {
	if len(r.left) == 0 {
		return stream.Frame{}, r.err
	}
	f := r.left[0]
	r.left = r.left[1:]
	return f, nil
}
func (r *onceReceiver) Close() error { return nil }

// problemRecorder keeps problems, and calls each where it is set.
type problemRecorder struct {
	problems []string
	records  int
	each     func()
}

func (r *problemRecorder) Append(record *stream.Record) error {
	if r.records++; record.Kind == stream.Problem {
		r.problems = append(r.problems, string(record.Payload))
	}
	if r.each != nil {
		r.each()
	}
	return nil
}
func (r *problemRecorder) Flush() error { return nil }

// TestTooManyShards: 100,000 are followed, and the others told of once, whatever
// comes of them.
func TestTooManyShards(t *testing.T) {
	const most = 100_000
	sink, progress := &problemRecorder{}, stream.NewProgress(stream.Position{})
	source := &once{err: errEnough, frames: []stream.Frame{manyShards(t, 0, most, false), manyShards(t, most, 10, false), manyShards(t, 5, 1, false), manyShards(t, most-3, 6, true)}}
	_ = stream.Run(t.Context(), stream.Config{Source: source, Sink: sink, Progress: progress})
	if n := len(progress.Shards(nil)); n != most {
		t.Errorf("%d shards are followed", n)
	}
	if want := "there are more than 100000 shards; the others are not followed"; len(sink.problems) != 1 || sink.problems[0] != want {
		t.Errorf("the problems are %q", sink.problems)
	}
	if n := progress.Summary().Transactions; n != most+1 {
		t.Errorf("%d transactions count", n)
	}
}

// TestTheEndInALongFrame: a run ends in the midst of a frame too.
func TestTheEndInALongFrame(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	sink := &problemRecorder{}
	sink.each = func() {
		if sink.records == 10 {
			cancel(errEnough)
		}
	}
	source := &once{frames: []stream.Frame{manyShards(t, 0, 20_000, false)}}
	err := stream.Run(ctx, stream.Config{Source: source, Sink: sink, Progress: stream.NewProgress(stream.Position{})})
	if err == nil || !strings.Contains(err.Error(), errEnough.Error()) || sink.records > 5000 {
		t.Errorf("ends with %v after %d records", err, sink.records)
	}
}

// BenchmarkManyShards: four times the shards of a VGTID that changes take four
// times as long, and somewhat more for maps that do not fit the caches; 16 times
// is what each shard's look at all others takes.
func BenchmarkManyShards(b *testing.B) {
	few, many := manyShards(b, 0, 10_000, true), manyShards(b, 0, 40_000, true)
	run := func(f stream.Frame) func() {
		return func() {
			source := &once{err: errEnough, frames: []stream.Frame{f}}
			_ = stream.Run(context.Background(), stream.Config{Source: source, Sink: &problemRecorder{}, Progress: stream.NewProgress(stream.Position{})})
		}
	}
	var ratio pairs.Ratio
	for b.Loop() {
		ratio = pairs.Compare(turns, run(many), run(few))
	}
	ratio.AtMost(b, 12, "a-quarter")
	b.ReportMetric(0, "ns/op")
}
