package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/stream/vtgate"
	"vtscope/ui"
	"vtscope/ui/draw"
	"vtscope/ui/report"
	"vtscope/ui/window"
)

// replayOptions say what is replayed and how, checked.
type replayOptions struct {
	path      string        // "" for a live stream
	speed     float64       // stream.MaxSpeed without waiting
	since, to window.Moment // zero for no bound
}

// replayOf reads the flags of a replay.
func replayOf(f *flags, screen bool) (o replayOptions, err error) {
	o.path = f.replay
	if o.path == "" {
		for name, value := range map[string]string{"speed": f.speed, "since": f.since, "to": f.to} {
			if value != "" {
				return o, usagef("--%s needs --replay FILE", name)
			}
		}
		return o, nil
	}
	if o.speed, err = speedOf(f.speed, screen); err != nil {
		return o, err
	}
	if o.since, err = momentOf("--since", f.since); err != nil {
		return o, err
	}
	o.to, err = momentOf("--to", f.to)
	return o, err
}

// mostSpeed is the fastest speed that still waits: at it, a day takes less than a second.
const mostSpeed = 100_000

// speedOf reads --speed, by default what one would look at, or wait for.
func speedOf(text string, screen bool) (float64, error) {
	switch {
	case text == "" && screen:
		return 1, nil
	case text == "", text == "max":
		return stream.MaxSpeed, nil
	}
	speed, err := strconv.ParseFloat(strings.TrimSuffix(text, "x"), 64)
	if err != nil || !(speed > 0 && speed <= mostSpeed) {
		return 0, usagef("--speed %s: write how many times as fast as it was recorded, such as 0.5 or 10, up to %d; or max", text, mostSpeed)
	}
	return speed, nil
}

// momentOf reads a time; it is zero where none is given.
func momentOf(flag, text string) (window.Moment, error) {
	if text == "" {
		return window.Moment{}, nil
	}
	m, err := window.ParseMoment(text)
	if err != nil {
		return m, usagef("%s %s: %v", flag, text, err)
	}
	return m, nil
}

// doReplay replays a capture, to the screen or as lines.
func (j *job) doReplay(ctx context.Context) error {
	if j.record.path != "" && j.isRead(&j.record) {
		return usagef("--record %s: %v", j.record.path, errOntoItself)
	}
	reader, done, err := openCapture(j.replay.path)
	if err != nil {
		return usagef("--replay %s: %v", j.replay.path, err)
	}
	defer done()
	h := reader.Header
	if err := j.replay.span(reader, "--", j.duration); err != nil {
		return err
	}
	if err := j.checkTargets(h); err != nil {
		return err
	}
	r := &run{
		job: j, replayed: reader, playback: stream.NewPlayback(j.replay.speed), progress: stream.NewProgress(j.taken(h.Start)),
		plan: &vtgate.Plan{Start: j.taken(h.Start), TabletType: j.request.TabletType(), Keyspaces: j.coveredOf(h.Keyspaces), Untold: h.Untold},
	}
	if h.FromBuffer {
		say("note: the capture begins with rows from before its recording, which have no positions")
	}
	r.sayUnrecorded()
	r.recording = r.newRecording(ctx)
	if len(h.Masks) > 0 {
		say("note: the capture is masked: %s were left out when it was recorded", report.Masked(h.Masks))
	}
	if r.format != nil {
		err = r.printLines(ctx)
	} else {
		_, err = r.showScreen(ctx)
	}
	if n := reader.Damaged; n > 0 {
		return worse(err, fmt.Errorf("--replay %s: %s", j.replay.path, damageText(n)))
	}
	return err
}

// damageText says that parts of a capture could not be read.
func damageText(places int) string {
	if places == 1 {
		return "the capture is damaged in 1 place, which was passed over"
	}
	return "the capture is damaged in " + draw.Count(places) + " places, which were passed over"
}

// from names where the stream comes from, or came from when it was recorded.
func (r *run) from() string {
	if r.replayed != nil {
		return r.replayed.Header.Address
	}
	return r.address()
}

// clock is that of the recording that is replayed, nil in a live run.
func (r *run) clock() func() time.Time {
	if r.playback == nil {
		return nil
	}
	return r.playback.Now
}

