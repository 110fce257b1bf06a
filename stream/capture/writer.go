package capture

import (
	"io"
	"slices"
	"sync"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"vtscope/stream"
)

// Options say what is recorded, and where.
type Options struct {
	Header Header
	// Create makes the file of each segment, the first one included.
	Create func() (io.WriteCloser, error)
	// SegmentSize is how many bytes a file has before the next begins, 0 for one file.
	SegmentSize int64
	// Ahead is how many bytes may wait for the disk before the stream does, 0 for the
	// default.
	Ahead int
	// Now is the clock by which what has no time of its own is recorded, time.Now where it
	// is nil.
	Now func() time.Time
	// Known are the columns that tables have already where the recording begins in the
	// middle of a stream; nil for none.
	Known *Known
	// Before writes what came before the recording began, nil for nothing. It runs within
	// Run, while what comes meanwhile waits.
	Before func(put func(stream.Frame) error) error

	block int // how many bytes of records a block has, for tests
}

const defaultAhead = 64 << 20

// chunkSize is how many bytes of records are handed to Run at a time.
const chunkSize = 256 << 10

// flushInterval is how long a record waits before it is in the file, at most: less than
// the second that a killed program may lose.
const flushInterval = 500 * time.Millisecond

// A Writer records a stream. What it is given waits in memory; Run, on a goroutine of its
// own, brings it to the file, so that the stream waits only where the disk is further
// behind than Options.Ahead.
type Writer struct {
	options Options
	wake    chan struct{} // for Run, that there is something to do
	rows    uint64        // since the last frame; the stream's own, as are the frames
	frames  uint64

	mu      sync.Mutex
	room    sync.Cond // that waiting has become less, or err is set
	chunk   chunk     // what is not handed over yet
	queue   []chunk
	waiting int // bytes in both, and in Run's hands
	closed  bool
	spare   [][]byte
	state   State
}

// A chunk is a run of records.
type chunk struct {
	records []byte
	count   counts
	columns []columns
	answers []*Answer
	marks   []stream.Mark
}

// counts is what a part of a capture holds.
type counts struct {
	first, last  int64 // when the first and the last record came, in Unix nanoseconds
	frames, rows uint64
}

// add takes one part's counts.
func (c *counts) add(o *counts) {
	c.see(o.first)
	c.see(o.last)
	c.frames += o.frames
	c.rows += o.rows
}

// see takes the time of a record.
func (c *counts) see(at int64) {
	if at == 0 {
		return
	}
	if c.first == 0 || at < c.first {
		c.first = at
	}
	c.last = max(c.last, at)
}

// NewWriter makes a writer; nothing is created before Run.
func NewWriter(o Options) *Writer {
	if o.Ahead == 0 {
		o.Ahead = defaultAhead
	}
	if o.block == 0 {
		o.block = blockSize
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Header.Version = Version
	w := &Writer{options: o, wake: make(chan struct{}, 1)}
	w.room.L = &w.mu
	return w
}

// Tap takes a frame, and waits where too much waits for the disk. The error is that of
// the file.
func (w *Writer) Tap(f stream.Frame) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := f.Arrived.UnixNano()
	w.chunk.count.rows += w.rows // of the frames before
	w.chunk.count.frames++
	w.rows = 0
	w.frames++
	return w.record(at, recordFrame, f.Bytes)
}

