package ui

import (
	"fmt"
	"strings"
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
	s.press("J").types("12:05").press("enter").shows("nothing was recorded then: the capture ends at 2026-11-22 12:04:44")
	s.press("J").types("12:03").press("enter").shows("nothing was recorded then: the capture begins at 2026-11-22 12:03:44")
	s.press("J").shows("recorded from 2026-11-22 12:03:44 to 2026-11-22 12:04:44").types("12:04:20").press("enter").hides("Jump to").shows("▶ follow")
}

// TestTheEndIsShownAtOnce: what has come is shown with the next second where no frame is to
// be waited for, and an older frame that comes then takes nothing back.
func TestTheEndIsShownAtOnce(t *testing.T) {
	f := newFixture(t)
	s, _ := f.deliver(f.hello()).replayed()
	s.frame()
	old := makeFrame(f.clock, f.store, f.progress, spare{}, nil)
	f.deliver(f.sale(0), f.sale(1), errPurged)
	f.pass(time.Second)
	s.model.tick(f.clock)
	s.model.arrange()
	s.model.drawn.old = true
	s.shows("ENDED", "insert")
	text := s.text()
	s.model.take(old)
	s.model.drawn.old = true
	if got := s.text(); got != text {
		t.Errorf("an older frame takes rows back:\n%s", got)
	}
}

// TestJumpToAPosition goes to the newest row that belongs to it.
func TestJumpToAPosition(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello())
	for i := range 40 {
		f.deliver(f.sale(i % 2))
	}
	s := f.screen(140, 40).frame()
	gtid := fmt.Sprintf("%s:%d", server(1), f.numbers[1]-6)
	s.press("J").shows("a GTID or a position").pastes(gtid).press("enter").hides("Jump to")
	s.press("enter").shows("╭").press("esc")
	if got := s.copied("y", "x"); got != gtid {
		t.Errorf("the row is of %s, not of %s", got, gtid)
	}
	// A position of several shards: the newest row that either of them includes.
	position := fmt.Sprintf("shop:-40@%s:1-%d|shop:40-80@%s:1-%d", server(0), f.numbers[0]-9, server(1), f.numbers[1]-2)
	s.press("J").pastes(position + "\n").press("enter")
	if got, want := s.copied("y", "x"), fmt.Sprintf("%s:%d", server(1), f.numbers[1]-2); got != want {
		t.Errorf("the row is of %s, not of %s", got, want)
	}
	for text, want := range map[string]string{
		server(3):                         "is no GTID set",
		server(0) + ":1-9999999":          "the stream has not come to that position yet",
		server(0) + ":1":                  "no row shown belongs to that position",
		"shop:0-@" + server(0) + ":1-2":   "shop/0- is not in the stream",
		"x":                               "or a GTID, or a position",
		"\x1b]52;c;eA==\x07@" + server(0): "]52;c;eA==",
	} {
		s.press("J").pastes(text).press("enter").shows(want).fits().press("esc")
	}
	s.press("J").pastes(strings.Repeat("9", 1<<20+1)).shows("the limit is 1.0 MiB").fits()
}

// TestJumpAheadToAPosition: a replay plays up to it, and stands still at its row.
func TestJumpAheadToAPosition(t *testing.T) {
	f := newFixture(t)
	s, r := f.deliver(f.hello()).replayed()
	jump := func() {
		s.press("J").pastes(fmt.Sprintf("%s:%d", server(0), f.numbers[0]+1)).press("enter").shows("playing up to that position")
		if r.Playback.Goal() == nil {
			t.Fatal("it does not skip")
		}
	}
	jump()
	s.show(f.sale(0)).shows("▶ follow").hides("no row shown")
	r.Playback.Pause(true) // as the stream does when it is there
	s.arrives().frame().hides("▶ follow").shows("PAUSED")
	if got, want := s.copied("y", "x"), fmt.Sprintf("%s:%d", server(0), f.numbers[0]); got != want {
		t.Errorf("the row is of %s, not of %s", got, want)
	}
	// Stopped by the user, it says nothing; at the end, that there is no such position.
	r.Playback.Pause(false)
	jump()
	s.press("space").arrives().frame().shows("PAUSED").hides("position")
	r.Playback.Pause(false)
	jump()
	f.deliver(errPurged)
	r.Playback.Pause(false)
	s.frame().arrives().shows("the recording does not come to that position")
}

// arrives has the screen look whether the replay is where it skips to, as frames do.
func (s *screen) arrives() *screen {
	s.perform(s.model.arrived())
	s.model.drawn.old = true
	return s
}
