package stream_test

import (
	"io"
	"testing"
	"time"

	"vtscope/stream"
)

// A stuckSink takes nothing until it may, as a pipe that nobody reads.
type stuckSink struct{ reached, may chan struct{} }

func (s *stuckSink) Append(r *stream.Record) error {
	if r.Kind == stream.Commit {
		close(s.reached)
		<-s.may
	}
	return nil
}

func (s *stuckSink) Flush() error { return nil }

// TestSlowSinkHoldsNobodyElse: what the shards are, have executed and where they
// stand can be asked and told while a sink is stuck.
func TestSlowSinkHoldsNobodyElse(t *testing.T) {
	sink := &stuckSink{make(chan struct{}), make(chan struct{})}
	progress := stream.NewProgress(positionFrom("-80=5"))
	source := &fakeSource{openings: []opening{{frames: frames(t, "-80 begin@6\n-80 vgtid -80=6\n-80 commit@6"), err: io.EOF}}}
	ended := make(chan error, 1)
	go func() {
		ended <- stream.Run(t.Context(), stream.Config{Source: source, Sink: sink, Progress: progress})
	}()
	<-sink.reached
	asked := make(chan struct{})
	go func() {
		defer close(asked)
		progress.Summary()
		progress.Position()
		for _, s := range progress.Shards(nil) {
			progress.Committed(s.Shard)
		}
	}()
	select {
	case <-asked:
	case <-time.After(time.Minute):
		t.Error("the progress cannot be asked while the sink is stuck")
	}
	close(sink.may)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := progress.Position().String(); got == "" || progress.Summary().Transactions != 1 {
		t.Errorf("after it: %s, %+v", got, progress.Summary())
	}
}
