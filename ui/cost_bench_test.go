package ui

import (
	"context"
	"io"
	"runtime"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"vtscope/stream"
)

// The cost is the median of so many turns, each so long that the start of the
// program does not count. A turn is compared with the stream alone before and
// after it, so that a machine that gets slower or faster does not count either.
const (
	turns = 9
	turn  = 3 * time.Second / 2
)

// costLimit is the share of the stream's rate, in percent, that the screen may
// take away.
const costLimit = 10

// An endless source repeats frames until a time, as fast as they are read.
type endless struct {
	before, frames []stream.Frame
	at             int
	until          time.Time
}

func (e *endless) Open(context.Context, stream.Position) (stream.Receiver, error) {
	e.at = -len(e.before)
	return e, nil
}

func (e *endless) Recv() (stream.Frame, error) {
	if e.at < 0 {
		e.at++
		return e.before[len(e.before)+e.at-1], nil
	}
	if e.at == len(e.frames) {
		now := time.Now()
		if now.After(e.until) {
			return stream.Frame{}, io.EOF
		}
		e.at = 0
		for i := range e.frames {
			e.frames[i].Arrived = now
		}
	}
	e.at++
	return e.frames[e.at-1], nil
}

func (e *endless) Close() error { return nil }

func (e *endless) Classify(err error) *stream.Failure {
	if err == io.EOF {
		return nil
	}
	return &stream.Failure{Cause: err.Error(), Err: err}
}

// newEndless is one-row transactions over some shards, a message each.
func newEndless(b *testing.B, shards int) *endless {
	f, e := newFixture(b, shardNames(shards)...), &endless{}
	for i := range f.shards {
		events := f.columns(i, []change{insert(customerTable)})
		f.live(i, events[0])
		e.before = append(e.before, f.frame(events))
	}
	for i := range 1024 {
		after := f.customer(i)
		after[3] = "+31 20 555 01 77"
		e.frames = append(e.frames, f.frame(f.commit(i%shards, modify(customerTable, f.customer(i), after))))
	}
	return e
}

// perRow runs the stream for a while beside a screen and gives the processor
// time of all threads by row. The screen runs until its context ends.
func perRow(b *testing.B, e *endless, screen func(context.Context, Options)) float64 {
	store, progress := stream.NewStore(defaultBuffer), stream.NewProgress(stream.Position{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	runtime.GC()
	start := processTime()
	go func() {
		defer close(ended)
		screen(ctx, Options{
			Store: store, Progress: progress, Target: keyspace, Address: "localhost:15991", Colour: true, Now: time.Now,
		})
	}()
	e.until = time.Now().Add(turn)
	if err := stream.Run(context.Background(), stream.Config{Source: e, Sink: store, Progress: progress}); err != nil {
		b.Fatal(err)
	}
	cancel()
	<-ended
	return (processTime() - start).Seconds() / float64(progress.Summary().Rows)
}

// noScreen leaves the stream alone.
func noScreen(context.Context, Options) {}

// modelScreen takes frames and draws them, without a terminal.
func modelScreen(ctx context.Context, o Options) {
	m := newModel(o)
	m.resize(200, 60)
	frames := time.NewTicker(frameInterval)
	defer frames.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-frames.C:
			m.frame(frameMsg{at: time.Now(), snapshot: o.Store.Snapshot(), shards: o.Progress.Shards(nil), summary: o.Progress.Summary()})
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

// BenchmarkScreenCost measures the stream alone and beside a screen of 200×60
// at 20 frames a second, in turns, and reports the share of the rate that the
// screen takes away: for what is drawn here alone, and with what Bubble Tea
// makes of it, where every line is another in every frame.
func BenchmarkScreenCost(b *testing.B) {
	for _, c := range []struct {
		name   string
		shards int
		screen func(context.Context, Options)
	}{
		{"model, 4 shards", 4, modelScreen}, {"model, 256 shards", 256, modelScreen},
		{"program, 4 shards", 4, programScreen}, {"program, 256 shards", 256, programScreen},
	} {
		b.Run(c.name, func(b *testing.B) {
			e := newEndless(b, c.shards)
			var costs []float64
			alone := perRow(b, e, noScreen)
			for b.Loop() {
				for range turns {
					before := alone
					shown := perRow(b, e, c.screen)
					alone = perRow(b, e, noScreen)
					costs = append(costs, 100*(1-(before+alone)/2/shown))
				}
			}
			slices.Sort(costs)
			cost := costs[len(costs)/2]
			b.ReportMetric(1/alone/1e6, "Mrows/cpu-s")
			b.ReportMetric(cost, "percent")
			b.ReportMetric(0, "ns/op")
			if cost > costLimit {
				b.Errorf("the screen takes %.1f%% of the stream's rate, more than %.0f%%", cost, float64(costLimit))
			}
		})
	}
}
