package stream_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"vtscope/stream"
)

// tape is a recording of frames that came so long after its begin.
type tape struct {
	begin time.Time
	after []time.Duration
	at    int
}

func (t *tape) Next() (stream.Recorded, error) {
	if t.at == len(t.after) {
		return stream.Recorded{}, io.EOF
	}
	t.at++
	return stream.Recorded{At: t.begin.Add(t.after[t.at-1]), Frame: []byte{}}, nil
}

// clocked notes when frames are played.
type clocked struct {
	stream.Sink
	begun  time.Time
	played []time.Duration
}

func (c *clocked) tap(stream.Frame) error {
	c.played = append(c.played, time.Since(c.begun))
	return nil
}

// playTape plays a tape of seconds, and tells when each was played; meanwhile, work is done.
func playTape(t *testing.T, speed float64, work func(p *stream.Playback), seconds ...float64) []time.Duration {
	t.Helper()
	tp := &tape{begin: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	for _, s := range seconds {
		tp.after = append(tp.after, time.Duration(s*float64(time.Second)))
	}
	c := &clocked{Sink: stream.NewStore(1 << 20), begun: time.Now()}
	p := stream.NewPlayback(speed)
	if work != nil {
		go work(p)
	}
	err := stream.Replay(t.Context(), stream.Config{Sink: c, Progress: stream.NewProgress(stream.Position{}), Tap: c.tap}, tp, p)
	if err != nil {
		t.Error(err)
	}
	if now, want := p.Now(), tp.begin.Add(tp.after[len(tp.after)-1]); !now.Equal(want) {
		t.Errorf("at the end it is %v, want %v", now, want)
	}
	return c.played
}

func seconds(list []time.Duration) (s []float64) {
	for _, d := range list {
		s = append(s, d.Seconds())
	}
	return s
}

func TestPlayback(t *testing.T) {
	after := func(d time.Duration, do func(p *stream.Playback)) func(p *stream.Playback) {
		return func(p *stream.Playback) { time.Sleep(d); do(p) }
	}
	for name, test := range map[string]struct {
		speed float64
		work  func(p *stream.Playback)
		want  []float64
	}{
		"its own speed": {1, nil, []float64{0, 2, 10, 11}},
		"twice":         {2, nil, []float64{0, 1, 5, 5.5}},
		"half":          {0.5, nil, []float64{0, 4, 20, 22}},
		"at once":       {stream.MaxSpeed, nil, []float64{0, 0, 0, 0}},
		"faster later":  {1, after(4*time.Second, func(p *stream.Playback) { p.SetSpeed(2) }), []float64{0, 2, 7, 7.5}},
		"a pause": {1, func(p *stream.Playback) {
			time.Sleep(4 * time.Second)
			p.Pause(true)
			time.Sleep(time.Hour)
			p.Pause(false)
		}, []float64{0, 2, 3610, 3611}},
		"steps": {1, func(p *stream.Playback) {
			time.Sleep(time.Second)
			p.Pause(true)
			time.Sleep(time.Minute)
			p.Step()
			p.Step()
			time.Sleep(time.Minute)
			p.Pause(false)
		}, []float64{0, 61, 61, 122}},
		"a jump": {1, after(3*time.Second, func(p *stream.Playback) { p.SkipTo(time.Date(2026, 11, 22, 10, 0, 11, 0, time.UTC)) }), []float64{0, 2, 3, 4}},
		"a jump in a pause": {1, func(p *stream.Playback) {
			p.Pause(true)
			p.SkipTo(time.Date(2026, 11, 22, 10, 0, 11, 0, time.UTC))
			time.Sleep(time.Minute)
			p.Pause(false)
		}, []float64{0, 0, 0, 61}},
	} {
		synctest.Test(t, func(t *testing.T) {
			got := seconds(playTape(t, test.speed, test.work, 0, 2, 10, 11))
			for i := range test.want {
				if d := got[i] - test.want[i]; d > 0.001 || d < -0.001 {
					t.Errorf("%s: played after %v, want %v", name, got, test.want)
					break
				}
			}
		})
	}
}

// TestPlaybackEndsWithItsContext, whatever it waits for.
func TestPlaybackEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := errors.New("asked to")
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { time.Sleep(time.Minute); cancel(asked) }()
		p := stream.NewPlayback(1)
		p.Pause(true)
		tp := &tape{begin: time.Now(), after: []time.Duration{0, 0}}
		err := stream.Replay(ctx, stream.Config{Sink: stream.NewStore(1 << 20), Progress: stream.NewProgress(stream.Position{})}, tp, p)
		if !errors.Is(err, asked) {
			t.Error(err)
		}
	})
}

// TestAnEndThatWasAskedFor is no failure.
func TestAnEndThatWasAskedFor(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	progress := stream.NewProgress(stream.Position{})
	err := stream.Replay(ctx, stream.Config{Sink: stream.NewStore(1 << 20), Progress: progress}, &tape{after: []time.Duration{0}}, stream.NewPlayback(1))
	if s := progress.Summary(); !errors.Is(err, context.Canceled) || s.State != stream.Ended || s.Failure != "" {
		t.Errorf("it ends with %v, and as %v: %s", err, s.State, s.Failure)
	}
}
