package headless

import (
	"unicode/utf8"

	"vtscope/stream"
)

const hexDigits = "0123456789abcdef"

// plainASCII tells the bytes that stand for themselves in a JSON string.
var plainASCII = func() (plain [utf8.RuneSelf]bool) {
	for b := range plain {
		plain[b] = b >= ' ' && b != '"' && b != '\\' && b != 0x7f
	}
	return plain
}()

// appendString appends text as a JSON string. Bytes that are no UTF-8 come out
// as U+FFFD, and what could break a line or a terminal as escapes: control
// characters, and the line and paragraph separators.
func appendString(dst, text []byte) []byte {
	return append(appendStringPart(append(dst, '"'), text), '"')
}

// appendStringPart appends what stands between the quotes.
func appendStringPart(dst, text []byte) []byte {
	start := 0
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			if !plainASCII[b] {
				dst = appendEscape(append(dst, text[start:i]...), b)
				start = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 || stream.IsUnsafe(r) {
			dst = append(dst, text[start:i]...)
			if size == 1 {
				dst = append(dst, "\uFFFD"...)
			} else {
				dst = appendRuneEscape(dst, r)
			}
			start = i + size
		}
		i += size
	}
	return append(dst, text[start:]...)
}

// appendRuneEscape appends the escape of a character below U+10000.
func appendRuneEscape(dst []byte, r rune) []byte {
	return append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

func appendEscape(dst []byte, b byte) []byte {
	switch b {
	case '"', '\\':
		return append(dst, '\\', b)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
}
