package stream

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// A jsonNode is a part of a parsed JSON document.
type jsonNode struct {
	kind    byte        // '{', '[', '"', or 'v' for numbers, true, false and null
	text    []byte      // of a string its content, of a 'v' what is written
	members []jsonEntry // of an object or an array
}

// jsonEntry is an object's member, or an array's element without a key.
type jsonEntry struct {
	key  []byte
	node *jsonNode
}

// parseJSON reads a JSON text, as RFC 8259 has it.
func parseJSON(b []byte) (*jsonNode, bool) {
	p := jsonParser{b: b}
	node, ok := p.value(0)
	p.space()
	return node, ok && p.i == len(b)
}

type jsonParser struct {
	b []byte
	i int
}

func (p *jsonParser) space() {
	for p.i < len(p.b) && (p.b[p.i] == ' ' || p.b[p.i] == '\t' || p.b[p.i] == '\n' || p.b[p.i] == '\r') {
		p.i++
	}
}

// take takes a character if it comes next after space.
func (p *jsonParser) take(c byte) bool {
	p.space()
	if p.i < len(p.b) && p.b[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *jsonParser) value(depth int) (*jsonNode, bool) {
	p.space()
	if p.i >= len(p.b) || depth > maxJSONDepth {
		return nil, false
	}
	switch p.b[p.i] {
	case '{', '[':
		return p.container(depth)
	case '"':
		text, ok := p.str()
		return &jsonNode{kind: '"', text: text}, ok
	}
	if n := numberLength(p.b[p.i:]); n > 0 {
		p.i += n
		return &jsonNode{kind: 'v', text: mysqlNumber(p.b[p.i-n : p.i])}, true
	}
	s := jsonScanner{b: p.b, i: p.i}
	if !s.value(depth) {
		return nil, false
	}
	node := &jsonNode{kind: 'v', text: p.b[p.i:s.i]}
	p.i = s.i
	return node, true
}

func (p *jsonParser) container(depth int) (*jsonNode, bool) {
	node := &jsonNode{kind: p.b[p.i]}
	closing := node.kind + 2 // '}' and ']'
	p.i++
	if p.take(closing) {
		return node, true
	}
	for {
		var entry jsonEntry
		if node.kind == '{' {
			p.space()
			key, ok := p.str()
			if !ok || !p.take(':') {
				return nil, false
			}
			entry.key = key
		}
		value, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		entry.node = value
		node.members = append(node.members, entry)
		if p.take(closing) {
			return node, true
		}
		if !p.take(',') {
			return nil, false
		}
	}
}

// str reads a string and resolves its escapes.
func (p *jsonParser) str() ([]byte, bool) {
	if p.i >= len(p.b) || p.b[p.i] != '"' {
		return nil, false
	}
	text := []byte{}
	for i := p.i + 1; i < len(p.b); {
		switch c := p.b[i]; {
		case c == '"':
			p.i = i + 1
			return text, utf8.Valid(text)
		case c < ' ':
			return nil, false
		case c == '\\':
			n := 0
			if text, n = appendUnescaped(text, p.b[i:]); n == 0 {
				return nil, false
			}
			i += n
		default:
			text = append(text, c)
			i++
		}
	}
	return nil, false
}

// appendUnescaped appends what the escape at the start of b stands for, and
// tells its length, 0 where it is none.
func appendUnescaped(dst, b []byte) ([]byte, int) {
	if len(b) < 2 {
		return dst, 0
	}
	switch b[1] {
	case '"', '\\', '/':
		return append(dst, b[1]), 2
	case 'b':
		return append(dst, '\b'), 2
	case 'f':
		return append(dst, '\f'), 2
	case 'n':
		return append(dst, '\n'), 2
	case 'r':
		return append(dst, '\r'), 2
	case 't':
		return append(dst, '\t'), 2
	}
	r := hexRune(b)
	if r < 0 {
		return dst, 0
	}
	if utf16.IsSurrogate(r) {
		if pair := utf16.DecodeRune(r, hexRune(b[6:])); pair != utf8.RuneError {
			return utf8.AppendRune(dst, pair), 12
		}
		return dst, 0 // half a pair is no character, and MySQL refuses it
	}
	return utf8.AppendRune(dst, r), 6
}

// hexRune reads \uXXXX, -1 where it does not stand there.
func hexRune(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range b[2:6] {
		if !isLowerHex(c) && (c < 'A' || c > 'F') {
			return -1
		}
		r = r<<4 | rune(unhex(c))
	}
	return r
}

// unhex gives the value of a hexadecimal digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}

// sort brings the keys of all objects into MySQL's order.
func (n *jsonNode) sort() {
	if n.kind == '{' {
		slices.SortStableFunc(n.members, func(a, b jsonEntry) int { return compareKeys(a.key, b.key) })
	}
	for _, m := range n.members {
		m.node.sort()
	}
}

// appendTo prints the document as MySQL does.
func (n *jsonNode) appendTo(dst []byte) []byte {
	switch n.kind {
	case '"':
		return appendJSONString(dst, n.text)
	case 'v':
		return append(dst, n.text...)
	}
	dst = append(dst, n.kind)
	for i, m := range n.members {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		if n.kind == '{' {
			dst = append(appendJSONString(dst, m.key), ": "...)
		}
		dst = m.node.appendTo(dst)
	}
	return append(dst, n.kind+2)
}

// appendJSONString quotes text as MySQL does: it escapes quotes, backslashes
// and control characters, nothing else.
func appendJSONString(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			if c < ' ' {
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			} else {
				dst = append(dst, c)
			}
		}
	}
	return append(dst, '"')
}
