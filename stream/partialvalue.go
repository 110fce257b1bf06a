package stream

import "bytes"

// value reads a value as Vitess writes JSON in SQL (MarshalSQLTo in
// go/mysql/json/marshal.go). Opaque values other than dates and times are
// refused: their text in JSON does not follow from what is written.
func (p *partialParser) value(depth int) (*jsonNode, bool) {
	switch {
	case depth > maxJSONDepth:
		return nil, false
	case p.word("JSON_OBJECT("):
		return p.members('{', depth)
	case p.word("JSON_ARRAY("):
		return p.members('[', depth)
	case p.word("CAST(JSON_QUOTE("):
		node, ok := p.value(depth + 1)
		return node, ok && p.word(") as JSON)")
	case p.word("CAST("):
		return p.cast(depth)
	case p.word("_utf8mb4"), p.word("date "), p.word("timestamp "):
		text, ok := p.quoted()
		return &jsonNode{kind: '"', text: text}, ok
	case p.word("time "):
		text, ok := p.quoted() // empty where VTTablet could not decode it
		return &jsonNode{kind: '"', text: text}, ok && len(text) > 0
	case p.word("true"):
		return &jsonNode{kind: 'v', text: []byte("true")}, true
	case p.word("false"):
		return &jsonNode{kind: 'v', text: []byte("false")}, true
	case p.word("null"):
		return &jsonNode{kind: 'v', text: []byte("null")}, true
	}
	n := numberLength(p.b[p.i:])
	p.i += n
	return &jsonNode{kind: 'v', text: mysqlNumber(p.b[p.i-n : p.i])}, n > 0
}

// cast reads what follows "CAST(": a literal as it stands in JSON, in quotes,
// or a value in SQL.
func (p *partialParser) cast(depth int) (*jsonNode, bool) {
	for _, literal := range []string{"true", "false", "null"} {
		if p.word("_utf8mb4'" + literal + "' as JSON)") {
			return &jsonNode{kind: 'v', text: []byte(literal)}, true
		}
	}
	if bytes.HasPrefix(p.b[p.i:], []byte("_")) {
		return nil, false
	}
	node, ok := p.value(depth + 1)
	return node, ok && p.word(" as JSON)")
}

// members reads the arguments of JSON_OBJECT and JSON_ARRAY.
func (p *partialParser) members(kind byte, depth int) (*jsonNode, bool) {
	node := &jsonNode{kind: kind}
	for !p.word(")") {
		if len(node.members) > 0 && !p.word(", ") {
			return nil, false
		}
		var entry jsonEntry
		var ok bool
		if kind == '{' {
			if !p.word("_utf8mb4") {
				return nil, false
			}
			if entry.key, ok = p.quoted(); !ok || !p.word(", ") {
				return nil, false
			}
		}
		if entry.node, ok = p.value(depth + 1); !ok {
			return nil, false
		}
		node.members = append(node.members, entry)
	}
	return node, true
}

// quoted reads a string as Vitess quotes it for MySQL (SQLEncodeMap in
// go/sqltypes/value.go).
func (p *partialParser) quoted() ([]byte, bool) {
	if !p.word("'") {
		return nil, false
	}
	text := []byte{}
	for ; p.i < len(p.b); p.i++ {
		switch c := p.b[p.i]; {
		case c == '\'':
			p.i++
			return text, true
		case c == '\\' && p.i+1 < len(p.b):
			p.i++
			text = appendSQLEscape(text, p.b[p.i])
		default:
			text = append(text, c)
		}
	}
	return nil, false
}

// appendSQLEscape appends what a backslash and c stand for in MySQL's strings.
func appendSQLEscape(dst []byte, c byte) []byte {
	switch c {
	case '0':
		return append(dst, 0)
	case 'b':
		return append(dst, '\b')
	case 'n':
		return append(dst, '\n')
	case 'r':
		return append(dst, '\r')
	case 't':
		return append(dst, '\t')
	case 'Z':
		return append(dst, 0x1a)
	case '%', '_': // the only ones that keep their backslash
		return append(dst, '\\', c)
	}
	return append(dst, c)
}
