package cli

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/stream/capture"
	"vtscope/ui"
)

// A screenRecorder records what the screen shows, from when the user wants it on. It makes
// the ui.Recorder. What fails ends the recording, not the stream.
type screenRecorder struct {
	stream.Sink
	isRead   func(*recordOptions) bool
	clock    func() time.Time // of the recording that is replayed, nil for the machine's
	progress *stream.Progress
	store    *stream.Store
	broken   func(error)
	header   capture.Header

	mu      sync.Mutex // guards the rest
	known   capture.Known
	wanted  *recordOptions // by the user, from the next frame on
	buffer  bool           // with what the store keeps
	now     *recording     // nil while nothing is recorded
	through stream.Sink    // of that recording
	answers []*capture.Answer
}

// attach puts the recorder into a stream. What the command line asks for is recorded from
// the start.
func (s *screenRecorder) attach(config *stream.Config, first *recording) {
	s.Sink = config.Sink
	config.Tap, config.Sink = s.tap, s
	config.Progress.Listen(s.tell)
	if first != nil {
		s.begin(first)
	}
}

// begin begins a recording. The lock is held, or nobody else is there yet.
func (s *screenRecorder) begin(c *recording) {
	c.start(s.broken)
	s.now, s.through = c, c.Sink(s.Sink)
}

// tap takes a frame; a recording that is wanted begins with it.
func (s *screenRecorder) tap(f stream.Frame) error {
	s.mu.Lock()
	s.beginWanted()
	now := s.now
	s.mu.Unlock()
	if now != nil {
		_ = now.Tap(f) // its state tells of the error, and nobody waits for the lock meanwhile
	}
	return nil
}

// beginWanted begins the recording that the user wants, if there is one.
func (s *screenRecorder) beginWanted() {
	if s.wanted == nil {
		return
	}
	h := s.header
	if i := slices.IndexFunc(s.answers, func(a *capture.Answer) bool { return a.Question == askedVersion && a.JSON != nil }); i >= 0 && h.Vitess == "" {
		_ = json.Unmarshal(s.answers[i].JSON, &h.Vitess) // it is for people
	}
	c := newRecordingTo(*s.wanted, h, s.known.Clone())
	c.clock = s.clock
	if s.buffer {
		snapshot := s.store.Snapshot()
		c.before = func(put func(stream.Frame) error) error { return stream.NewReframer(put).Snapshot(snapshot) }
	}
	s.wanted = nil
	c.make()
	summary := s.progress.Summary()
	c.Stands(&stream.StatusChange{State: summary.State, Text: summary.Failure})
	for _, a := range s.answers {
		c.Answer(a)
	}
	for _, m := range s.progress.Marks(0) {
		c.Tell(&stream.Fact{Mark: &m})
	}
	s.begin(c)
}

// current is the recording of now, nil without one.
func (s *screenRecorder) current() *recording {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *screenRecorder) tell(f *stream.Fact) {
	if now := s.current(); now != nil {
		now.Tell(f)
	}
}

// Answer keeps what the VTGate was asked, for this recording and those to come.
func (s *screenRecorder) Answer(a *capture.Answer) {
	s.mu.Lock()
	s.answers = append(slices.DeleteFunc(s.answers, a.SameQuestion), a)
	s.mu.Unlock()
	if now := s.current(); now != nil {
		now.Answer(a)
	}
}

// Append takes one record.
func (s *screenRecorder) Append(r *stream.Record) error {
	if r.Kind != stream.Columns && r.Kind != stream.Status && !r.Kind.IsRow() {
		return s.Sink.Append(r)
	}
	s.mu.Lock()
	s.known.Take(r)
	to := s.Sink
	if s.now != nil && s.now.State().Err == nil {
		to = s.through
	}
	s.mu.Unlock()
	return to.Append(r)
}

// Start has a recording begin with the next frame, with what is kept where that is wanted.
func (s *screenRecorder) Start(path string, buffer, replace bool) error {
	o := recordOptions{path: path, force: replace}
	if s.isRead(&o) {
		return errOntoItself
	}
	if err := files.CheckNew(path, replace); err != nil {
		if errors.Is(err, files.ErrExists) {
			return ui.ErrExists
		}
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted, s.buffer = &o, buffer
	if s.progress.Summary().State == stream.Ended {
		s.beginWanted() // no frame is to come
	}
	return nil
}

// Stop ends the recording, and waits until it is written.
func (s *screenRecorder) Stop() error {
	c := s.take()
	if c == nil {
		return nil
	}
	c.Close()
	<-c.ended
	return c.err
}

// State says what is being recorded.
func (s *screenRecorder) State() ui.Recording {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.wanted != nil:
		return ui.Recording{Path: s.wanted.path}
	case s.now == nil:
		return ui.Recording{}
	}
	state := s.now.State()
	return ui.Recording{Path: s.now.options.path, Written: state.Written, Held: state.Held, Err: state.Err}
}

// take takes the recording of now away, to be ended; one that has waited for a message begins.
func (s *screenRecorder) take() *recording {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beginWanted()
	c := s.now
	s.now, s.through = nil, nil
	return c
}

// end ends with the stream, and says what has come of it.
func (s *screenRecorder) end() error {
	c := s.take()
	if c == nil {
		return nil
	}
	return c.end()
}

// Name proposes a file's name.
func (s *screenRecorder) Name(now time.Time) string {
	target := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z' {
			return r
		}
		return '-'
	}, s.header.Target)
	return filepath.Join(".", "vtscope-"+target[:min(len(target), 40)]+"-"+now.UTC().Format("20060102T150405")+".vts")
}

// recorder makes the recorder of a screen.
func (r *run) recorder(store *stream.Store, broken func(error)) *screenRecorder {
	return r.recorderOf(store, r.header(), broken)
}

func (r *run) recorderOf(store *stream.Store, h capture.Header, broken func(error)) *screenRecorder {
	return &screenRecorder{isRead: r.isRead, clock: r.clock(), progress: r.progress, store: store, broken: broken, header: h}
}
