package ui

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// A Replay is a recording in a VTGate's place.
type Replay struct {
	Playback *stream.Playback
	// First and Last are when its first and last record came; Last is zero where that is
	// not known.
	First, Last time.Time

	goal  *stream.Goal // that it was asked to play up to last, nil once that has been seen to
	skips bool         // to a time, until that has been seen to
}

// now is the time by the recording's clock.
func (r *Replay) now() time.Time {
	if now := r.Playback.Now(); !now.IsZero() {
		return now
	}
	return r.First
}

// see gives what panes show of the replay.
func (r *Replay) see(now time.Time) pane.Replay {
	speed, paused := r.Playback.Speed()
	seen := pane.Replay{On: true, Speed: speedText(speed), Paused: paused, Share: -1}
	if length := r.Last.Sub(r.First); length > 0 {
		seen.Share = max(min(int(100*now.Sub(r.First)/length), 100), 0)
	}
	return seen
}

// speedText is a speed as it is typed.
func speedText(speed float64) string {
	if speed == stream.MaxSpeed {
		return "max"
	}
	return strconv.FormatFloat(speed, 'g', 4, 64) + "×"
}

// speeds are those that the keys go through; the last one does not wait.
var speeds = []float64{0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 100, 1000, stream.MaxSpeed}

// change does what a key does to the replay, and says what that is.
func (r *Replay) change(act pane.Action) string {
	if r == nil {
		return "this is no replay: the stream is live"
	}
	speed, paused := r.Playback.Speed()
	switch act {
	case pane.ActPause:
		r.Playback.Pause(!paused)
		return ""
	case actStep:
		if !paused {
			r.Playback.Pause(true)
		}
		r.Playback.Step()
		return ""
	case actFaster:
		speed = nextSpeed(speed, 1)
	case actSlower:
		speed = nextSpeed(speed, -1)
	}
	r.Playback.SetSpeed(speed)
	return "replayed at " + strings.Replace(speedText(speed), "×", " times its own speed", 1)
}

// arrives reports, once, that a skip to a time has come to its end.
func (r *Replay) arrives() bool {
	arrives := r.skips && !r.Playback.Skips()
	r.skips = r.skips && !arrives
	return arrives
}

// localTime is a time as it is typed.
func localTime(t time.Time) string { return t.In(time.Local).Format(time.DateTime) }

// outside says why there is nothing to jump to at a time, "" where there is.
func (r *Replay) outside(t time.Time) string {
	switch {
	case r.Last.IsZero():
	case t.After(r.Last):
		return "nothing was recorded then: the capture ends at " + localTime(r.Last)
	case t.Before(r.First):
		return "nothing was recorded then: the capture begins at " + localTime(r.First)
	}
	return ""
}

// nextSpeed is the next of the speeds, upwards or downwards.
func nextSpeed(speed float64, step int) float64 {
	last := len(speeds) - 1
	at := last
	if speed != stream.MaxSpeed {
		at = sort.Search(last, func(i int) bool { return speeds[i] >= speed })
		if step < 0 || speeds[at] == speed {
			at += step
		}
	} else if step < 0 {
		at--
	}
	return speeds[max(min(at, last), 0)]
}

// spanText says from when to when there is something to jump to.
func spanText(c *pane.Context, r *Replay) string {
	var first stream.Record
	switch {
	case r != nil && !r.Last.IsZero():
		return "recorded from " + localTime(r.First) + " to " + localTime(r.Last)
	case c.Shown.At(c.Shown.First(), &first):
		return "kept from " + localTime(time.Unix(0, first.Arrived)) + " on"
	}
	return ""
}
