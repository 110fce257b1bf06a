package headless

import (
	"bytes"
	"encoding/hex"
	"unicode/utf8"

	"vtscope/stream"
)

// value appends a value as MySQL prints it, bytes in hexadecimal as its client
// prints them.
func (c *csvLines) value(dst []byte, column *stream.Column, v stream.Value) []byte {
	switch {
	case v.State != stream.Present:
		return dst
	case column.Class == stream.ClassBinary:
		return hex.AppendEncode(append(dst, "0x"...), v.Raw)
	case column.IsUTF8():
		return c.text(dst, v.Raw)
	}
	c.scratch = column.AppendText(c.scratch[:0], v.Raw)
	return c.text(dst, c.scratch)
}

// text appends text as a field, in quotes where it needs them.
func (c *csvLines) text(dst, text []byte) []byte {
	if c.terminal {
		c.safe = stream.AppendSafe(c.safe[:0], text)
	} else {
		c.safe = appendPipeSafe(c.safe[:0], text)
	}
	if !needsQuotes(c.safe) {
		return append(dst, c.safe...)
	}
	dst = append(dst, '"')
	for rest := c.safe; ; {
		at := bytes.IndexByte(rest, '"')
		if at < 0 {
			return append(append(dst, rest...), '"')
		}
		dst = append(append(dst, rest[:at]...), `""`...)
		rest = rest[at+1:]
	}
}

// needsQuotes reports whether a field has to be quoted. Readers may trim spaces
// off a field that is not; an empty one is no text.
func needsQuotes(field []byte) bool {
	return len(field) == 0 || field[0] == ' ' || field[len(field)-1] == ' ' || bytes.ContainsAny(field, ",\"\r\n")
}

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
