package stream

import "bytes"

// largeValue is from how many bytes on a value is not printed to be compared.
const largeValue = 1 << 20

// Differs reports whether an update changed the column, by its values as they
// print: equal documents may be written differently, and binlogs hold a FLOAT
// with more digits than it prints with. A value that only the image after the
// change holds is a change, since MySQL leaves out what an update did not touch;
// one that it does not hold is none. JSON has to be resolved (ResolvePartialJSON).
// Values of a megabyte and more are compared as they came: what is printed of them
// would be in memory once more.
func (c *Column) Differs(before, after Value) bool { return new(Comparison).Differs(c, before, after) }

// A Comparison keeps the memory that comparing takes from one pair of values to the
// next. It is for one goroutine.
type Comparison struct{ before, after []byte }

// Differs is Column.Differs.
func (d *Comparison) Differs(c *Column, before, after Value) bool {
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
		d.before, d.after = c.AppendText(d.before[:0], before.Raw), c.AppendText(d.after[:0], after.Raw)
		return !bytes.Equal(d.before, d.after)
	}
	return true
}
