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
	start, copied := len(dst), 0
	unsafe := false
	dst = append(dst, '\'')
	for i := 0; i < len(text); {
		b, size := text[i], 1
		if b < utf8.RuneSelf {
			if escape := sqltypes.SQLEncodeMap[b]; escape != sqltypes.DontEscape {
				dst = append(append(dst, text[copied:i]...), '\\', escape)
				copied = i + 1
			} else {
				unsafe = unsafe || b < ' ' || b == 0x7f
			}
		} else {
			var r rune
			if r, size = utf8.DecodeRune(text[i:]); r == utf8.RuneError && size == 1 {
				return appendHexLiteral(dst[:start], text)
			}
			unsafe = unsafe || IsUnsafe(r)
		}
		i += size
	}
	if unsafe {
		return appendHexLiteral(append(dst[:start], "_utf8mb4 "...), text)
	}
	return append(append(dst, text[copied:]...), '\'')
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
