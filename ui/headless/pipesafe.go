package headless

import (
	"unicode/utf8"

	"vtscope/stream"
)

// appendPipeSafe appends text for a file or another program: as it is, with
// its line breaks and tabs, but for what may act on a terminal that it comes
// to in the end, which is written as stream.AppendSafe writes it.
func appendPipeSafe(dst, text []byte) []byte {
	start := 0
	for i := 0; i < len(text); {
		size, safe := pipeSafe(text[i:])
		if !safe {
			dst = stream.AppendSafe(append(dst, text[start:i]...), text[i:i+size])
			start = i + size
		}
		i += size
	}
	return append(dst, text[start:]...)
}

// isPipeSafe reports whether appendPipeSafe leaves text as it is.
func isPipeSafe(text []byte) bool {
	for len(text) > 0 {
		size, safe := pipeSafe(text)
		if !safe {
			return false
		}
		text = text[size:]
	}
	return true
}

// pipeSafe gives the size of the first character and whether it can stand as it is.
func pipeSafe(text []byte) (size int, safe bool) {
	switch b := text[0]; {
	case b == '\n', b == '\t', b >= ' ' && b < 0x7f:
		return 1, true
	case b == '\r':
		return 1, len(text) > 1 && text[1] == '\n'
	case b < utf8.RuneSelf:
		return 1, false
	}
	r, size := utf8.DecodeRune(text)
	return size, !(r == utf8.RuneError && size == 1) && !stream.IsUnsafe(r)
}
