package stream

import (
	"bytes"
	"strconv"
	"strings"

	"vitess.io/vitess/go/vt/proto/query"
)

// Digits that MySQL prints of a float (FLT_DIG), and the place of the decimal
// point up to which it writes no exponent (MAX_DECPT_FOR_F_FORMAT), from
// my_gcvt in MySQL's strings/dtoa.cc.
const (
	floatDigits   = 6
	fixedNotation = 15
	decimalsFree  = 31 // Field.decimals of a FLOAT or DOUBLE without (M,D)
)

// appendFloat prints FLOAT and DOUBLE as MySQL's SELECT does. The binlog's form
// is Go's shortest ("1.5E+00", go/mysql/binlog/rbr.go), the copy's MySQL's own.
func appendFloat(dst []byte, c *Column, raw []byte) []byte {
	if bytes.IndexByte(raw, 'E') < 0 {
		return append(dst, raw...) // the copy's: MySQL printed it
	}
	size := 64
	if c.Type == query.Type_FLOAT32 {
		size = 32
	}
	number, err := strconv.ParseFloat(string(raw), size)
	if err != nil {
		return append(dst, raw...)
	}
	if decimals, ok := c.fixedDecimals(); ok {
		return strconv.AppendFloat(dst, number, 'f', decimals, 64)
	}
	digits := -1
	if size == 32 {
		digits = floatDigits - 1
	}
	var scratch [32]byte
	return appendGeneral(dst, strconv.AppendFloat(scratch[:0], number, 'e', digits, 64))
}

// appendGeneral turns "-d.ddde±xx" into MySQL's choice of notation. It writes
// over scientific.
func appendGeneral(dst, scientific []byte) []byte {
	if scientific[0] == '-' {
		dst = append(dst, '-')
		scientific = scientific[1:]
	}
	e := bytes.IndexByte(scientific, 'e')
	if e < 0 {
		return append(dst, scientific...) // Inf and NaN, which MySQL does not store
	}
	exponent, _ := strconv.Atoi(string(scientific[e+1:]))
	digits := scientific[:1+copy(scientific[1:], scientific[min(2, e):e])]
	digits = bytes.TrimRight(digits, "0")
	if len(digits) == 0 {
		return append(dst, '0')
	}
	point := exponent + 1 // digits before the decimal point
	switch {
	case point < -fixedNotation+1, point > fixedNotation && len(digits) <= point:
		dst = append(dst, digits[0])
		if len(digits) > 1 {
			dst = append(append(dst, '.'), digits[1:]...)
		}
		return strconv.AppendInt(append(dst, 'e'), int64(exponent), 10)
	case point <= 0:
		dst = appendZeros(append(dst, "0."...), -point)
		return append(dst, digits...)
	case point >= len(digits):
		return appendZeros(append(dst, digits...), point-len(digits))
	default:
		return append(append(append(dst, digits[:point]...), '.'), digits[point:]...)
	}
}

// appendShortest appends a FLOAT's value with the fewest digits that tell it from
// others, which may be more than MySQL prints.
func appendShortest(dst, raw []byte) []byte {
	number, err := strconv.ParseFloat(string(raw), 32)
	if err != nil {
		return append(dst, raw...)
	}
	var scratch [32]byte
	return appendGeneral(dst, strconv.AppendFloat(scratch[:0], number, 'e', -1, 32))
}

// AppendDouble appends a FLOAT's value with the digits of the double that it is
// in comparisons, which MySQL makes in double precision.
func (c *Column) AppendDouble(dst, raw []byte) []byte {
	number, err := strconv.ParseFloat(string(raw), 32)
	if err != nil {
		return append(dst, raw...)
	}
	return strconv.AppendFloat(dst, number, 'g', -1, 64)
}

func appendZeros(dst []byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, '0')
	}
	return dst
}

// fixedDecimals tells the D of FLOAT(M,D) and DOUBLE(M,D).
func (c *Column) fixedDecimals() (int, bool) {
	_, list, found := strings.Cut(c.SQLType, ",")
	if !found {
		return 0, false
	}
	digits, _, _ := strings.Cut(list, ")")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	return n, err == nil && n >= 0 && n < decimalsFree
}

// fillZeros pads dst[start:], a number of a ZEROFILL column, to the column's
// width: the copy's values are padded, the binlog's are not.
func (c *Column) fillZeros(dst []byte, start int) []byte {
	missing := int(min(c.Length, maxZerofill)) - (len(dst) - start)
	if c.Flags&flagZerofill == 0 || missing <= 0 {
		return dst
	}
	dst = appendZeros(dst, missing)
	copy(dst[start+missing:], dst[start:])
	for i := start; i < start+missing; i++ {
		dst[i] = '0'
	}
	return dst
}

// maxZerofill is the largest width that MySQL lets a number have.
const maxZerofill = 255
