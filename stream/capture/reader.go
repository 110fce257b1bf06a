package capture

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/klauspost/compress/zstd"
	"google.golang.org/protobuf/encoding/protowire"

	"vtscope/stream"
)

// Errors of a reader.
var (
	// ErrNone is a file that is no capture.
	ErrNone = errors.New("it is no capture of vtscope's")
	// ErrCut is a capture that ends in the middle of something.
	ErrCut = errors.New("the capture is cut off here")
)

// A Reader reads a capture. It is a stream.Recording.
type Reader struct {
	// Header is the capture's.
	Header *Header
	// Damaged is how many places were passed over so far.
	Damaged int

	frames  frames
	decoder *zstd.Decoder
	records *bufio.Reader // of the block at hand
	in      bool          // that there is one
	buffer  []byte
	index   *index // nil where there is none
	block   int    // the number of the block at hand
	last    time.Time
	from    *passage  // passes over what came before a time, nil for nothing
	to      time.Time // what comes after is not read, zero for no end
	pending []stream.Recorded
	err     error // that every further call gives
}

// Open opens a capture in a file of a size.
func Open(file io.ReaderAt, size int64) (*Reader, error) {
	r := &Reader{frames: frames{file: file, size: size}, index: readIndex(file, size)}
	r.frames.seek(0)
	return r, r.begin()
}

// OpenPipe opens a capture that comes through a pipe: it is read as it comes, and what
// is damaged ends it.
func OpenPipe(pipe io.Reader) (*Reader, error) {
	r := &Reader{frames: frames{in: bufio.NewReaderSize(pipe, 64<<10)}}
	return r, r.begin()
}

