package rows

import (
	"slices"
	"sync/atomic"
	"time"

	"vtscope/filter"
	"vtscope/stream"
)

// A Scan is one command's share of the looking: it looks which rows of a span match.
// It runs beside the event loop, so it has its own matcher and never touches
// the model or the matches; what it found comes back as a Looked.
type Scan struct {
	generation uint64
	latest     *atomic.Uint64 // the generation that is wanted now
	snapshot   *stream.Snapshot
	matcher    *filter.Matcher
	span       span
	upwards    bool          // from the oldest on; else from the newest down
	enough     int           // matches after which to come back, 0 for all
	limit      time.Duration // how long to look
	now        func() time.Time
}

// Looked is what a scan found.
type Looked struct {
	generation uint64
	span       span // what the scan was given
	looked     span // the part of it that it looked at
	found      []block
	matcher    *filter.Matcher
	failed     uint64 // rows that could not be evaluated
	reason     error  // of the first of all that the matcher has seen
}

// checkEvery is after how much work a scan looks at the clock: rows, where a
// large one counts for one more by each of largeRow bytes.
const (
	checkEvery = 64
	largeRow   = 4 << 10
)

// Run looks at rows until the end of the span, its time, or the scan is
// superseded.
func (s *Scan) Run() Looked {
	start := s.now()
	s.matcher.SetTime(start)
	before, _ := s.matcher.Failures()
	m := Looked{generation: s.generation, span: s.span, matcher: s.matcher}
	reader := s.snapshot.Reader()
	s.span = s.span.overlap(span{s.snapshot.First(), s.snapshot.End()})
	var record stream.Record
	looked, matches, work := 0, 0, 0
	for ; looked < s.span.len(); looked++ {
		if work >= checkEvery {
			if work = 0; s.latest.Load() != s.generation || s.now().Sub(start) >= s.limit {
				break
			}
		}
		seq := s.seq(looked)
		if !reader.At(seq, &record) {
			continue
		}
		work += 1 + len(record.Payload)/largeRow
		if !s.matcher.Match(&record) {
			continue
		}
		m.found = appendRow(m.found, seq)
		if matches++; matches == s.enough {
			looked++
			break
		}
	}
	m.looked = s.part(looked)
	if !s.upwards {
		for i := range m.found {
			slices.Reverse(m.found[i].rows)
		}
	}
	m.failed, m.reason = s.matcher.Failures()
	m.failed -= before
	return m
}

// seq is the row that is looked at after n others.
func (s *Scan) seq(n int) uint64 {
	if s.upwards {
		return s.span.from + uint64(n)
	}
	return s.span.to - 1 - uint64(n)
}

// part is what has been looked at after n rows.
func (s *Scan) part(n int) span {
	if s.upwards {
		return span{s.span.from, s.span.from + uint64(n)}
	}
	return span{s.span.to - uint64(n), s.span.to}
}

// appendRow adds a row to the last block, or begins the next.
func appendRow(blocks []block, seq uint64) []block {
	number := seq >> blockBits
	if len(blocks) == 0 || blocks[len(blocks)-1].number != number {
		blocks = append(blocks, block{number: number})
	}
	b := &blocks[len(blocks)-1]
	b.rows = append(b.rows, uint16(seq&offsetMask))
	return blocks
}
