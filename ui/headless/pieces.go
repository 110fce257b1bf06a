package headless

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// pieces are pieces of output in their order, such as the lines of a
// transaction's events. What is much goes to a temporary file, a chunk at a
// time: the pieces one after the other, then where each ends, in 8 bytes.
type pieces struct {
	bytes  []byte // the newest, not in the file yet
	ends   []int  // of each of them
	count  int    // of all
	file   *os.File
	chunks []chunk
}

// A chunk is what the file holds of some pieces.
type chunk struct{ size, count int }

// end ends a piece that was appended to bytes.
func (p *pieces) end() {
	p.ends = append(p.ends, len(p.bytes))
	p.count++
}

// spill moves what is in memory to the file.
func (p *pieces) spill() error {
	if p.file == nil {
		file, err := tempFile()
		if err != nil {
			return err
		}
		p.file = file
	}
	size := len(p.bytes)
	p.chunks = append(p.chunks, chunk{size, len(p.ends)})
	for _, end := range p.ends {
		p.bytes = binary.BigEndian.AppendUint64(p.bytes, uint64(end))
	}
	_, err := p.file.Write(p.bytes)
	p.bytes, p.ends = emptied(p.bytes), p.ends[:0]
	return err
}

// each hands the pieces from one on, and up to another, to take: one after the
// other, each valid until the next.
func (p *pieces) each(from, to int, take func(piece []byte) error) error {
	first, at := 0, int64(0)
	var bytes []byte
	var ends []int
	for _, c := range p.chunks {
		length := c.size + 8*c.count
		if first+c.count > from && first < to {
			bytes = resized(bytes, length)
			if _, err := p.file.ReadAt(bytes, at); err != nil && err != io.EOF {
				return fmt.Errorf("reading back what has waited in a temporary file: %w", err)
			}
			ends = ends[:0]
			for i := range c.count {
				ends = append(ends, int(binary.BigEndian.Uint64(bytes[c.size+8*i:])))
			}
			if err := eachOf(bytes, ends, from-first, to-first, take); err != nil {
				return err
			}
		}
		first, at = first+c.count, at+int64(length)
	}
	return eachOf(p.bytes, p.ends, from-first, to-first, take)
}

// eachOf is each for pieces in memory; from and to may lie outside.
func eachOf(bytes []byte, ends []int, from, to int, take func(piece []byte) error) error {
	for i := max(from, 0); i < min(to, len(ends)); i++ {
		start := 0
		if i > 0 {
			start = ends[i-1]
		}
		if err := take(bytes[start:ends[i]]); err != nil {
			return err
		}
	}
	return nil
}

// reset forgets the pieces, and removes the file.
func (p *pieces) reset() {
	removeTemp(p.file)
	*p = pieces{bytes: emptied(p.bytes), ends: p.ends[:0]}
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
