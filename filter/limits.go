package filter

import (
	"fmt"
	"unicode/utf8"

	"vitess.io/vitess/go/sqltypes"
)

// What an expression can cost is decided from its tree, before the evaluation
// engine sees it: the engine computes at once whatever is constant, and it
// knows no limits of its own but MySQL's, such as results of 1 GiB.
const (
	maxText     = 64 << 10  // bytes of an expression: a list of thousands of keys fits
	maxDepth    = 200       // of one thing within another
	maxNodes    = 200_000   // once what the engine repeats is spelled out
	maxConstant = 1 << 20   // bytes of a value that does not depend on the row
	maxMemory   = 256 << 20 // bytes of all values for one row
	maxRead     = 64 << 20  // bytes of the values that a row gives
	minRead     = 4 << 10   // every expression can read so much
	maxWork     = 1 << 28   // steps of a search: seconds, where row and pattern are made for it
)

// limits say how large a row may be.
type limits struct {
	read int64 // bytes of the values read
	// by names the function or operator that sets the limit.
	by string
	// odd is the limit where the values are not all valid UTF-8: LIKE with
	// several % then tries every way to divide the text.
	odd int64
	// json says that texts are read as JSON.
	json bool
}

// lower lowers the limit.
func (l *limits) lower(read int64, by string) {
	if read < l.read {
		l.read, l.by = read, by
	}
}

// An intake is what one row gives an expression to read.
type intake struct {
	bytes     int64
	documents int64 // of them, JSON
	odd       bool
}

// mind reports whether a value has to be looked at; short ones are harmless.
func (l *limits) mind(raw []byte) bool { return len(raw) > maxNumber || l.odd < l.read }

// maxNumber is longer than any number, date or time that MySQL sends.
const maxNumber = 128

// add counts a value. It refuses what no MySQL sends and what takes the engine
// very long: numbers of thousands of digits.
func (in *intake) add(l *limits, typ sqltypes.Type, raw []byte) error {
	in.bytes += int64(len(raw))
	if typ == sqltypes.TypeJSON {
		in.documents += int64(len(raw))
	}
	switch {
	case len(raw) <= maxNumber:
	case sqltypes.IsNumber(typ) || sqltypes.IsDateOrTime(typ):
		return fmt.Errorf("a number or a time has %d bytes", len(raw))
	case (l.json || typ == sqltypes.TypeJSON) && hasLongNumber(raw):
		return fmt.Errorf("a JSON document holds a number of more than %d digits", maxDigits)
	}
	if l.odd < l.read && !in.odd {
		in.odd = !utf8.Valid(raw)
	}
	return nil
}

// check reports whether the row is too large for the expression.
func (in *intake) check(l *limits) error {
	if in.documents > maxMemory/documentSize {
		return fmt.Errorf("the JSON documents that the filter reads have %d bytes, more than %d", in.documents, maxMemory/documentSize)
	}
	most, by := l.read, l.by
	if in.odd && l.odd < most {
		most, by = l.odd, "LIKE with text that is not UTF-8"
	}
	if in.bytes <= most {
		return nil
	}
	if by == "" {
		return fmt.Errorf("the values that the filter reads have %d bytes, more than %d", in.bytes, most)
	}
	return fmt.Errorf("the values that the filter reads have %d bytes; with %s at most %d are taken", in.bytes, by, most)
}

// maxDigits is more than any number in a JSON document of MySQL's has.
const maxDigits = 1000

// hasLongNumber reports whether a JSON document has a number whose digits take
// the engine very long.
func hasLongNumber(doc []byte) bool {
	digits, inText := 0, false
	for i := 0; i < len(doc); i++ {
		switch c := doc[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case c >= '0' && c <= '9' && !inText:
			if digits++; digits > maxDigits {
				return true
			}
			continue
		}
		digits = 0
	}
	return false
}
