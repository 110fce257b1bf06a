package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui/draw"
)

// standardStream is the FILE that stands for standard input and output.
const standardStream = "-"

// recordOptions are where a recording goes, checked.
type recordOptions struct {
	path  string // "" for no recording
	force bool
	size  int64 // of a segment, 0 for one file
	files int   // how many segments are kept, 0 for all
}

// recordingOf reads the flags of a recording.
func recordingOf(f *flags, out terminal) (recordOptions, error) {
	o := recordOptions{f.record, f.force, int64(f.recordSize), f.recordFiles}
	switch {
	case o.path == "" && (o.size > 0 || o.files > 0):
		return o, usagef("--record-size and --record-files need --record FILE")
	case o.path == "" && o.force:
		return o, usagef("--force replaces the file of --record: name one")
	case o.path == "":
		return o, nil
	case o.files < 0:
		return o, usagef("--record-files %d: must not be negative", o.files)
	case o.files > 0 && o.size == 0:
		return o, usagef("--record-files %d: how large is one? --record-size SIZE says it", o.files)
	case o.path != standardStream:
		return o, o.check()
	case o.size > 0:
		return o, usagef("--record-size needs --record FILE, and standard output is one file")
	case f.output != "":
		return o, usagef("--record - writes the capture to standard output: leave out -o %s", f.output)
	case out != noTerminal:
		return o, usagef("--record - writes a capture, which a terminal cannot show: send it into a pipe or a file")
	}
	return o, nil
}

// check refuses a file that cannot be made, or that is there.
func (o *recordOptions) check() error {
	path := o.path
	if o.size > 0 {
		if there := o.segments(); len(there) > 0 && !o.force {
			return usagef("--record %s: %s exists: name another file, or add --force to replace it and those like it", o.path, there[0])
		}
		path = o.segment(1)
	}
	switch err := files.CheckNew(path, o.force); {
	case errors.Is(err, files.ErrExists):
		return usagef("--record %s: it exists: name another file, or add --force to replace it", path)
	case err != nil:
		return usagef("--record %s: %v", path, err)
	}
	return nil
}

// segment is the name of the nth segment: a number before the name's ending.
func (o *recordOptions) segment(n int) string {
	ending := filepath.Ext(o.path)
	return fmt.Sprintf("%s.%04d%s", strings.TrimSuffix(o.path, ending), n, ending)
}

