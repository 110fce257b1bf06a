package headless

import (
	"bytes"
	"encoding/hex"

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
