package capture

import (
	"io"
	"math"
	"slices"
	"sort"
	"time"

	"github.com/klauspost/compress/zstd"

	"vtscope/stream"
)

// file is the file that a Writer writes, or one after the other. It belongs to Run.
type file struct {
	options *Options
	out     io.WriteCloser // nil while there is none
	encoder *zstd.Encoder
	blocks  []block // of this file
	open    bool    // the last of them has no end yet
	columns definitions
	answers []*Answer
	marks   []stream.Mark
	frames  uint64 // of all files
	earlier uint64 // of these, those from before the recording
	past    *stream.Decoder
	passed  passage
	offset  int64 // in this file
	written int64 // in all files
}

// A block is one zstd frame, which is read without the others.
type block struct {
	counts
	raw, packed int64
	firstFrame  uint64 // of the whole recording
}

// Write counts what the encoder writes.
func (f *file) Write(b []byte) (int, error) {
	n, err := f.out.Write(b)
	f.offset += int64(n)
	f.written += int64(n)
	return n, err
}

// write writes chunks, and where that is due brings everything to the file that is still
// in the encoder's hands.
func (f *file) write(chunks []chunk, due bool) error {
	for i := range chunks {
		if err := f.add(&chunks[i]); err != nil {
			return err
		}
	}
	if due && f.open {
		return f.encoder.Flush()
	}
	return nil
}

// before writes a frame that came before the recording began.
func (f *file) before(frame stream.Frame) error {
	at := frame.Arrived.UnixNano()
	if f.past == nil {
		f.past = stream.NewDecoder(&f.passed, nil)
	}
	f.passed = passage{}
	_ = f.past.Decode(frame) // its sink gives no error
	told := f.passed
	for i := range told.told {
		told.told[i].frame = f.frames
	}
	return f.add(&chunk{
		records: appendRecord(nil, at, recordFrame, frame.Bytes), columns: told.told,
		count: counts{first: at, last: at, frames: 1, rows: told.rows},
	})
}

// begun notes that what comes from now on is counted anew, and which columns the tables
// have by then: rows of those that were not among what came before need them.
func (f *file) begun(known *Known, at time.Time) error {
	var err error
	if known != nil {
		for of, event := range known.columns.now {
			f.columns.take(columns{of: of, event: known.columns.events[event]}, max(len(f.blocks)-1, 0))
		}
		if frame := f.columns.frame(math.MaxInt, at); frame != nil && f.out != nil {
			err = f.before(stream.Frame{Arrived: at, Bytes: frame})
		}
	}
	f.earlier = f.frames
	return err
}

// add writes one chunk.
func (f *file) add(c *chunk) error {
	if err := f.begin(c.count.first); err != nil {
		return err
	}
	if err := f.put(c.records); err != nil {
		return err
	}
	f.frames += c.count.frames
	last := &f.blocks[len(f.blocks)-1]
	last.add(&c.count)
	for _, columns := range c.columns {
		f.columns.take(columns, f.blockOf(columns.frame+f.earlier))
	}
	for _, m := range c.marks {
		f.marks = marked(f.marks, m)
	}
	for _, a := range c.answers {
		f.answers = slices.DeleteFunc(f.answers, a.SameQuestion)
		f.answers = append(f.answers, a)
	}
	if last.raw < int64(f.options.block) {
		return nil
	}
	if err := f.endBlock(); err != nil {
		return err
	}
	if f.options.SegmentSize > 0 && f.offset >= f.options.SegmentSize {
		return f.endFile()
	}
	return nil
}

// blockOf is the block that a frame of the recording is in, or the first.
func (f *file) blockOf(frame uint64) int {
	after := sort.Search(len(f.blocks), func(i int) bool { return f.blocks[i].firstFrame > frame })
	return max(after-1, 0)
}

// begin begins what is not begun: a file, and in it a block. What comes next came at a
// time.
func (f *file) begin(at int64) error {
	first := f.out == nil
	if first {
		if err := f.beginFile(); err != nil {
			return err
		}
	}
	if f.open {
		return nil
	}
	f.encoder.Reset(f)
	f.open = true
	f.blocks = append(f.blocks, block{firstFrame: f.frames})
	var mark message
	mark.number(blockNumber, uint64(len(f.blocks)-1))
	mark.number(blockVersion, Version)
	start := appendRecord(nil, 0, recordBlock, mark)
	if first {
		start = appendRecord(start, 0, recordHeader, f.options.Header.encode())
		if frame := f.columns.frame(1, time.Unix(0, at)); frame != nil {
			start = appendRecord(start, at, recordFrame, frame)
		}
	}
	return f.put(start)
}

// beginFile creates a file.
func (f *file) beginFile() (err error) {
	if f.encoder == nil {
		f.encoder, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(windowSize))
		if err != nil {
			return err
		}
	}
	f.blocks, f.offset = nil, 0
	f.columns.begin()
	f.out, err = f.options.Create()
	return err
}

// put writes records into the block at hand.
func (f *file) put(records []byte) error {
	f.blocks[len(f.blocks)-1].raw += int64(len(records))
	_, err := f.encoder.Write(seal(records))
	return err
}

// endBlock ends the block at hand.
func (f *file) endBlock() error {
	if !f.open {
		return nil
	}
	f.open = false
	err := f.encoder.Close()
	packed := f.offset
	for i := range f.blocks {
		packed -= f.blocks[i].packed
	}
	f.blocks[len(f.blocks)-1].packed = packed
	return err
}

// endFile ends the file at hand, with an index.
func (f *file) endFile() error {
	if f.out == nil {
		return nil
	}
	err := f.endBlock()
	if err == nil {
		_, err = f.Write(f.index().encode())
	}
	closeErr := f.out.Close()
	f.out = nil
	if err == nil {
		err = closeErr
	}
	return err
}

func (f *file) index() *index {
	return &index{header: &f.options.Header, blocks: f.blocks, columns: &f.columns, answers: f.answers, marks: f.marks}
}

// end ends the recording. A recording of nothing is a file with a header, and one that
// has failed keeps what it has.
func (f *file) end(failed error) error {
	if failed != nil {
		if f.out != nil {
			_ = f.out.Close() // what has failed before counts
		}
		return failed
	}
	if f.out == nil && f.written == 0 {
		if err := f.begin(0); err != nil {
			return err
		}
	}
	return f.endFile()
}
