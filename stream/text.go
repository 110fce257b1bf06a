package stream

import (
	"math/bits"
	"strconv"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/colldata"
)

// AppendText appends a present value as MySQL prints it, text as UTF-8, and
// the bytes themselves for ClassBinary. Values that are equal print equally
// whether they came from the copy or from the binlog.
func (c *Column) AppendText(dst, raw []byte) []byte {
	switch c.Class {
	case ClassFloat:
		start := len(dst)
		return c.fillZeros(appendFloat(dst, c, raw), start)
	case ClassInteger, ClassDecimal:
		start := len(dst)
		return c.fillZeros(append(dst, raw...), start)
	case ClassBit:
		return appendBits(dst, raw)
	case ClassJSON:
		if document, valid := AppendJSONDocument(dst, raw); valid {
			return document
		}
	case ClassText:
		switch {
		case c.names != nil:
			return appendMembers(dst, c, raw)
		case c.hasMembers():
			return appendMemberText(dst, c, raw)
		case c.text != nil:
			return c.text(dst, raw)
		}
	}
	return append(dst, raw...)
}

// IsUTF8 reports whether present values of the column are UTF-8 text as they
// come, so that AppendText would only copy them.
func (c *Column) IsUTF8() bool {
	return c.Class == ClassTemporal ||
		c.Class == ClassText && c.names == nil && c.text == nil && !(c.hasMembers() && c.Collation == 0)
}

// TextPart says how many bytes of a value, most or a few more, AppendText can be
// given by themselves: all, where it needs the value whole.
func (c *Column) TextPart(raw []byte, most int) int {
	if len(raw) <= most || c.Class != ClassText || c.names != nil || c.text == nil {
		return len(raw)
	}
	found := colldata.Lookup(collations.ID(c.Collation))
	if found == nil {
		return len(raw)
	}
	n := 0
	for n < most {
		_, width, _ := found.Charset().DecodeRune(raw[n:])
		n += max(width, 1)
	}
	return min(n, len(raw))
}

// appendBits appends a BIT value, big-endian bytes, as a decimal number.
func appendBits(dst, raw []byte) []byte {
	var number uint64
	for _, b := range raw {
		if bits.LeadingZeros64(number) < 8 {
			break
		}
		number = number<<8 | uint64(b)
	}
	return strconv.AppendUint(dst, number, 10)
}
