package stream

import (
	"bytes"
	"sync"
)

// largeValue is from how many bytes on a value is not printed to be compared.
const largeValue = 1 << 20

// Differs reports whether an update changed the column, by its values as they
// print: equal documents may be written differently, and binlogs hold a FLOAT
// with more digits than it prints with. A value that only the image after the
// change holds is a change, since MySQL leaves out what an update did not touch;
// one that it does not hold is none. JSON has to be resolved (ResolvePartialJSON).
// Values of a megabyte and more are compared as they came: what is printed of them
// would be in memory once more.
func (c *Column) Differs(before, after Value) bool {
	switch {
	case after.State == Absent || before.State == Absent && after.State == Null:
		return false
	case before.State != after.State:
		return true
	case after.State == Null || string(before.Raw) == string(after.Raw):
		return false
	case len(before.Raw) >= largeValue || len(after.Raw) >= largeValue:
		return true
	case c.Class == ClassFloat || c.Class == ClassJSON || c.hasMembers():
		return c.printsDifferently(before.Raw, after.Raw)
	}
	return true
}

// printed are two values as they print, kept from one comparison to the next.
type printed struct{ before, after []byte }

var printedPool = sync.Pool{New: func() any { return new(printed) }}

func (c *Column) printsDifferently(before, after []byte) bool {
	p := printedPool.Get().(*printed)
	defer printedPool.Put(p)
	p.before, p.after = c.AppendText(p.before[:0], before), c.AppendText(p.after[:0], after)
	return !bytes.Equal(p.before, p.after)
}
