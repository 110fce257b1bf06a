package headless

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// pieces are pieces of output in their order, such as the lines of a
// transaction's events. What is much goes to temporary files: to one the pieces,
// one after the other, to another where each ends, in 8 bytes.
type pieces struct {
	bytes []byte  // the newest, not in the file yet
	ends  []int64 // of the newest pieces, from the beginning of all
	count int     // of all pieces

	file, endsFile *os.File
	written        int64 // how much is in the file
	writtenEnds    int   // of how many pieces the end is in the other

	block      []byte // what was read last
	blockStart int64
	endsBlock  []byte
	endsFirst  int
}

// blockSize is how much is read back at a time.
const blockSize = 1 << 20

// add appends to the newest piece.
func (p *pieces) add(part []byte) error {
	p.bytes = append(p.bytes, part...)
	return nil
}

// end ends a piece.
func (p *pieces) end() {
	p.ends = append(p.ends, p.size())
	p.count++
}

// size is that of all pieces in bytes.
func (p *pieces) size() int64 { return p.written + int64(len(p.bytes)) }

// spill moves what is in memory to the files.
func (p *pieces) spill() error {
	if p.file == nil {
		for _, file := range []**os.File{&p.file, &p.endsFile} {
			made, err := tempFile()
			if err != nil {
				return err
			}
			*file = made
		}
	}
	n, err := p.file.Write(p.bytes)
	p.written += int64(n)
	if err != nil {
		return err
	}
	p.bytes = emptied(p.bytes)
	p.endsBlock = p.endsBlock[:0]
	for _, end := range p.ends {
		p.endsBlock = binary.BigEndian.AppendUint64(p.endsBlock, uint64(end))
	}
	_, err = p.endsFile.Write(p.endsBlock)
	p.writtenEnds, p.ends, p.endsBlock = p.count, p.ends[:0], p.endsBlock[:0]
	return err
}

// between hands over the pieces from one on, and up to another, in parts that are
// valid until the next.
func (p *pieces) between(from, to int, take func(part []byte) error) error {
	start, err := p.start(from)
	if err != nil {
		return err
	}
	end, err := p.start(to)
	if err != nil {
		return err
	}
	return p.copy(start, end, take)
}

// start is where a piece begins, counted from 0.
func (p *pieces) start(piece int) (int64, error) {
	switch last := piece - 1; {
	case piece == 0:
		return 0, nil
	case last >= p.writtenEnds:
		return p.ends[last-p.writtenEnds], nil
	default:
		return p.writtenEnd(last)
	}
}

// writtenEnd is where a piece ends of which the file knows it.
func (p *pieces) writtenEnd(piece int) (int64, error) {
	if held := len(p.endsBlock) / 8; piece < p.endsFirst || piece >= p.endsFirst+held {
		p.endsFirst = max(0, piece-blockSize/16)
		p.endsBlock = resized(p.endsBlock, 8*min(blockSize/8, p.writtenEnds-p.endsFirst))
		if err := readAt(p.endsFile, p.endsBlock, int64(8*p.endsFirst)); err != nil {
			return 0, err
		}
	}
	return int64(binary.BigEndian.Uint64(p.endsBlock[8*(piece-p.endsFirst):])), nil
}

// copy hands over bytes in parts.
func (p *pieces) copy(from, to int64, take func(part []byte) error) error {
	for from < min(to, p.written) {
		part, err := p.read(from, min(to, p.written))
		if err == nil {
			err = take(part)
		}
		if err != nil {
			return err
		}
		from += int64(len(part))
	}
	if from < to {
		return take(p.bytes[from-p.written : to-p.written])
	}
	return nil
}

// read gives bytes that are in the file, as many as a block has. What comes
// before them is read with them, since pieces may be asked for from the last to
// the first.
func (p *pieces) read(from, to int64) ([]byte, error) {
	to = min(to, from+blockSize)
	if from < p.blockStart || to > p.blockStart+int64(len(p.block)) {
		p.blockStart = max(0, min(from, to-blockSize))
		p.block = resized(p.block, int(min(p.written-p.blockStart, blockSize)))
		if err := readAt(p.file, p.block, p.blockStart); err != nil {
			p.block = p.block[:0]
			return nil, err
		}
	}
	return p.block[from-p.blockStart : to-p.blockStart], nil
}

// newestFirst hands over all pieces, the newest first.
func (p *pieces) newestFirst(take func(part []byte) error) error {
	for piece := p.count - 1; piece >= 0; piece-- {
		if err := p.between(piece, piece+1, take); err != nil {
			return err
		}
	}
	return nil
}

// reset forgets the pieces, and removes the files.
func (p *pieces) reset() {
	removeTemp(p.file)
	removeTemp(p.endsFile)
	*p = pieces{bytes: emptied(p.bytes), ends: p.ends[:0]}
}

func readAt(file *os.File, b []byte, at int64) error {
	if _, err := file.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading back what has waited in a temporary file: %w", err)
	}
	return nil
}

// keptCapacity is the largest buffer that is used again.
const keptCapacity = 4 << 20

// emptied gives a buffer to use again, nil in place of a large one.
func emptied(b []byte) []byte {
	if cap(b) > keptCapacity {
		return nil
	}
	return b[:0]
}

// resized gives a buffer of a length.
func resized(b []byte, length int) []byte {
	if cap(b) < length {
		return make([]byte, length)
	}
	return b[:length]
}
