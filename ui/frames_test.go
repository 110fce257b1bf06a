package ui

import (
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
)

// An eventLoop runs a model's commands as Bubble Tea does, each on a goroutine
// of its own, and keeps the frames that come.
type eventLoop struct {
	model    *Model
	messages chan tea.Msg
	frames   []frameMsg
	ticks    int
	ended    bool
}

func (l *eventLoop) start(cmd tea.Cmd) {
	if cmd == nil || l.ended {
		return
	}
	go func() { l.messages <- cmd() }()
}

// idle handles messages until none is to come at this moment.
func (l *eventLoop) idle() {
	for {
		synctest.Wait()
		select {
		case message := <-l.messages:
			l.handle(message)
		default:
			return
		}
	}
}

func (l *eventLoop) handle(message tea.Msg) {
	switch message := message.(type) {
	case tea.BatchMsg:
		for _, cmd := range message {
			l.start(cmd)
		}
		return
	case frameMsg:
		l.frames = append(l.frames, message)
	case tickMsg:
		l.ticks++
	}
	_, cmd := l.model.Update(message)
	l.start(cmd)
}

// inEventLoop runs a test with a model whose loop has come to rest, on the
// bubble's clock.
func inEventLoop(t *testing.T, test func(l *eventLoop, store *stream.Store)) {
	synctest.Test(t, func(t *testing.T) {
		store := stream.NewStore(defaultBuffer)
		l := &eventLoop{messages: make(chan tea.Msg, 100)}
		l.model = newModel(Options{Store: store, Progress: stream.NewProgress(stream.Position{}), Now: time.Now})
		l.model.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		l.start(l.model.Init())
		l.idle()
		test(l, store)
		l.ended = true
		store.Flush() // ends the frame command that waits
		time.Sleep(2 * time.Second)
		l.idle()
	})
}

func appendStatus(store *stream.Store) {
	store.Append(&stream.Record{Kind: stream.Status, Arrived: time.Now().UnixNano()})
	store.Flush()
}

// TestBurstIsOneFrame: any number of changes until the next frame is due are one.
func TestBurstIsOneFrame(t *testing.T) {
	inEventLoop(t, func(l *eventLoop, store *stream.Store) {
		appendStatus(store)
		l.idle()
		before := len(l.frames)
		for range 1000 {
			appendStatus(store)
		}
		l.idle()
		if got := len(l.frames) - before; got != 0 {
			t.Errorf("%d frames came before one was due", got)
		}
		time.Sleep(frameInterval)
		l.idle()
		if got := len(l.frames) - before; got != 1 {
			t.Errorf("a burst became %d frames", got)
		}
		if got := l.model.latest.Len(); got != 1001 {
			t.Errorf("the screen has %d rows of 1001", got)
		}
	})
}

// TestFramesAreNoFasterThanTheInterval: at most one is in flight, and the
// newest rows are never left out for good.
func TestFramesAreNoFasterThanTheInterval(t *testing.T) {
	inEventLoop(t, func(l *eventLoop, store *stream.Store) {
		for range 3000 {
			appendStatus(store)
			time.Sleep(time.Millisecond)
			l.idle()
		}
		time.Sleep(frameInterval)
		l.idle()
		if n := len(l.frames); n < 55 || n > 62 {
			t.Errorf("%d frames in 3 s", n)
		}
		for i := 1; i < len(l.frames); i++ {
			if apart := l.frames[i].at.Sub(l.frames[i-1].at); apart < frameInterval {
				t.Errorf("frames %v apart", apart)
			}
		}
		if got := l.model.latest.Len(); got != 3000 {
			t.Errorf("the screen has %d rows of 3000", got)
		}
	})
}

// TestFloodsAreDrawnLessOften: nobody reads what runs by.
func TestFloodsAreDrawnLessOften(t *testing.T) {
	inEventLoop(t, func(l *eventLoop, store *stream.Store) {
		first := len(l.frames)
		for range 50 {
			for range floodRows {
				appendStatus(store)
			}
			time.Sleep(10 * time.Millisecond)
			l.idle()
		}
		if n := len(l.frames) - first; n < 4 || n > 6 {
			t.Errorf("%d frames of a flood in half a second, want five", n)
		}
	})
}

// TestNoFrameWhenNothingChanges: only the clock ticks, once a second.
func TestNoFrameWhenNothingChanges(t *testing.T) {
	inEventLoop(t, func(l *eventLoop, _ *stream.Store) {
		before, ticks := len(l.frames), l.ticks
		for range 60 {
			time.Sleep(time.Second)
			l.idle()
		}
		if got := len(l.frames) - before; got != 0 {
			t.Errorf("%d frames of a store that did not change", got)
		}
		if got := l.ticks - ticks; got < 59 || got > 61 {
			t.Errorf("%d ticks in a minute", got)
		}
	})
}
