package ui

import (
	"testing"
	"time"

	"vtscope/stream"
)

// replayed shows a fixture as if it came from a recording that lasted a minute.
func (f *fixture) replayed() (*screen, *Replay) {
	r := &Replay{Playback: stream.NewPlayback(1), First: f.clock, Last: f.clock.Add(time.Minute)}
	return f.optioned(120, 40, func(o *Options) { o.Replay = r }), r
}

func TestKeysOfAReplay(t *testing.T) {
	s, r := newFixture(t).replayed()
	s.shows("● REPLAY 1×  0%").press("space").shows("● REPLAY 1×  0%  PAUSED").press("]").shows("PAUSED")
	s.press("space").hides("PAUSED").press(">", ">").shows("replayed at 5 times its own speed").press("<").shows("2 times")
	s.press("<", "<", "<", "<", "<", "<").shows("0.1 times")
	for range 20 {
		s.press(">")
	}
	s.shows("replayed at max").press("<").shows("1000 times").fits()
	if speed, paused := r.Playback.Speed(); speed != 1000 || paused {
		t.Errorf("speed %v, paused %v", speed, paused)
	}
	// In a live stream they say that it is none.
	for _, key := range []string{">", "<", "]"} {
		newFixture(t).screen(120, 40).press(key).shows("this is no replay")
	}
}

// TestJumpToATime goes to the first row of that time, also in a live stream.
func TestJumpToATime(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello())
	for range 90 {
		f.deliver(f.sale(0)).pass(time.Second)
	}
	s := f.screen(120, 40).frame()
	s.press("J").shows("Jump to a time", "kept from 2026-11-22 12:03:44").types("12:04:30").press("enter").hides("Jump to")
	if got := s.selected(); got[:8] != "12:04:30" && got[2:10] != "12:04:30" {
		t.Errorf("the row is %q", got)
	}
	s.press("J").types("half past").press("enter").shows("write a time such as 10:30").press("ctrl+u").types("23:00").press("enter").shows("nothing has come so late")
	s.press("J", "esc").hides("Jump to").press("J", "enter").hides("Jump to").fits()
}

// TestJumpAheadInAReplay plays up to the time at once.
func TestJumpAheadInAReplay(t *testing.T) {
	f := newFixture(t)
	s, r := f.deliver(f.hello()).replayed()
	r.Playback.Pause(true)
	s.press("J").shows("recorded from 2026-11-22 12:03:44 to 2026-11-22 12:04:44").types("12:04:20").press("enter").hides("Jump to").shows("▶ follow")
}
