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
		time.Sleep(2 * time.Second / linesPerSecond)
		l.idle()
		if got := len(l.frames) - before; got != 1 {
			t.Errorf("a burst became %d frames", got)
		}
		if got := l.model.Latest.Len(); got != 1001 {
			t.Errorf("the screen has %d rows of 1001", got)
		}
	})
}

// feed appends a status row every so often for some time, and gives the frames
// that came of it.
func (l *eventLoop) feed(store *stream.Store, every, during time.Duration) []frameMsg {
	before := len(l.frames)
	for range during / every {
		appendStatus(store)
		time.Sleep(every)
		l.idle()
	}
	time.Sleep(slowestInterval)
	l.idle()
	return l.frames[before:]
}

// TestFramesGoByWhatCanBeRead: rows that come one by one are drawn at once; what
// is more than that, by pages, and the newest rows are never left out for good.
func TestFramesGoByWhatCanBeRead(t *testing.T) {
	for _, test := range []struct {
		every       time.Duration
		least, most int // frames in 10 s
	}{
		{time.Second, 10, 11},            // a frame for each row
		{250 * time.Millisecond, 38, 41}, // the same
		{10 * time.Millisecond, 6, 10},   // a page of 16 lines each
		{time.Millisecond, 6, 10},
	} {
		inEventLoop(t, func(l *eventLoop, store *stream.Store) {
			frames := l.feed(store, test.every, 10*time.Second)
			if n := len(frames); n < test.least || n > test.most {
				t.Errorf("a row every %v: %d frames in 10 s, want %d to %d", test.every, n, test.least, test.most)
			}
			if got, want := l.model.Latest.Len(), uint64(10*time.Second/test.every); uint64(got) != want {
				t.Errorf("a row every %v: the screen has %d rows of %d", test.every, got, want)
			}
			for i := 1; i < len(frames); i++ {
				if apart := frames[i].at.Sub(frames[i-1].at); apart < frameInterval {
					t.Errorf("frames %v apart", apart)
				}
			}
		})
	}
}

// TestPausedScreenIsDrawnOnceASecond: only counts and clocks move.
func TestPausedScreenIsDrawnOnceASecond(t *testing.T) {
	inEventLoop(t, func(l *eventLoop, store *stream.Store) {
		appendStatus(store)
		l.idle()
		l.model.Update(tea.KeyPressMsg{Code: ' ', Text: " "})
		if frames := l.feed(store, 10*time.Millisecond, 10*time.Second); len(frames) < 9 || len(frames) > 12 {
			t.Errorf("%d frames in 10 s of a pause", len(frames))
		}
		l.model.Update(tea.KeyPressMsg{Code: ' ', Text: " "})
		if l.model.Shown.Len() != l.model.Latest.Len() || l.model.Latest.Len() != 1001 {
			t.Errorf("after the pause %d rows of %d", l.model.Shown.Len(), l.model.Latest.Len())
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