// begin reads what comes before the first record of a stream.
func (r *Reader) begin() (err error) {
	// No block of ours refers further back: what does is not unpacked. More than one thread
	// would only add to the work: the stream's decoder is the slower part.
	r.decoder, err = zstd.NewReader(nil, zstd.WithDecoderMaxWindow(2*windowSize), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	r.records = bufio.NewReaderSize(nil, 64<<10)
	if r.index != nil {
		r.Header = r.index.header
	}
	for r.Header == nil {
		body, field, _, err := r.record()
		switch {
		case field == recordHeader && err == nil:
			if r.Header, err = decodeHeader(body); err != nil {
				return ErrNone
			}
		case errors.Is(err, ErrCut), errors.Is(err, io.EOF):
			return fmt.Errorf("%w, or was cut off before its header", ErrNone)
		case err != nil:
			return ErrNone
		}
	}
	if r.Header.Version > Version {
		return fmt.Errorf("its format has the version %d, and this vtscope reads versions up to %d: take vtscope %s, or a newer one", r.Header.Version, Version, r.Header.Program)
	}
	return nil
}

// Close lets go of what reading needs; the file is its opener's.
func (r *Reader) Close() { r.decoder.Close() }

// Next gives the next thing of the recording. At the end it returns io.EOF, or ErrCut
// where the capture has none.
func (r *Reader) Next() (stream.Recorded, error) {
	for {
		if len(r.pending) > 0 {
			next := r.pending[0]
			r.pending = r.pending[1:]
			return next, nil
		}
		if r.err != nil {
			return stream.Recorded{}, r.err
		}
		body, field, at, err := r.record()
		if err != nil {
			r.fail(err)
			continue
		}
		next, err := r.recorded(body, field, at)
		if err != nil {
			r.fail(err)
			continue
		}
		if !r.to.IsZero() && next.At.After(r.to) {
			r.err = io.EOF
			continue
		}
		if r.take(&next) {
			return next, nil
		}
	}
}

// fail takes an error: what is damaged is passed over, if there is more behind it. An end
// that comes too early may be a length that is damaged.
func (r *Reader) fail(err error) {
	start := r.frames.start
	switch {
	case errors.Is(err, io.EOF):
		r.err = err
		return
	case r.recover():
	case r.index != nil:
		r.err = io.EOF // it is whole, and has no block behind this one
	case errors.Is(err, ErrCut):
		r.err = err
		return
	default:
		r.err = fmt.Errorf("%w in what begins at byte %d, and nothing behind that can be read", errDamaged, start)
		return
	}
	r.Damaged++
	after := ""
	if !r.last.IsZero() {
		after = " after " + r.last.UTC().Format(time.RFC3339)
	}
	r.pending = append(r.pending, stream.Recorded{At: r.last, Problem: fmt.Sprintf("the capture is damaged: what came%s is passed over, from byte %d to byte %d", after, start, r.frames.start)})
	if r.index != nil {
		if frame := r.index.columns.frame(r.block, r.last); frame != nil {
			r.pending = append(r.pending, stream.Recorded{At: r.last, Frame: frame})
		}
	}
}

// recover goes to the next block that can be read.
func (r *Reader) recover() bool {
	from := r.frames.start + 1
	for r.frames.find(from) {
		from = r.frames.at + 1
		if r.openBlock() != nil {
			continue
		}
		if body, field, _, err := r.record(); err == nil && field == recordBlock {
			return r.passBlock(body) == nil
		}
	}
	return false
}

// openBlock begins to unpack the next block.
func (r *Reader) openBlock() error {
	r.in = false
	if err := r.frames.next(); err != nil {
		return err
	}
	if err := r.decoder.Reset(&r.frames); err != nil {
		return errDamaged
	}
	r.records.Reset(r.decoder)
	r.in = true
	return nil
}

// record reads the next record: its one field beside the time, and the time in Unix
// nanoseconds.
func (r *Reader) record() (body []byte, field protowire.Number, at int64, err error) {
	for {
		if !r.in {
			if err := r.openBlock(); err != nil {
				return nil, 0, 0, r.ended(err)
			}
		}
		size, err := binary.ReadUvarint(r.records)
		if errors.Is(err, io.EOF) {
			r.in = false
			continue
		}
		if err == nil && size > recordLimit {
			err = errDamaged
		}
		if err == nil {
			err = r.fill(int(size))
		}
		if err != nil {
			return nil, 0, 0, r.ended(err)
		}
		return takeRecord(r.buffer)
	}
}

// ended tells a capture that is cut off from one that has come to its end or is damaged.
func (r *Reader) ended(err error) error {
	switch {
	case errors.Is(err, io.EOF) && r.frames.whole:
		return io.EOF
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCut
	}
	return err
}

// fillStep is how much of a record is read at a time: its length may be a lie.
const fillStep = 1 << 20

// fill reads a record's bytes.
func (r *Reader) fill(size int) error {
	r.buffer = r.buffer[:0]
	for len(r.buffer) < size {
		from := len(r.buffer)
		step := min(size-from, fillStep)
		if cap(r.buffer) < from+step {
			r.buffer = append(r.buffer, make([]byte, step)...)
		}
		r.buffer = r.buffer[:from+step]
		if _, err := io.ReadFull(r.records, r.buffer[from:]); err != nil {
			return cut(err)
		}
	}
	return nil
}

// takeRecord takes a record apart.
func takeRecord(b []byte) (body []byte, field protowire.Number, at int64, err error) {
	if !hasChecksum(b) {
		return nil, 0, 0, errDamaged
	}
	err = eachPart(b, func(p *part) error {
		switch {
		case p.field == recordAt:
			at = int64(p.number)
		case p.field != recordChecksum:
			body, field = p.bytes, p.field
		}
		return nil
	})
	return body, field, at, err
}

// recorded makes a record what a run takes; it has nothing set where it is nothing of a
// stream.
func (r *Reader) recorded(body []byte, field protowire.Number, at int64) (next stream.Recorded, err error) {
	next.At = time.Unix(0, at)
	switch field {
	case recordFrame:
		next.Frame = body
	case recordStatus:
		next.Status, err = decodeStatus(body)
	case recordExecuted:
		if next.Fact, err = decodeExecuted(body); err == nil {
			for i := range next.Fact.Executed {
				next.Fact.Executed[i].At = next.At
			}
		}
	case recordExplanation, recordRemark:
		next.Fact, err = decodeSaid(body)
	case recordDamage:
		next.Problem = string(body[:min(len(body), damageText)])
	case recordMark:
		if r.index == nil { // else Marks has told them
			next.Fact, err = decodeMark(body)
		}
	case recordBlock:
		err = r.passBlock(body)
	}
	return next, err
}

// damageText bounds what is said of damage, in bytes.
const damageText = 4 << 10

// take reports whether something is to be played.
func (r *Reader) take(next *stream.Recorded) bool {
	if next.Frame == nil && next.Status == nil && next.Fact == nil && next.Problem == "" {
		return false
	}
	r.last = next.At
	if r.from == nil {
		return true
	}
	if next.At.Before(r.from.to) {
		r.from.pass(next)
		return false
	}
	at := next.At
	if frame := r.from.columns.frame(math.MaxInt, at); frame != nil {
		r.pending = append(r.pending, stream.Recorded{At: at, Frame: frame})
	}
	if r.from.status != nil {
		r.pending = append([]stream.Recorded{{At: at, Status: r.from.status}}, r.pending...)
	}
	r.pending = append(r.pending, *next)
	r.from = nil
	*next, r.pending = r.pending[0], r.pending[1:]
	return true
}

// passBlock takes note of a block.
func (r *Reader) passBlock(body []byte) error {
	return eachPart(body, func(p *part) error {
		if p.field == blockNumber {
			r.block = int(p.number)
		}
		return nil
	})
}
