package headless

import (
	"bytes"
	"fmt"
)

// transaction holds the lines of a transaction whose COMMIT is to come.
type transaction struct {
	number    uint64
	begun     bool
	rows      int    // the row changes among its events
	firstRow  int    // the event that is the first of them
	statement int    // the first event that prints as more than a comment, -1 for none
	copied    bool   // a copy has read them
	head      []byte // what stands before them, where the format has that
	lines     pieces // of each event

	start   int   // where the event's lines begin in lines.bytes, -1 once they are looked at
	leftOut []int // the events in place of which a comment stands
	reason  string
}

// look finds out, from how an event's lines begin, what they are. leftOut is how
// a comment in place of a statement begins, nil where the format has none.
func (t *transaction) look(leftOut []byte) {
	if t.start < 0 {
		return
	}
	lines := t.lines.bytes[t.start:]
	t.start = -1
	if t.statement < 0 && len(lines) > 0 && !bytes.HasPrefix(lines, []byte("--")) {
		t.statement = t.lines.count
	}
	if leftOut != nil && bytes.HasPrefix(lines, leftOut) {
		t.leftOut = append(t.leftOut, t.lines.count)
		if t.reason == "" {
			t.reason = reasonIn(lines, leftOut)
		}
	}
}

// maxReason bounds what is said of a change that was left out.
const maxReason = 1 << 10

// reasonIn gives what a comment says that begins with leftOut.
func reasonIn(lines, leftOut []byte) string {
	reason := bytes.TrimSpace(lines[len(leftOut):])
	return string(reason[:min(len(reason), maxReason)])
}

// hasStatement reports whether one of the first events prints as more than a
// comment.
func (t *transaction) hasStatement(events int) bool { return t.statement >= 0 && t.statement < events }

// unwritten counts the comments in place of statements among the first events.
func (t *transaction) unwritten(events int) (n uint64) {
	for _, event := range t.leftOut {
		if event < events {
			n++
		}
	}
	return n
}

func (t *transaction) reset(number uint64) {
	lines, head, leftOut := t.lines, t.head[:0], t.leftOut[:0]
	lines.reset()
	*t = transaction{number: number, statement: -1, head: head, lines: lines, leftOut: leftOut}
}

// transactions are those that are open, of all shards. Number 0 is a transaction
// for what belongs to none.
type transactions struct {
	opened []*transaction
	free   []*transaction // closed, with buffers that are used again
	size   int            // the bytes in memory of those that are open
}

// What the lines of open transactions may take of memory before the largest goes
// to a temporary file, and after that the lines of one that is there. They are
// variables for tests.
var (
	openMemory    = 64 << 20
	spilledMemory = 8 << 20
)

// open finds an open transaction or opens it.
func (o *transactions) open(number uint64) *transaction {
	if at := o.find(number); at >= 0 {
		return o.opened[at]
	}
	t := &transaction{}
	if n := len(o.free); n > 0 {
		t, o.free = o.free[n-1], o.free[:n-1]
	}
	t.reset(number)
	o.opened = append(o.opened, t)
	return t
}

// grown takes note of lines that an open transaction has got, and moves what is
// too much to a file.
func (o *transactions) grown(t *transaction, by int) error {
	o.size += by
	if o.size > openMemory {
		for _, other := range o.opened {
			if len(other.lines.bytes) > len(t.lines.bytes) {
				t = other
			}
		}
	} else if t.lines.file == nil || len(t.lines.bytes) < spilledMemory {
		return nil
	}
	o.size -= len(t.lines.bytes)
	return spilling(t.lines.spill())
}

func spilling(err error) error {
	if err != nil {
		return fmt.Errorf("open transactions of more than %d MiB wait in a temporary file ($TMPDIR): %w", openMemory>>20, err)
	}
	return nil
}

// take takes a transaction off, nil where it is not open. It is closed by done.
func (o *transactions) take(number uint64) *transaction {
	at := o.find(number)
	if at < 0 {
		return nil
	}
	t := o.opened[at]
	o.opened = append(o.opened[:at], o.opened[at+1:]...)
	o.size -= len(t.lines.bytes)
	return t
}

// done lets go of a transaction that was taken off; nil is none.
func (o *transactions) done(t *transaction) {
	if t != nil {
		t.lines.reset()
		o.free = append(o.free, t)
	}
}

// close lets go of all.
func (o *transactions) close() {
	for _, t := range o.opened {
		t.lines.reset()
	}
	o.opened, o.size = nil, 0
}

// find looks from the newest, which is nearly always the one asked for.
func (o *transactions) find(number uint64) int {
	for i := len(o.opened) - 1; i >= 0; i-- {
		if o.opened[i].number == number {
			return i
		}
	}
	return -1
}