// Tell takes what the run learns beside its stream.
func (w *Writer) Tell(f *stream.Fact) {
	at := w.options.Now()
	field, body := encodeFact(f)
	if len(f.Executed) > 0 {
		at = f.Executed[0].At
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.record(at.UnixNano(), field, body) // the stream is told of the error
	if f.Mark != nil {
		w.chunk.marks = append(w.chunk.marks, *f.Mark)
	}
}

// Stands takes the state that a stream is in already where its recording begins.
func (w *Writer) Stands(s *stream.StatusChange) {
	body := encodeStatus(s)
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.record(w.options.Now().UnixNano(), recordStatus, body)
}

// Answer takes what the VTGate was asked beside the stream.
func (w *Writer) Answer(a *Answer) {
	body := a.encode()
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.record(w.options.Now().UnixNano(), recordAnswer, body)
	w.chunk.answers = append(w.chunk.answers, a)
}

// Sink gives a sink that takes note of the stream's states and of tables' columns, and
// hands everything on.
func (w *Writer) Sink(next stream.Sink) stream.Sink { return &sink{next, w} }

type sink struct {
	stream.Sink
	writer *Writer
}

// Append takes one record of the stream.
func (s *sink) Append(r *stream.Record) error {
	if err := s.writer.note(r); err != nil {
		return err
	}
	return s.Sink.Append(r)
}

// note takes what of a record is not in its frame, or is looked for later.
func (w *Writer) note(r *stream.Record) error {
	switch r.Kind {
	case stream.Copy, stream.Insert, stream.Update, stream.Delete:
		w.rows++
	case stream.Status:
		body := encodeStatus(&stream.StatusChange{State: r.State, Text: string(r.Payload)})
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.record(r.Arrived, recordStatus, body)
	case stream.Columns:
		w.mu.Lock()
		defer w.mu.Unlock()
		columns := columnsOf(r)
		columns.frame = max(w.frames, 1) - 1
		w.chunk.columns = append(w.chunk.columns, columns)
	}
	return nil
}

// record takes a record. The lock is held.
func (w *Writer) record(at int64, field protowire.Number, body []byte) error {
	w.wait(len(body))
	if w.state.Err != nil {
		return w.state.Err
	}
	if len(w.chunk.records) >= min(chunkSize, w.options.block) {
		w.handOver()
	}
	if w.chunk.records == nil {
		w.chunk.records = w.buffer(len(body) + recordRoom)
	}
	before := len(w.chunk.records)
	w.chunk.records = appendRecord(w.chunk.records, at, field, body)
	w.chunk.count.see(at)
	w.waiting += len(w.chunk.records) - before
	return nil
}

// wait waits until so many bytes more may wait. The lock is held.
func (w *Writer) wait(size int) {
	if w.waiting+size <= w.options.Ahead || w.waiting == 0 {
		return
	}
	w.handOver()
	began := time.Now()
	for w.waiting+size > w.options.Ahead && w.waiting > 0 && w.state.Err == nil {
		w.room.Wait()
	}
	w.state.Held += time.Since(began)
}

// handOver gives Run the chunk at hand. The lock is held.
func (w *Writer) handOver() {
	if len(w.chunk.records) > 0 || len(w.chunk.columns) > 0 {
		w.queue = append(w.queue, w.chunk)
		w.chunk = chunk{}
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// buffer gives an empty chunk's bytes, with room for a record. The lock is held.
func (w *Writer) buffer(room int) []byte {
	for n := len(w.spare) - 1; n >= 0; n-- {
		if b := w.spare[n]; cap(b) >= room {
			w.spare = slices.Delete(w.spare, n, n+1)
			return b[:0]
		}
	}
	return make([]byte, 0, max(chunkSize+chunkSize/4, room))
}

// recordRoom is what a record takes beside its body, at most.
const recordRoom = 32

// A State is how far a recording is.
type State struct {
	// Written is what the files have got, in bytes.
	Written int64
	// Held is how long the stream has waited for the disk.
	Held time.Duration
	// Err is why the recording has ended, nil while it goes on.
	Err error
}

// State says how far the recording is.
func (w *Writer) State() State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state
}

// Close ends the recording: nothing more comes, and Run returns once it is written.
func (w *Writer) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.chunk.count.rows += w.rows
	w.closed = true
	w.handOver()
}

// Run brings what comes to the file, until Close. It returns the error of the file, after
// which nothing is taken any more.
func (w *Writer) Run() error {
	f := &file{options: &w.options}
	if w.options.Before != nil {
		if err := w.options.Before(f.before); err != nil {
			w.written(nil, f.written, f.end(err))
			return err
		}
	}
	if err := f.begun(w.options.Known, w.options.Now()); err != nil {
		w.written(nil, f.written, f.end(err))
		return err
	}
	ticks := time.NewTicker(flushInterval)
	defer ticks.Stop()
	for {
		due := false
		select {
		case <-w.wake:
		case <-ticks.C:
			due = true
		}
		chunks, closed := w.take(due)
		err := f.write(chunks, due)
		if closed {
			err = f.end(err)
		}
		w.written(chunks, f.written, err)
		if closed || err != nil {
			return err
		}
	}
}

// take gives what is to be written, and whether it is the last; where it is due, also
// the chunk at hand.
func (w *Writer) take(due bool) ([]chunk, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if due {
		w.handOver()
	}
	chunks := w.queue
	w.queue = nil
	return chunks, w.closed
}

// sparesKept bounds the buffers that wait for another use.
const sparesKept = 8

// written makes room for what comes next.
func (w *Writer) written(chunks []chunk, bytes int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range chunks {
		w.waiting -= len(chunks[i].records)
		if len(w.spare) < sparesKept && cap(chunks[i].records) <= 16*chunkSize {
			w.spare = append(w.spare, chunks[i].records)
		}
	}
	w.state.Written, w.state.Err = bytes, err
	w.room.Broadcast()
}
