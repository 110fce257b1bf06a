package stream_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vtscope/stream"
)

// run runs a source in a bubble and gives what Run returned and what the sink got.
func run(ctx context.Context, t *testing.T, source *fakeSource, tap func(stream.Frame) error) (string, error) {
	var got lines
	err := stream.Run(ctx, stream.Config{
		Source: source, Sink: &got, Progress: stream.NewProgress(stream.Position{}), Tap: tap,
	})
	if source.open != 0 {
		t.Errorf("%d receivers left open", source.open)
	}
	return got.String(), err
}

func TestRunEndsAsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &fakeSource{openings: []opening{ending(t, ". heartbeat\n--\n. heartbeat")}}
		got, err := run(t.Context(), t, source, nil)
		if err != nil || source.closed != 1 {
			t.Errorf("error %v, closed %d times", err, source.closed)
		}
		wantLines(t, got, `
			status . connecting
			status . streaming
			heartbeat .
			heartbeat .
			status . ended`)
	})
}

func TestRunOpensAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &fakeSource{openings: []opening{
			{frames: frames(t, "-80 begin@5\n-80 field@5 t id\n-80 row@5 t +1"), err: errDown},
			{refuse: errDown},
			ending(t, "-80 begin@5\n-80 field@5 t id\n-80 row@5 t +1\n-80 commit@5"),
		}}
		got, err := run(t.Context(), t, source, nil)
		if err != nil || source.closed != 2 {
			t.Errorf("error %v, closed %d times", err, source.closed)
		}
		wantLines(t, got, `
			status . connecting
			status . streaming
			begin -80 #1 :5
			columns -80 #1 :5 t.v1 id
			insert -80 #1 :5 t.v1 +1
			abandoned -80 #1 :5
			status . retrying down
			status . connecting
			status . retrying down
			status . connecting
			status . streaming after 800ms from current, for want of a position: changes made meanwhile may be missing
			begin -80 #2 :5
			columns -80 #2 :5 t.v1 id
			insert -80 #2 :5 t.v1 +1
			commit -80 #2 :5
			status . ended`)
	})
}

// TestRunBacksOff waits 250 ms and twice as long each time up to 15 s, whatever
// frames come between; it begins again where the shards have moved, or the
// stream has lived for longer than that.
func TestRunBacksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refuse := opening{refuse: errDown}
		beat := opening{frames: frames(t, ". heartbeat"), err: errDown}
		other := func(number string) opening { // the shard -80 stays, 80- goes on
			return opening{frames: frames(t, "80- begin@"+number+"\n80- vgtid -80=5 80-="+number+"\n80- commit@"+number), err: errDown}
		}
		both := opening{frames: frames(t, "80- begin@9\n80- vgtid -80=5 80-=9\n80- commit@9\n-80 begin@6\n-80 vgtid -80=6 80-=9\n-80 commit@6"), err: errDown}
		long := opening{frames: frames(t, ". heartbeat"), err: errDown, before: func() { time.Sleep(16 * time.Second) }}
		source := &fakeSource{openings: []opening{
			refuse, other("7"), {err: errDown}, other("8"), beat, refuse, refuse, beat, both, beat, long, {err: io.EOF},
		}}
		if _, err := run(t.Context(), t, source, nil); err != nil {
			t.Error(err)
		}
		var waits []time.Duration
		for i := range source.at[1:] {
			wait := source.at[i+1] - source.at[i]
			if i == 10 {
				wait -= 32 * time.Second // as long as the stream has lived
			}
			waits = append(waits, wait.Truncate(time.Millisecond))
		}
		ms := time.Millisecond
		want := []time.Duration{250 * ms, 250 * ms, 500 * ms, 1000 * ms, 2000 * ms, 4000 * ms, 8000 * ms, 15000 * ms, 250 * ms, 500 * ms, 250 * ms}
		if !slices.Equal(waits, want) {
			t.Errorf("waits %v, want %v", waits, want)
		}
	})
}

func TestRunKeepsTheFirstCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		purged := errors.New("purged")
		source := &fakeSource{openings: []opening{{refuse: errDown}, {refuse: purged}}}
		got, err := run(t.Context(), t, source, nil)
		var failure *stream.Failure
		if !errors.As(err, &failure) || !errors.Is(err, purged) || !strings.Contains(err.Error(), "down") {
			t.Errorf("error %v", err)
		}
		if !strings.HasSuffix(got, "status . ended "+err.Error()+"\n") {
			t.Error(got)
		}
		source = &fakeSource{openings: []opening{{refuse: errDown}, {frames: frames(t, ". heartbeat"), err: purged}}}
		if _, err = run(t.Context(), t, source, nil); err == nil || strings.Contains(err.Error(), "down") {
			t.Errorf("after a frame, the error is %v", err)
		}
	})
}

func TestRunIsCancelled(t *testing.T) {
	for name, source := range map[string]*fakeSource{
		"in Recv":          {openings: []opening{{frames: frames(t, ". heartbeat")}}},
		"in back-off":      {openings: []opening{{refuse: errDown}}},
		"before it starts": {openings: []opening{{}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				enough := errors.New("enough")
				ctx, cancel := context.WithCancelCause(t.Context())
				if strings.Contains(name, "before") {
					cancel(enough)
				} else {
					time.AfterFunc(700*time.Millisecond, func() { cancel(enough) })
				}
				got, err := run(ctx, t, source, nil)
				if err != enough || !strings.HasSuffix(got, "status . ended enough\n") {
					t.Errorf("error %v after\n%s", err, got)
				}
			})
		})
	}
}

// TestRunSinkError ends the run with the sink's error, and gives it nothing more.
func TestRunSinkError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("full")
		for after := range 5 {
			got := lines{fail: full, after: after}
			source := &fakeSource{openings: []opening{ending(t, ". heartbeat\n--\n. heartbeat")}}
			progress := stream.NewProgress(stream.Position{})
			err := stream.Run(t.Context(), stream.Config{Source: source, Sink: &got, Progress: progress})
			if err != full || strings.Count(got.String(), "\n") != after+1 || source.open != 0 {
				t.Errorf("after %d: error %v, %d open, sink:\n%s", after, err, source.open, got.String())
			}
			if s := progress.Summary(); s.State != stream.Ended {
				t.Errorf("after %d: state %v", after, s.State)
			}
		}
	})
}

func TestRunTapError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		source := &fakeSource{openings: []opening{ending(t, ". heartbeat\n--\n. heartbeat")}}
		taps := 0
		got, err := run(t.Context(), t, source, func(f stream.Frame) error {
			if taps++; taps == 2 {
				return full
			}
			return nil
		})
		if err != full || source.closed != 1 {
			t.Errorf("error %v, closed %d times", err, source.closed)
		}
		wantLines(t, got, `
			status . connecting
			status . streaming
			heartbeat .
			status . ended disk full`)
	})
}

// TestRunStopsOnReshard ends the run with the journal's COMMIT, at the new
// shards' position.
func TestRunStopsOnReshard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		from := positionFrom("-80=5")
		progress := stream.NewProgress(from)
		source := &fakeSource{openings: []opening{{frames: frames(t, `
			-80 begin@6
			-80 journal@6 -80 -40=8 40-80=9
			-80 vgtid -80=6
			-80 commit@6`)}}}
		err := stream.Run(t.Context(), stream.Config{
			Source: source, From: from, Sink: &lines{}, Progress: progress, StopOnReshard: true,
		})
		if got := positionText(progress.Position().Shards); err != nil || got != "-40=8 40-80=9" {
			t.Errorf("ends at %s with %v", got, err)
		}
	})
}

// TestRunCountsOnce has a transaction that breaks off and comes again.
func TestRunCountsOnce(t *testing.T) {
	t.Parallel()
	again := "-80 field@6 t id\n-80 begin@6\n-80 row@6 t +1 +2\n"
	progress, _ := play(t, "-80=5",
		opening{frames: frames(t, again), err: errDown},
		ending(t, again+"-80 vgtid -80=6\n-80 commit@6"))
	shard, summary := progress.Shards(nil)[0], progress.Summary()
	if shard.Rows != 2 || summary.Rows != 2 || summary.Transactions != 1 {
		t.Errorf("%d rows of the shard, %d in all, %d transactions", shard.Rows, summary.Rows, summary.Transactions)
	}
}
