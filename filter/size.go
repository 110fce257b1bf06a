package filter

import (
	"math"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A size bounds how long a value can get: fixed + perByte·n bytes, where n is
// how many bytes the row gives the expression to read.
type size struct{ fixed, perByte int64 }

// enormous stands for all that is larger.
const enormous = math.MaxInt32

func bounded(fixed, perByte int64) size { return size{min(fixed, enormous), min(perByte, enormous)} }

func (s size) plus(o size) size { return bounded(s.fixed+o.fixed, s.perByte+o.perByte) }

func (s size) times(n int64) size {
	n = min(n, enormous)
	return bounded(s.fixed*n, s.perByte*n)
}

// of gives the size where so many bytes are read.
func (s size) of(read int64) int64 { return s.fixed + s.perByte*read }

func larger(a, b size) size { return size{max(a.fixed, b.fixed), max(a.perByte, b.perByte)} }

// A sizeRule bounds the result of a call. It may refuse the call, and may bound
// how much of a row the expression reads.
type sizeRule func(c *checker, call *call) size

// Numbers, times, hashes and addresses are short.
func numberSize(*checker, *call) size { return size{fixed: 400} }

func timeSize(*checker, *call) size { return size{fixed: 40} }

func sumSize(_ *checker, call *call) size { return sum(call.sizes) }

func sum(sizes []size) (total size) {
	for _, s := range sizes {
		total = total.plus(s)
	}
	return total
}

// arg gives the size of an argument, none where it is left out.
func (call *call) arg(i int) size {
	if i < len(call.sizes) {
		return call.sizes[i]
	}
	return size{}
}

// firstSize is that of a part of the first argument, or of one as long.
func firstSize(_ *checker, call *call) size { return call.arg(0).plus(size{fixed: 40}) }

// bytesSize is that of bytes that need be no text.
func bytesSize(c *checker, call *call) size {
	c.raw = true
	return firstSize(c, call)
}

// trimSize is that of TRIM, of which the engine takes away other text than
// blanks only once.
func trimSize(c *checker, call *call) size {
	if e, ok := call.node.(*sqlparser.TrimFuncExpr); ok && e.TrimArg != nil {
		c.refuse(call.at, "trim takes away nothing but blanks here", "it is "+call.fn.signature)
	}
	return firstSize(c, call)
}

// digitsSize is that of a text written in digits.
func digitsSize(_ *checker, call *call) size { return call.arg(0).times(2).plus(size{fixed: 40}) }

// letterSize is that of a text in another case: of ɐ, for one, the capital
// takes three bytes in place of two.
func letterSize(_ *checker, call *call) size { return call.arg(0).times(3) }

func joinSize(_ *checker, call *call) size {
	return sum(call.sizes).plus(call.arg(0).times(int64(len(call.sizes))))
}

func charSize(c *checker, call *call) size {
	c.raw = true
	return size{fixed: 4 * int64(len(call.args))}
}

// formatSize is that of DATE_FORMAT, where two characters give up to 26.
func formatSize(_ *checker, call *call) size { return call.arg(1).times(16).plus(size{fixed: 40}) }

// spaceSize, repeatSize and padSize need the number itself: of one that comes
// from the row nothing is known.
func spaceSize(c *checker, call *call) size { return size{fixed: c.count(call, 0)} }

func repeatSize(c *checker, call *call) size { return call.arg(0).times(c.count(call, 1)) }

func padSize(c *checker, call *call) size {
	n := c.count(call, 1)
	return call.arg(0).plus(call.arg(2)).plus(size{fixed: 4 * n})
}

// replaceSize is that of a text in which every byte is replaced.
func replaceSize(c *checker, call *call) size { return c.product(call, call.arg(0), call.arg(2)) }

// searchSize bounds the search for one text in another, which compares each
// character of one with each of the other.
func searchSize(c *checker, call *call) size {
	c.product(call, call.arg(0), call.arg(1))
	return size{fixed: 20}
}

// product gives the size of what multiplies two, where the row cannot make both
// large.
func (c *checker) product(call *call, a, b size) size {
	c.work(call.name, call.at, func(read int64) float64 { return float64(a.of(read)) * float64(b.of(read)) })
	if a.perByte == 0 {
		a, b = b, a
	}
	return a.plus(size{fixed: 1}).times(1 + b.of(c.limits.read))
}
