package stream

import (
	"encoding/hex"
	"unicode/utf8"

	"vitess.io/vitess/go/sqltypes"
)

// AppendLiteral appends a present value as a literal of MySQL's SQL, from which
// a column of the same type gets the same value: numbers as they are, bytes in
// hexadecimal, anything else as AppendTextLiteral does.
func (c *Column) AppendLiteral(dst, raw []byte) []byte {
	start := len(dst)
	switch c.Class {
	case ClassBinary:
		return appendHexLiteral(dst, raw)
	case ClassTemporal, ClassText:
		if c.IsUTF8() {
			return AppendTextLiteral(dst, raw)
		}
		return quoteFrom(c.AppendText(dst, raw), start)
	case ClassJSON:
		return quoteFrom(c.AppendText(dst, raw), start)
	case ClassFloat:
		if c.Type == sqltypes.Float32 {
			dst = appendShortest(dst, raw)
		} else {
			dst = c.AppendText(dst, raw)
		}
		if string(dst[start:]) == "-0" {
			dst = append(dst, "e0"...) // the integer -0 is 0
		}
		return numberFrom(dst, start)
	}
	return numberFrom(c.AppendText(dst, raw), start)
}

// AppendOperand appends a present value as a literal that equals the column in
// a comparison. That is AppendLiteral's but for a FLOAT, which is compared as a
// double and has that number's digits.
func (c *Column) AppendOperand(dst, raw []byte) []byte {
	if c.Class == ClassFloat && c.Type == sqltypes.Float32 {
		return numberFrom(c.AppendDouble(dst, raw), len(dst))
	}
	return c.AppendLiteral(dst, raw)
}

// numberFrom leaves dst[start:], a number, as it is. What a stream calls a
// number need not be one, and is quoted.
func numberFrom(dst []byte, start int) []byte {
	digits := dst[start:]
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if IsNumber(digits) {
		return dst
	}
	return quoteFrom(dst, start)
}

// quoteFrom makes dst[start:], a text, its literal.
func quoteFrom(dst []byte, start int) []byte {
	text := dst[start:]
	dst = AppendTextLiteral(dst, text)
	n := copy(dst[start:], dst[start+len(text):])
	return dst[:start+n]
}

// AppendTextLiteral appends text, in UTF-8, as a literal of MySQL's SQL: in
// quotes, with MySQL's escapes. What would put a character into it that IsUnsafe
// tells is written in hexadecimal as a whole, and bytes that are no text, too.
func AppendTextLiteral(dst, text []byte) []byte {
	begin, part := TextLiteral(text)
	return append(part(append(dst, begin...), text), '\'')
}

// TextLiteral says how AppendTextLiteral writes a text: what it begins with, and
// what appends the text, whole or part by part. A quote ends it.
func TextLiteral(text []byte) (begin string, part func(dst, text []byte) []byte) {
	unsafe := false
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			unsafe = unsafe || (b < ' ' || b == 0x7f) && sqltypes.SQLEncodeMap[b] == sqltypes.DontEscape
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return "x'", hex.AppendEncode
		}
		unsafe = unsafe || IsUnsafe(r)
		i += size
	}
	if unsafe {
		return "_utf8mb4 x'", hex.AppendEncode
	}
	return "'", appendSQLEscaped
}

// appendSQLEscaped appends text with MySQL's escapes.
func appendSQLEscaped(dst, text []byte) []byte {
	copied := 0
	for i, b := range text {
		if escape := sqltypes.SQLEncodeMap[b]; b < utf8.RuneSelf && escape != sqltypes.DontEscape {
			dst = append(append(dst, text[copied:i]...), '\\', escape)
			copied = i + 1
		}
	}
	return append(dst, text[copied:]...)
}

func appendHexLiteral(dst, raw []byte) []byte {
	return append(hex.AppendEncode(append(dst, "x'"...), raw), '\'')
}

// IsNumber reports whether b is a number without a sign, as SQL and JSON write
// it, with or without a fraction and an exponent.
func IsNumber(b []byte) bool {
	b, ok := cutDigits(b)
	if ok && len(b) > 0 && b[0] == '.' {
		b, ok = cutDigits(b[1:])
	}
	if ok && len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
			b = b[1:]
		}
		b, ok = cutDigits(b)
	}
	return ok && len(b) == 0
}

// cutDigits takes the digits off b, of which there has to be one.
func cutDigits(b []byte) ([]byte, bool) {
	n := countDigits(b)
	return b[n:], n > 0
}
