package ui

import (
	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/window"
)

// recordWindow asks where to record to.
func recordWindow(c *pane.Context, r Recorder) *window.Record {
	w := &window.Record{Name: r.Name(c.Now), Ended: c.Summary.State == stream.Ended}
	if n := c.Latest.Len(); n > 0 {
		w.Kept = draw.Plural(uint64(n), "row")
	}
	return w
}

// stopRecording ends a recording, beside the event loop.
func stopRecording(r Recorder) tea.Cmd {
	state := r.State()
	return func() tea.Msg {
		if err := r.Stop(); err != nil {
			return doneMsg("not recorded to the end: " + draw.Safe([]byte(err.Error())))
		}
		return doneMsg("recorded into " + draw.Safe([]byte(state.Path)) + "; vtscope --replay shows it")
	}
}

// seeRecording takes what panes show of a recording.
func seeRecording(c *pane.Context, r Recorder) {
	c.Recording, c.Unrecorded = "", ""
	if r == nil {
		return
	}
	switch state := r.State(); {
	case state.Path == "":
	case state.Err != nil:
		c.Unrecorded = draw.Safe([]byte(state.Err.Error()))
	default:
		c.Recording = draw.Size(int(state.Written))
		if state.Held > 0 {
			c.Recording += ", waited for the disk " + draw.Age(state.Held)
		}
	}
}