// replayScreen is what the screen needs of a replay, nil in a live run.
func (r *run) replayScreen() *ui.Replay {
	if r.replayed == nil {
		return nil
	}
	first, last, known := r.replayed.Times()
	if !known {
		first = r.replayed.Header.Begun
	}
	return &ui.Replay{Playback: r.playback, First: first, Last: last}
}

// openCapture opens a capture. What it gives lets go of it.
func openCapture(path string) (*capture.Reader, func(), error) {
	file := os.Stdin
	if path != standardStream {
		var err error
		if file, err = files.Open(path); err != nil {
			return nil, nil, err
		}
	}
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	var reader *capture.Reader
	if info.Mode().IsRegular() && path != standardStream {
		reader, err = capture.Open(file, info.Size())
	} else {
		reader, err = capture.OpenPipe(file)
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return reader, func() { reader.Close(); _ = file.Close() }, nil
}

// isRead reports whether a recording would write to a file that the run reads.
func (j *job) isRead(o *recordOptions) bool {
	written := append(o.segments(), o.path, o.segment(1))
	for _, read := range []string{j.replay.path, j.against.path} {
		from, err := os.Stat(read)
		if err != nil {
			continue
		}
		for _, path := range written {
			if to, err := os.Stat(path); err == nil && os.SameFile(from, to) {
				return true
			}
		}
	}
	return false
}

// errOntoItself is a recording into a file that is being read.
var errOntoItself = errors.New("it would be recorded onto itself: name another file")

// span has the reader give the span of time that is asked for, with flags of a prefix. A
// duration counts by the recording's clock, 0 for none.
func (o *replayOptions) span(reader *capture.Reader, prefix string, duration time.Duration) error {
	first, last, known := reader.Times()
	if !known {
		first = reader.Header.Begun
	}
	since := o.since.In(first, last)
	begin := first
	if since.After(begin) {
		begin = since
	}
	to := o.to.In(begin, last)
	switch {
	case !to.IsZero() && to.Before(since):
		return usagef("%sto %s is before %[1]ssince %s", prefix, momentText(to), momentText(since))
	case known && (since.After(last) || !to.IsZero() && to.Before(first)):
		return usagef("nothing was recorded then: %s goes from %s to %s", o.path, momentText(first), momentText(last))
	}
	if duration > 0 && (to.IsZero() || begin.Add(duration).Before(to)) {
		to = begin.Add(duration)
	}
	reader.Between(since, to)
	return nil
}

func momentText(t time.Time) string { return t.In(time.Local).Format("2006-01-02 15:04:05 MST") }

// coveredOf are those of keyspaces that the targets name.
func (j *job) coveredOf(keyspaces []string) (covered []string) {
	for _, keyspace := range keyspaces {
		if j.request.Covers(keyspace) {
			covered = append(covered, keyspace)
		}
	}
	return covered
}

// only says what of a recording the targets and -t take, nil for all of it.
func (j *job) only() stream.Only {
	if len(j.request.Targets()) == 0 && len(j.stream.Tables)+len(j.stream.Rules) == 0 {
		return nil
	}
	return j.request
}

// taken is the part of a position that the targets take.
func (j *job) taken(p stream.Position) (taken stream.Position) {
	for _, at := range p.Shards {
		if at.Shard == "" || j.request.TakesShard(at.Keyspace, at.Shard) {
			taken.Shards = append(taken.Shards, at)
		}
	}
	return taken
}

// allMasks are those of the capture, and those of this run.
func (r *run) allMasks() *stream.Masks {
	masks, err := stream.ParseMasks(append(r.masks.Rules(), r.replayed.Header.Masks...), false)
	if err != nil {
		return r.masks // the capture has rules of a newer vtscope's
	}
	return masks
}

// A toldRecording tells when the shards have answered, once that has been taken.
type toldRecording struct {
	stream.Recording
	told func()
	due  bool
}

// Next gives the next thing.
func (t *toldRecording) Next() (stream.Recorded, error) {
	if t.due && t.told != nil {
		t.told()
	}
	next, err := t.Recording.Next()
	t.due = next.Fact != nil
	if errors.Is(err, capture.ErrCut) {
		err = fmt.Errorf("%w: it was not ended, as when vtscope is killed; all that came before is there", err)
	}
	return next, err
}
