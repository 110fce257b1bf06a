package headless

import "bytes"

// transaction holds the lines of a transaction whose COMMIT is to come.
type transaction struct {
	number   uint64
	begun    bool
	rows     int    // the row changes among its events
	firstRow int    // the event that is the first of them
	copied   bool   // a copy has read them
	head     []byte // what stands before them, where the format has that
	lines    []byte
	ends     []int // of each event's lines
}

// event gives the lines of an event.
func (t *transaction) event(i int) []byte {
	start := 0
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.lines[start:t.ends[i]]
}

// hasStatement reports whether one of the first events prints as more than a
// comment.
func (t *transaction) hasStatement(events int) bool {
	for i := range events {
		if event := t.event(i); len(event) > 0 && !bytes.HasPrefix(event, []byte("--")) {
			return true
		}
	}
	return false
}

func (t *transaction) reset(number uint64) {
	t.number, t.begun, t.rows, t.firstRow, t.copied = number, false, 0, 0, false
	t.head, t.lines, t.ends = t.head[:0], t.lines[:0], t.ends[:0]
}

// transactions are those that are open, of all shards. Number 0 is a transaction
// for what belongs to none.
type transactions struct {
	opened []*transaction
	free   []*transaction // closed, with buffers that are used again
}

// keptCapacity is the largest buffer of a transaction that is used again.
const keptCapacity = 4 << 20

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

// close takes a transaction off, nil where it is not open. It is valid until
// the next is opened.
func (o *transactions) close(number uint64) *transaction {
	at := o.find(number)
	if at < 0 {
		return nil
	}
	t := o.opened[at]
	o.opened = append(o.opened[:at], o.opened[at+1:]...)
	if cap(t.lines) <= keptCapacity {
		o.free = append(o.free, t)
	}
	return t
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
