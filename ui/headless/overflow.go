package headless

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"vtscope/stream"
)

// An overflow lets what prints of a large value go to a file while it is being
// printed, so that it is never in memory as a whole: a text may print as six
// times its size.
type overflow struct {
	// flush moves the bytes that are printed so far away where they are many,
	// and gives the buffer to go on with; nil lets them grow.
	flush   func(dst []byte) []byte
	scratch []byte
}

// largeValue is how many bytes a value has that is printed by segments. It is a
// variable for tests.
var largeValue = 1 << 20

// segmentSize is how much of a large value is printed at a time; three bytes are
// four characters in base64. It is a variable for tests.
var segmentSize = 3 << 16

// isLarge goes by the value as it came: what is printed to be compared is not.
func isLarge(raw []byte) bool { return len(raw) >= largeValue }

// anyLarge reports whether a value of an image is large.
func anyLarge(values []stream.Value) bool {
	for i := range values {
		if isLarge(values[i].Raw) {
			return true
		}
	}
	return false
}

// text appends a text by segments that begin with a character of their own.
func (o *overflow) text(dst, text []byte, add func(dst, segment []byte) []byte) []byte {
	return o.segments(dst, text, textSegment, add)
}

// bytes appends bytes, by segments where they are many.
func (o *overflow) bytes(dst, raw []byte, add func(dst, segment []byte) []byte) []byte {
	if !isLarge(raw) {
		return add(dst, raw)
	}
	return o.segments(dst, raw, func(b []byte) int { return min(len(b), segmentSize) }, add)
}

// decoded appends the text of a large value that is no UTF-8 as it comes.
func (o *overflow) decoded(dst []byte, c *stream.Column, raw []byte, add func(dst, segment []byte) []byte) []byte {
	eachPart(c, raw, &o.scratch, func(text []byte) { dst = o.text(dst, text, add) })
	o.scratch = emptied(o.scratch)
	return dst
}

// eachPart hands over the text of a value that is no UTF-8 as it comes, as little
// at a time as its character set allows.
func eachPart(c *stream.Column, raw []byte, scratch *[]byte, take func(text []byte)) {
	if c.Class == stream.ClassJSON {
		document, _ := stream.JSONDocument(raw)
		take(document)
		return
	}
	for len(raw) > 0 {
		n := c.TextPart(raw, segmentSize)
		*scratch = c.AppendText(slices.Grow((*scratch)[:0], n+n/8), raw[:n])
		take(*scratch)
		raw = raw[n:]
	}
}

func (o *overflow) segments(dst, raw []byte, next func([]byte) int, add func(dst, segment []byte) []byte) []byte {
	for len(raw) > 0 {
		n := next(raw)
		dst = add(dst, raw[:n])
		raw = raw[n:]
		if o.flush != nil {
			dst = o.flush(dst)
		}
	}
	return dst
}

// textSegment says how long the first segment of a text is: what follows begins
// with a letter or a digit, where there is one near, so that no mark, no emoji
// and no line break is torn apart.
func textSegment(text []byte) int {
	if len(text) <= segmentSize {
		return len(text)
	}
	whole := segmentSize
	for at := segmentSize; at > max(0, segmentSize-4096); at-- {
		if !utf8.RuneStart(text[at]) {
			continue
		}
		r, _ := utf8.DecodeRune(text[at:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return at
		}
		if !utf8.RuneStart(text[whole]) || text[whole] == '\n' {
			whole = at
		}
	}
	return whole
}
