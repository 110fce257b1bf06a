package rows

import (
	"slices"
	"sort"
)

// A block holds the rows that match in a fixed range of sequence numbers, two
// bytes each: a million of them take two megabytes, and a block is
// filled without touching the others.
type block struct {
	number uint64   // it stands for number<<blockBits and up
	rows   []uint16 // offsets within the range, in order
}

// blockBits says how long a block's range is; an offset has to fit in 16 bits.
const blockBits = 14

const offsetMask = 1<<blockBits - 1

func (b *block) seq(i int) uint64 { return b.number<<blockBits + uint64(b.rows[i]) }

// Index counts the block's rows that are older than a sequence number.
func (b *block) index(seq uint64) int {
	if number := seq >> blockBits; number != b.number {
		if number < b.number {
			return 0
		}
		return len(b.rows)
	}
	offset := uint16(seq & offsetMask)
	return sort.Search(len(b.rows), func(i int) bool { return b.rows[i] >= offset })
}

// within gives the rows that lie in a span.
func (b *block) within(s span) []uint16 {
	from, to := b.index(s.from), b.index(s.to)
	if from >= to {
		return nil
	}
	return b.rows[from:to:to]
}

// insert adds rows that stand beside each other: none of the block's own lies
// between them.
func (b *block) insert(rows []uint16) {
	if len(b.rows) == 0 {
		b.rows = rows
		return
	}
	at, _ := slices.BinarySearch(b.rows, rows[0])
	b.rows = slices.Insert(b.rows, at, rows...)
}
