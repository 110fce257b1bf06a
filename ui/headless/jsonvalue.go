package headless

import (
	"encoding/base64"

	"vtscope/stream"
)

// appendValue appends a value that the image shows.
func appendValue(dst []byte, c *stream.Column, v stream.Value) []byte {
	if v.State == stream.Null {
		return append(dst, "null"...)
	}
	switch c.Class {
	case stream.ClassInteger, stream.ClassFloat, stream.ClassBit:
		start := len(dst)
		return jsonNumber(c.AppendText(dst, v.Raw), start)
	case stream.ClassJSON:
		if document, valid := stream.AppendJSONDocument(dst, v.Raw); valid {
			return document
		}
		return appendString(dst, v.Raw)
	case stream.ClassBinary:
		dst = append(dst, '"')
		dst = base64.StdEncoding.AppendEncode(dst, v.Raw)
		return append(dst, '"')
	}
	if c.IsUTF8() {
		return appendString(dst, v.Raw)
	}
	start := len(dst)
	dst = c.AppendText(dst, v.Raw)
	text := append([]byte(nil), dst[start:]...)
	return appendString(dst[:start], text)
}

// jsonNumber makes dst[start:], a number as MySQL prints it, one of JSON: it
// takes off the zeros of ZEROFILL. What is no number becomes a string.
func jsonNumber(dst []byte, start int) []byte {
	at := start
	if at < len(dst) && dst[at] == '-' {
		at++
	}
	zeros := at
	for zeros+1 < len(dst) && dst[zeros] == '0' && isDigit(dst[zeros+1]) {
		zeros++
	}
	dst = append(dst[:at], dst[zeros:]...)
	if !isNumber(dst[at:]) {
		return appendString(dst[:start], append([]byte(nil), dst[start:]...))
	}
	return dst
}

// isNumber reports whether b is an unsigned JSON number.
func isNumber(b []byte) bool {
	b, ok := digits(b)
	if ok && len(b) > 0 && b[0] == '.' {
		b, ok = digits(b[1:])
	}
	if ok && len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
			b = b[1:]
		}
		b, ok = digits(b)
	}
	return ok && len(b) == 0
}

// digits takes the digits off b, of which there has to be one.
func digits(b []byte) ([]byte, bool) {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	return b[n:], n > 0
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
