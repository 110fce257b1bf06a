package headless

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// A spool keeps pieces of output to hand them out in reverse, the newest first.
// What is much goes to a temporary file, a chunk at a time, each turned round.
type spool struct {
	pieces []byte // the newest, not in the file yet
	ends   []int
	turned []byte
	file   *os.File
	chunks []int64 // where each ends in the file
}

// spoolChunk is how much is kept in memory.
const spoolChunk = 8 << 20

// add takes a piece.
func (s *spool) add(piece []byte) error {
	if len(piece) == 0 {
		return nil
	}
	s.pieces = append(s.pieces, piece...)
	s.ends = append(s.ends, len(s.pieces))
	if len(s.pieces) < spoolChunk {
		return nil
	}
	if err := s.write(); err != nil {
		return fmt.Errorf("what is printed at the end is kept in a temporary file ($TMPDIR): %w", err)
	}
	return nil
}

// write moves what is in memory to the file.
func (s *spool) write() error {
	if s.file == nil {
		file, err := tempFile()
		if err != nil {
			return err
		}
		s.file = file
	}
	s.turn()
	if _, err := s.file.Write(s.turned); err != nil {
		return err
	}
	end := int64(len(s.turned))
	if n := len(s.chunks); n > 0 {
		end += s.chunks[n-1]
	}
	s.chunks = append(s.chunks, end)
	s.pieces, s.ends = s.pieces[:0], s.ends[:0]
	return nil
}

// turn makes turned of the pieces, the newest first.
func (s *spool) turn() {
	s.turned = s.turned[:0]
	for i := len(s.ends) - 1; i >= 0; i-- {
		start := 0
		if i > 0 {
			start = s.ends[i-1]
		}
		s.turned = append(s.turned, s.pieces[start:s.ends[i]]...)
	}
}

func (s *spool) empty() bool { return len(s.ends) == 0 && len(s.chunks) == 0 }

// newestFirst hands all pieces to take.
func (s *spool) newestFirst(take func([]byte) error) error {
	s.turn()
	if err := take(s.turned); err != nil {
		return err
	}
	for i := len(s.chunks) - 1; i >= 0; i-- {
		start := int64(0)
		if i > 0 {
			start = s.chunks[i-1]
		}
		chunk := make([]byte, s.chunks[i]-start)
		if _, err := s.file.ReadAt(chunk, start); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading back what is printed at the end: %w", err)
		}
		if err := take(chunk); err != nil {
			return err
		}
	}
	return nil
}

// close removes the file.
func (s *spool) close() { removeTemp(s.file) }
