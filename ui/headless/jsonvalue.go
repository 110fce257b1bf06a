package headless

import (
	"encoding/base64"
	"unicode/utf8"

	"vtscope/stream"
)

// value appends a value that the image shows.
func (j *jsonLines) value(dst []byte, c *stream.Column, v stream.Value) []byte {
	if v.State == stream.Null {
		return append(dst, "null"...)
	}
	switch c.Class {
	case stream.ClassInteger, stream.ClassFloat, stream.ClassBit:
		start := len(dst)
		return jsonNumber(c.AppendText(dst, v.Raw), start)
	case stream.ClassJSON:
		if isLarge(v.Raw) {
			return j.largeDocument(dst, c, v.Raw)
		}
		start := len(dst)
		if document, valid := stream.AppendJSONDocument(dst, v.Raw); valid {
			return j.escapeFrom(document, start)
		}
		j.tellBroken(c)
		return appendString(dst, v.Raw)
	case stream.ClassBinary:
		return append(j.large.bytes(append(dst, '"'), v.Raw, base64.StdEncoding.AppendEncode), '"')
	}
	switch large := isLarge(v.Raw); {
	case large && c.IsUTF8():
		return append(j.large.text(append(dst, '"'), v.Raw, appendStringPart), '"')
	case large:
		return append(j.large.decoded(append(dst, '"'), c, v.Raw, appendStringPart), '"')
	case c.IsUTF8():
		return appendString(dst, v.Raw)
	}
	j.scratch = c.AppendText(j.scratch[:0], v.Raw)
	return appendString(dst, j.scratch)
}

// largeDocument appends a document by segments.
func (j *jsonLines) largeDocument(dst []byte, c *stream.Column, raw []byte) []byte {
	document, valid := stream.JSONDocument(raw)
	if valid {
		return j.large.text(dst, document, func(dst, part []byte) []byte {
			return j.escapeFrom(append(dst, part...), len(dst))
		})
	}
	j.tellBroken(c)
	return append(j.large.text(append(dst, '"'), raw, appendStringPart), '"')
}

// tellBroken tells once of a column that it holds what is no JSON.
func (j *jsonLines) tellBroken(c *stream.Column) {
	if j.broken[c] || j.problem == nil {
		return
	}
	j.broken[c] = true
	j.problem(j.shard, "a value of "+j.table.Name+"."+c.Name+" is no JSON as the tablet sends it: such values print as strings")
}

// escapeFrom writes the characters of dst[start:], a document, that no line
// should hold as JSON's escapes; they stand in strings only.
func (j *jsonLines) escapeFrom(dst []byte, start int) []byte {
	at := start + unsafeAt(dst[start:])
	if at == len(dst) {
		return dst
	}
	j.scratch = append(j.scratch[:0], dst[at:]...)
	dst = dst[:at]
	for rest := j.scratch; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		dst = appendRuneEscape(dst, r)
		rest = rest[size:]
		n := unsafeAt(rest)
		dst, rest = append(dst, rest[:n]...), rest[n:]
	}
	return dst
}

// EscapeJSON writes, in a JSON text, the characters that no line should hold as
// JSON's escapes; they stand in strings only.
func EscapeJSON(text []byte) []byte {
	var j jsonLines
	return j.escapeFrom(text, 0)
}

// unsafeAt finds the first character that needs an escape in valid JSON, the
// end where there is none.
func unsafeAt(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] < 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if stream.IsUnsafe(r) {
			return i
		}
		i += size
	}
	return len(b)
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
	if !stream.IsNumber(dst[at:]) {
		return appendString(dst[:start], append([]byte(nil), dst[start:]...))
	}
	return dst
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
