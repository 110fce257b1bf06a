package ui

import (
	"context"
	"io"
	"runtime"
	"testing"
	"time"

	"vtscope/internal/cputime"
	"vtscope/stream"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// A turn shows so many frames, one at each frameInterval, of so many row changes.
const (
	framesEach = 30
	rowsEach   = 512
)

// A steadySource gives frames again and again, some at each run.
type steadySource struct {
	before, frames []stream.Frame
	at, left       int
}

func (e *steadySource) Open(context.Context, stream.Position) (stream.Receiver, error) {
	return e, nil
}

func (e *steadySource) Recv() (stream.Frame, error) {
	if e.at < len(e.before) {
		e.at++
		return e.before[e.at-1], nil
	}
	if e.left == 0 {
		return stream.Frame{}, io.EOF
	}
	e.left--
	e.at++
	f := e.frames[e.at%len(e.frames)]
	f.Arrived = time.Now()
	return f, nil
}

func (e *steadySource) Close() error { return nil }

func (e *steadySource) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Cause: err.Error(), Err: err}
}

// newSteadySource is one-row transactions over some shards, a message each.
func newSteadySource(b *testing.B, shards int) *steadySource {
	f, e := newFixture(b, shardNames(shards)...), &steadySource{}
	for i := range f.shards {
		events := f.columns(i, []change{insert(customerTable)})
		f.live(i, events[0])
		e.before = append(e.before, f.frame(events))
	}
	for i := range 2 * rowsEach {
		after := f.customer(i)
		after[3] = "+31 20 555 01 77"
		e.frames = append(e.frames, f.frame(f.commit(i%shards, modify(customerTable, f.customer(i), after))))
	}
	return e
}

// A cost is what a turn takes of the machine.
type cost struct {
	time          time.Duration // the processor's, of all threads
	allocs, bytes float64
}

func (c cost) minus(d cost) cost {
	return cost{c.time - d.time, c.allocs - d.allocs, c.bytes - d.bytes}
}

func (c cost) plus(d cost) cost {
	return cost{c.time + d.time, c.allocs + d.allocs, c.bytes + d.bytes}
}

// costOf runs the stream for a turn beside a screen, which runs until its
// context ends.
func costOf(b *testing.B, e *steadySource, screen func(context.Context, Options)) cost {
	store, progress := stream.NewStore(defaultBuffer), stream.NewProgress(stream.Position{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := cputime.Used()
	go func() {
		defer close(ended)
		screen(ctx, Options{
			Store: store, Progress: progress, Target: keyspace, Address: "localhost:15991", Colour: true, Now: time.Now,
		})
	}()
	frames := time.NewTicker(frameInterval)
	defer frames.Stop()
	for e.at = 0; e.at < len(e.before)+framesEach*rowsEach; <-frames.C {
		e.left = rowsEach
		if err := stream.Run(context.Background(), stream.Config{Source: e, Sink: store, Progress: progress}); err != nil {
			b.Fatal(err)
		}
	}
	cancel()
	<-ended
	c := cost{time: cputime.Used() - start}
	runtime.ReadMemStats(&after)
	c.allocs, c.bytes = float64(after.Mallocs-before.Mallocs), float64(after.TotalAlloc-before.TotalAlloc)
	return c
}

// noScreen leaves the stream alone.
func noScreen(context.Context, Options) {}

// modelScreen takes frames and draws them, without a terminal.
func modelScreen(ctx context.Context, o Options) {
	m := newModel(o)
	m.take(tea.WindowSizeMsg{Width: 200, Height: 60})
	frames := time.NewTicker(frameInterval)
	defer frames.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-frames.C:
			m.take(makeFrame(time.Now(), o.Store, o.Progress, spare{}, nil))
			m.View()
		}
	}
}

// programScreen is the whole program, Bubble Tea and all, on a terminal that
// takes everything at once.
func programScreen(ctx context.Context, o Options) {
	keyboard, typist := io.Pipe()
	defer typist.Close()
	o.Input, o.Output, o.Environment = keyboard, io.Discard, []string{"TERM=xterm-256color"}
	run(ctx, o, tea.WithWindowSize(200, 60), tea.WithColorProfile(colorprofile.ANSI))
}

// What a frame may allocate. A machine has no say in that.
var screenCosts = []struct {
	name          string
	shards        int
	screen        func(context.Context, Options)
	allocs, bytes float64
}{
	{"model, 4 shards", 4, modelScreen, 2500, 300 << 10},
	{"model, 256 shards", 256, modelScreen, 7000, 1000 << 10},
	{"program, 4 shards", 4, programScreen, 5000, 600 << 10},
	{"program, 256 shards", 256, programScreen, 9000, 1000 << 10},
}

// BenchmarkScreenCost measures what a frame of a screen of 200×60 costs: drawn
// here alone, and with what Bubble Tea makes of it, where every line is another
// in every frame. It reports the processor time, as the share of one core that
// frames at their full rate take; what no screen differs by from itself is how
// exactly that can be told here.
func BenchmarkScreenCost(b *testing.B) {
	for _, c := range screenCosts {
		b.Run(c.name, func(b *testing.B) {
			e := newSteadySource(b, c.shards)
			var shown cost
			var spread time.Duration
			frames := 0.0
			alone := costOf(b, e, noScreen)
			for b.Loop() {
				before, with := alone, costOf(b, e, c.screen)
				alone = costOf(b, e, noScreen)
				shown = shown.plus(with).minus(alone)
				spread = max(spread, (alone.time - before.time).Abs())
				frames += framesEach
			}
			share := func(d time.Duration, frames float64) float64 { return 100 * framesPerSecond * d.Seconds() / frames }
			b.ReportMetric(share(shown.time, frames), "%core")
			b.ReportMetric(share(spread, framesEach), "%spread")
			b.ReportMetric(shown.allocs/frames, "allocs/frame")
			b.ReportMetric(shown.bytes/frames/1024, "KB/frame")
			b.ReportMetric(0, "ns/op")
			if share(spread, framesEach) > share(shown.time, frames) {
				b.Log("the processor time is not measurable here: the stream alone differs from itself by more")
			}
			if shown.allocs/frames > c.allocs || shown.bytes/frames > c.bytes {
				b.Errorf("a frame allocates %.0f times and %.0f bytes, more than %.0f and %.0f", shown.allocs/frames, shown.bytes/frames, c.allocs, c.bytes)
			}
		})
	}
}
