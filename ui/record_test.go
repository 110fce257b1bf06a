package ui

import (
	"errors"
	"testing"
	"time"
)

// A fakeRecorder notes what it is asked for.
type fakeRecorder struct {
	state   Recording
	buffer  bool
	stopErr error
}

func (f *fakeRecorder) Start(path string, buffer, replace bool) error {
	switch {
	case path == "there.vts" && !replace:
		return ErrExists
	case path == "no/x":
		return errors.New("no such\x1b[31m folder")
	}
	f.state, f.buffer = Recording{Path: path, Written: 2048}, buffer
	return nil
}

func (f *fakeRecorder) Stop() error               { f.state = Recording{}; return f.stopErr }
func (f *fakeRecorder) State() Recording          { return f.state }
func (f *fakeRecorder) Name(now time.Time) string { return "vtscope-shop.vts" }

// recording makes a screen that can record.
func (f *fixture) recording(width, height int) (*screen, *fakeRecorder) {
	r := &fakeRecorder{}
	return f.optioned(width, height, func(o *Options) { o.Recorder = r }), r
}

func TestRecord(t *testing.T) {
	f := liveShop(t)
	s, r := f.recording(120, 40)
	s.press("R").shows("╭ Record into a file", "file  vtscope-shop.vts", "what comes from now on").fits().press("enter")
	s.shows("● REC 2.0 KiB", "recording into vtscope-shop.vts; R stops").hides("╭ Record")
	if r.buffer {
		t.Error("what is kept is recorded, too")
	}
	r.state.Held = 3 * time.Second
	s.pass(time.Second)
	s.show(f.sale(0)).shows("waited for the disk 3s")
	s.press("R").hides("● REC").shows("recorded into vtscope-shop.vts; vtscope --replay shows it")
	s.press("R", "backspace", "backspace").shows("file  vtscope-shop.v▏").types("x").shows("file  vtscope-shop.vx▏").press("esc")
	s.press("R", "tab").shows(" rows kept, then what comes").types("mine.vts").press("enter").shows("recording into mine.vts")
	if !r.buffer || r.state.Path != "mine.vts" {
		t.Errorf("it records %+v, with what is kept: %v", r.state, r.buffer)
	}
	r.state.Err = errors.New("no space\x07 left")
	s.pass(time.Second)
	s.show(f.sale(0)).shows("not recorded: no space").harmless().fits()
	r.stopErr = r.state.Err
	s.press("R").shows("not recorded to the end: no space").harmless()
	newFixture(t).screen(120, 40).press("R").shows("nothing can be recorded here")
}

// TestRecordOverAFile asks before one goes, and says what is wrong with a name.
func TestRecordOverAFile(t *testing.T) {
	s, r := liveShop(t).recording(80, 24)
	s.press("R").types("there.vts").press("enter").shows("there.vts is there already").press("n").hides("is there already")
	s.press("R").types("there.vts").press("enter", "y").shows("recording into there.vts")
	if s.press("R"); r.state.Path != "" {
		t.Error("it still records")
	}
	s.press("R").types("no/x").press("enter").shows("not recorded: no/x: no such").harmless().fits()
	s.press("R").types("   ").press("enter").shows("╭ Record").press("esc")
	s.press("R", "esc").hides("╭ Record")
}

// TestRecordAfterTheEnd offers what is kept, and nothing to come.
func TestRecordAfterTheEnd(t *testing.T) {
	s, r := endedShop(t).recording(120, 40)
	s.press("R").shows("kept, without positions; nothing more comes").hides("what comes from now on", "tab").fits().press("enter").shows("recording into")
	if !r.buffer {
		t.Error("what is kept is not recorded")
	}
}