// segments are those that are there, the oldest first.
func (o *recordOptions) segments() (paths []string) {
	folder, name := filepath.Split(o.path)
	ending := filepath.Ext(name)
	entries, err := os.ReadDir(cmp.Or(folder, "."))
	if err != nil {
		return nil // making a file there will say why
	}
	for _, entry := range entries {
		number, is := strings.CutPrefix(entry.Name(), strings.TrimSuffix(name, ending)+".")
		number, ends := strings.CutSuffix(number, ending)
		if is && ends && len(number) >= 4 && strings.Trim(number, "0123456789") == "" {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	slices.SortFunc(paths, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return paths
}

// A recording is a run that is being recorded.
type recording struct {
	*capture.Writer
	options recordOptions
	header  capture.Header
	known   *capture.Known
	clock   func() time.Time                     // as in capture.Options
	lock    *files.Lock                          // of the file, nil for standard output
	before  func(func(stream.Frame) error) error // writes what came before, nil for nothing
	made    int                                  // how many files; it is read after ended
	ended   chan struct{}                        // closed when all is written
	err     error                                // of the file; it is read after ended
}

// newRecording makes the recording of a run, nil where that is not asked for.
func (r *run) newRecording(ctx context.Context) *recording {
	if r.record.path == "" {
		return nil
	}
	h := r.header()
	if r.client != nil && !r.gate.NoQueries {
		h.Vitess, _ = r.client.Version(ctx) // it is for people
	}
	c := newRecordingTo(r.record, h, nil)
	c.clock = r.clock()
	c.make()
	return c
}

// newRecordingTo makes a recording; known are the columns that tables have already.
func newRecordingTo(o recordOptions, h capture.Header, known *capture.Known) *recording {
	return &recording{options: o, header: h, known: known, ended: make(chan struct{})}
}

// make makes its writer.
func (c *recording) make() {
	c.header.FromBuffer = c.before != nil
	c.Writer = capture.NewWriter(capture.Options{
		Header: c.header, SegmentSize: c.options.size, Now: c.clock, Known: c.known, Before: c.before,
		Create: func() (io.WriteCloser, error) { c.made++; return c.create(c.made) },
	})
}

// start begins to write, on a goroutine of its own. A defect there ends the run through
// broken.
func (c *recording) start(broken func(error)) {
	var wg sync.WaitGroup
	wg.Go(guarded(broken, func() {
		defer close(c.ended)
		c.err = c.Run()
		c.lock.Release()
	}))
}

// create makes the nth file, which no other vtscope writes.
func (c *recording) create(n int) (_ io.WriteCloser, err error) {
	if n == 1 && c.options.path != standardStream {
		if c.lock, err = files.Claim(c.options.path); err != nil {
			return nil, err
		}
	}
	return c.options.create(n)
}

// create makes the nth file, and takes away the oldest where there are enough.
func (o *recordOptions) create(n int) (io.WriteCloser, error) {
	switch {
	case o.path == standardStream:
		return os.Stdout, nil
	case o.size == 0:
		return o.grow(o.path)
	case n == 1:
		for _, old := range o.segments() { // of an earlier run, which --force gives up
			_ = os.Remove(old)
		}
	}
	file, err := o.grow(o.segment(n))
	if err == nil && o.files > 0 && n > o.files {
		_ = os.Remove(o.segment(n - o.files)) // somebody else may have
	}
	return file, err
}

func (o *recordOptions) grow(path string) (io.WriteCloser, error) {
	file, err := files.Grow(path, o.force)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// header says what the capture is of.
func (r *run) header() capture.Header {
	if r.replayed != nil {
		h := *r.replayed.Header
		h.Masks = r.allMasks().Rules()
		h.Start, h.Keyspaces = r.plan.Start, r.plan.Keyspaces
		if r.only() != nil {
			h.Request, h.Target = nil, r.target() // it is of a part of what was asked for
		}
		if r.masks != nil {
			h.Request = nil
			if h.Start.IsCopy() {
				h.Start = stream.Position{} // without its keys it would be another
			}
		}
		return h
	}
	h := capture.Header{
		Program: version(), Begun: time.Now(), Address: r.address(), Target: r.target(), Request: r.plan.Encoded(),
		Start: r.plan.Start, Keyspaces: r.plan.Keyspaces, Untold: r.plan.Untold, Masks: r.masks.Rules(),
	}
	if r.masks != nil {
		// The start may hold keys, the request conditions.
		h.Request, h.Start = nil, r.unmaskedStart()
	}
	return h
}

// attach has a recording take what a stream brings. The error of its file ends the stream.
func (c *recording) attach(config *stream.Config) {
	config.Tap, config.Sink = c.Tap, c.Sink(config.Sink)
	config.Progress.Listen(c.Tell)
}

// end ends the recording, and says what has come of it.
func (c *recording) end() error {
	c.Close()
	<-c.ended
	state := c.State()
	if state.Held > 0 {
		say("warning: the disk did not keep up: the stream waited %v for it in all", state.Held.Round(time.Millisecond))
	}
	if c.err != nil {
		return fmt.Errorf("--record %s: %w; what was recorded before can be replayed", c.options.path, c.err)
	}
	if c.options.path != standardStream {
		c.say(draw.Size(int(state.Written)))
	}
	return nil
}

// say says what was recorded, and where it is.
func (c *recording) say(size string) {
	there := c.options.segments()
	newest := c.options.path
	switch n := len(there); {
	case c.options.size == 0 || n == 0:
		say("recorded %s in %s; replay it with: vtscope --replay %s", size, newest, word(newest))
		return
	case n == 1:
		newest = there[0]
		say("recorded %s in %s; replay it with: vtscope --replay %s", size, newest, word(newest))
	default:
		newest = there[n-1]
		kept := "in "
		if c.made > n {
			kept = "in " + draw.Count(c.made) + " files, of which are kept "
		}
		say("recorded %s %s%s to %s; each is replayed by itself, the newest with: vtscope --replay %s", size, kept, there[0], newest, word(newest))
	}
}
