package stream

import (
	"bytes"
	"strconv"
	"strings"

	"vitess.io/vitess/go/vt/proto/query"
)

// Digits that MySQL prints of a float (FLT_DIG), and the exponents between
// which it writes no exponent (DBL_DIG), from my_gcvt in strings/dtoa.cc.
const (
	floatDigits   = 6
	fixedNotation = 15
	decimalsFree  = 31 // Field.decimals of a FLOAT or DOUBLE without (M,D)
)

// appendFloat prints FLOAT and DOUBLE as MySQL's SELECT does. The binlog's form
// is Go's shortest ("1.5E+00", go/mysql/binlog/rbr.go), the copy's MySQL's own.
func appendFloat(dst []byte, c *Column, raw []byte) []byte {
	size := 64
	if c.Type == query.Type_FLOAT32 {
		size = 32
	}
	if decimals, ok := c.fixedDecimals(); ok {
		number, err := strconv.ParseFloat(string(raw), 64)
		if err != nil {
			return append(dst, raw...)
		}
		return strconv.AppendFloat(dst, number, 'f', decimals, 64)
	}
	if bytes.IndexByte(raw, 'E') < 0 {
		return append(dst, raw...) // the copy's: MySQL printed it
	}
	number, err := strconv.ParseFloat(string(raw), size)
	if err != nil {
		return append(dst, raw...)
	}
	digits := -1
	if size == 32 {
		digits = floatDigits - 1
	}
	var scratch [32]byte
	return appendGeneral(dst, strconv.AppendFloat(scratch[:0], number, 'e', digits, 64))
}

// appendGeneral turns "-d.ddde±xx" into MySQL's choice of notation.
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
	digits := strings.TrimRight(strings.Replace(string(scientific[:e]), ".", "", 1), "0")
	if digits == "" {
		return append(dst, '0')
	}
	point := exponent + 1 // digits before the decimal point
	switch {
	case point > fixedNotation || point < -fixedNotation+1:
		dst = append(dst, digits[0])
		if len(digits) > 1 {
			dst = append(append(dst, '.'), digits[1:]...)
		}
		return strconv.AppendInt(append(dst, 'e'), int64(exponent), 10)
	case point <= 0:
		dst = append(append(dst, "0."...), strings.Repeat("0", -point)...)
		return append(dst, digits...)
	case point >= len(digits):
		return append(append(dst, digits...), strings.Repeat("0", point-len(digits))...)
	default:
		return append(append(append(dst, digits[:point]...), '.'), digits[point:]...)
	}
}

// fixedDecimals tells the D of FLOAT(M,D) and DOUBLE(M,D).
func (c *Column) fixedDecimals() (int, bool) {
	_, list, found := strings.Cut(c.SQLType, ",")
	if !found {
		return 0, false
	}
	digits, _, _ := strings.Cut(list, ")")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	return n, err == nil && n < decimalsFree
}
