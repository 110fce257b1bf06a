package stream

import (
	"unicode"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// AppendSafe appends text in a form that no terminal takes for a command and
// no reader for something else. What is not shown as itself comes out as an
// escape: control characters (\n, \r, \t, \x1b), bytes that are no UTF-8
// (\xff), and characters that are invisible, turn the direction of text or end
// a line (\u202e); also a combining mark with nothing to combine with, or on
// top of many others. The
// joiner within an emoji stays. A backslash is not escaped, so the form is for
// reading, not for parsing.
func AppendSafe(dst, text []byte) []byte {
	start := 0      // of what is not yet copied
	based := false  // a mark can combine with what came before
	joined := false // what came before is an emoji, so a joiner belongs to it
	marks := 0      // combining marks in a row
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			if b < ' ' || b == 0x7f {
				dst = appendControl(append(dst, text[start:i]...), b)
				start, based = i+1, false
			} else {
				based = true
			}
			joined = false
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		mark := r >= firstMark && unicode.Is(unicode.M, r)
		if !mark {
			marks = 0
		}
		switch {
		case r == utf8.RuneError && size == 1:
			b := text[i]
			dst = append(append(dst, text[start:i]...), '\\', 'x', hexDigits[b>>4], hexDigits[b&15])
			start, based, joined = i+1, false, false
		case r == joiner && joined && joins(text[i+size:]):
		case isInvisible(r) || mark && (!based || marks == maxMarks):
			dst = appendEscaped(append(dst, text[start:i]...), r)
			start, based, joined = i+size, false, false
		default:
			based, joined = true, isEmoji(r) || joined && mark
			if mark {
				marks++
			}
		}
		i += size
	}
	return append(dst, text[start:]...)
}

// firstMark is the first combining mark; maxMarks are as many as stand on one
// letter in any language, more would paint over the lines around.
const (
	firstMark = 0x300
	maxMarks  = 4
)

// joiner is U+200D, which makes one emoji of two.
const joiner = '\u200d'

// joins reports whether a joiner has an emoji to join with.
func joins(rest []byte) bool {
	r, _ := utf8.DecodeRune(rest)
	return isEmoji(r)
}

// isEmoji tells pictographs and the signs that join with them (skin tones, ♀).
func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r == 0x2b1b || r == 0x2b1c
}

// isInvisible tells characters that act on the text instead of showing in it:
// C1 controls, format characters such as the bidi overrides, line and
// paragraph separators, the supplementary variation selectors, and letters
// that are blank.
func isInvisible(r rune) bool {
	switch {
	case r < 0xad:
		return r < 0xa0
	case r >= 0xe0000 && r <= 0xe0fff:
		return true
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// IsUnsafe tells the characters from DEL on that end a line or command a
// terminal: DEL and C1 controls, separators, and what turns the direction of
// text. Beside the ASCII controls, they are what no output holds as itself.
func IsUnsafe(r rune) bool {
	return r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func appendControl(dst []byte, b byte) []byte {
	switch b {
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'x', hexDigits[b>>4], hexDigits[b&15])
}

func appendEscaped(dst []byte, r rune) []byte {
	digits := 4
	dst = append(dst, '\\', 'u')
	if r > 0xffff {
		dst[len(dst)-1], digits = 'U', 8
	}
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[r>>shift&15])
	}
	return dst
}
