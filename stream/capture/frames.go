package capture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// windowSize is how far back a block refers at most. A reader needs no more memory for it.
const windowSize = 4 << 20

var zstdMagic = []byte{0x28, 0xB5, 0x2F, 0xFD}

// errDamaged is a place that is no zstd.
var errDamaged = errors.New("the capture is damaged")

// frames reads the zstd frames of a capture one by one: it knows where each ends without
// unpacking it. Read gives the bytes of the frame at hand, and io.EOF at its end.
type frames struct {
	file io.ReaderAt // nil for a pipe
	size int64       // of the file
	in   *bufio.Reader
	at   int64 // how far in the input

	start    int64 // of the frame at hand
	piece    []byte
	left     int // of the piece that begins with piece
	last     bool
	checksum bool
	whole    bool // the index has been seen, which is written last
}

func (f *frames) seek(at int64) {
	f.at, f.left, f.piece, f.last = at, 0, nil, true
	section := io.NewSectionReader(f.file, at, f.size-at)
	if f.in == nil {
		f.in = bufio.NewReaderSize(section, 64<<10)
		return
	}
	f.in.Reset(section)
}

// next goes to the next frame that is not to be skipped. It returns io.EOF where there is
// none, io.ErrUnexpectedEOF where the input ends within one that is skipped.
func (f *frames) next() error {
	for {
		f.start = f.at
		magic, err := f.in.Peek(4)
		switch {
		case err != nil && len(magic) == 0:
			return err
		case err != nil:
			return cut(err)
		case bytes.Equal(magic, zstdMagic):
			return f.head()
		case magic[0]&0xF0 != 0x50 || !bytes.Equal(magic[1:], []byte{0x2A, 0x4D, 0x18}):
			return errDamaged
		}
		head := make([]byte, skippableHead)
		if err := f.fill(head); err != nil {
			return err
		}
		n, err := f.in.Discard(int(binary.LittleEndian.Uint32(head[4:])))
		f.at += int64(n)
		if err != nil {
			return cut(err)
		}
		f.whole = f.whole || binary.LittleEndian.Uint32(head) == indexMagic
	}
}

// cut makes an end within a frame what it is.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (f *frames) fill(b []byte) error {
	n, err := io.ReadFull(f.in, b)
	f.at += int64(n)
	return cut(err)
}

// head reads a frame's header (RFC 8878, section 3.1.1.1).
func (f *frames) head() error {
	head := make([]byte, 5, 18)
	if err := f.fill(head); err != nil {
		return err
	}
	descriptor := head[4]
	single := descriptor>>5&1 == 1
	more := []int{0, 1, 2, 4}[descriptor&3] + []int{0, 2, 4, 8}[descriptor>>6]
	if !single || descriptor>>6 == 0 {
		more++ // the window, or a content size of one byte
	}
	head = head[:5+more]
	if err := f.fill(head[5:]); err != nil {
		return err
	}
	f.checksum, f.last = descriptor>>2&1 == 1, false
	f.piece, f.left = head, len(head)
	return nil
}

// Read gives bytes of the frame at hand.
func (f *frames) Read(b []byte) (int, error) {
	for f.left == 0 {
		if f.last {
			return 0, io.EOF
		}
		if err := f.block(); err != nil {
			return 0, err
		}
	}
	b = b[:min(len(b), f.left)]
	n := copy(b, f.piece)
	f.piece = f.piece[n:]
	if n == 0 {
		var err error
		n, err = f.in.Read(b)
		f.at += int64(n)
		if err != nil && n == 0 {
			return 0, cut(err)
		}
	}
	f.left -= n
	return n, nil
}

// block reads the header of a block within the frame (RFC 8878, section 3.1.1.2).
func (f *frames) block() error {
	f.piece = make([]byte, 3)
	if err := f.fill(f.piece); err != nil {
		return err
	}
	head := uint32(f.piece[0]) | uint32(f.piece[1])<<8 | uint32(f.piece[2])<<16
	size := int(head >> 3)
	switch head >> 1 & 3 {
	case 1:
		size = 1
	case 3:
		return errDamaged
	}
	f.last = head&1 == 1
	if f.last && f.checksum {
		size += 4
	}
	f.left = 3 + size
	return nil
}

// find goes on to the next place from a place on that looks like the start of a frame. It
// reports false where there is none.
func (f *frames) find(from int64) bool {
	if f.file == nil {
		return false
	}
	f.seek(from)
	for {
		window, err := f.in.Peek(f.in.Size())
		if i := bytes.Index(window, zstdMagic); i >= 0 {
			n, _ := f.in.Discard(i) // it has been looked at
			f.at += int64(n)
			return true
		}
		if err != nil || len(window) < len(zstdMagic) {
			return false
		}
		n, _ := f.in.Discard(len(window) - len(zstdMagic) + 1)
		f.at += int64(n)
	}
}
