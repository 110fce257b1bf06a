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
		return c.large.bytes(append(dst, "0x"...), v.Raw, hex.AppendEncode)
	case isLarge(v.Raw):
		add := func(dst, text []byte) []byte { return appendDoubled(dst, c.made(text)) }
		if dst = append(dst, '"'); column.IsUTF8() {
			return append(c.large.text(dst, v.Raw, add), '"')
		}
		return append(c.large.decoded(dst, column, v.Raw, add), '"')
	case column.IsUTF8():
		return c.text(dst, v.Raw)
	}
	c.scratch = column.AppendText(c.scratch[:0], v.Raw)
	return c.text(dst, c.scratch)
}

// text appends text as a field, in quotes where it needs them. A large value is
// always in quotes.
func (c *csvLines) text(dst, text []byte) []byte {
	safe := c.made(text)
	if !needsQuotes(safe) {
		return append(dst, safe...)
	}
	return append(appendDoubled(append(dst, '"'), safe), '"')
}

// made makes a text safe.
func (c *csvLines) made(text []byte) []byte {
	if c.terminal {
		c.safe = stream.AppendSafe(c.safe[:0], text)
	} else {
		c.safe = appendPipeSafe(c.safe[:0], text)
	}
	return c.safe
}

// appendDoubled appends text with a quote in it as two.
func appendDoubled(dst, text []byte) []byte {
	for {
		at := bytes.IndexByte(text, '"')
		if at < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:at]...), `""`...)
		text = text[at+1:]
	}
}

// needsQuotes reports whether a field has to be quoted. Readers may trim spaces
// off a field that is not; an empty one is no text.
func needsQuotes(field []byte) bool {
	return len(field) == 0 || field[0] == ' ' || field[len(field)-1] == ' ' || bytes.ContainsAny(field, ",\"\r\n")
}
