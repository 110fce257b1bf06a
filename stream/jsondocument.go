package stream

import (
	"bytes"
	"unicode/utf8"
)

// AppendJSONDocument appends a JSON column's value as MySQL prints it, and
// reports whether it is JSON at all; where it is not, dst comes back as it was.
// The copy sends what MySQL prints. The binlog's form has its keys in the order
// of their bytes, where MySQL orders them by length first, and may be broken
// where it holds what VTTablet cannot decode.
func AppendJSONDocument(dst, raw []byte) ([]byte, bool) {
	if isMySQLJSON(raw) {
		return append(dst, raw...), true
	}
	node, ok := parseJSON(raw)
	if !ok {
		return dst, false
	}
	node.sort()
	return node.appendTo(dst), true
}

// JSONDocument is AppendJSONDocument without a copy where there is no need: it
// gives raw itself where that is as MySQL prints it, or no JSON at all.
func JSONDocument(raw []byte) (document []byte, valid bool) {
	if isMySQLJSON(raw) {
		return raw, true
	}
	if document, valid = AppendJSONDocument(make([]byte, 0, len(raw)), raw); !valid {
		return raw, false
	}
	return document, true
}

func isMySQLJSON(raw []byte) bool {
	s := jsonScanner{b: raw}
	return s.value(0) && s.i == len(raw)
}

// maxJSONDepth bounds recursion; MySQL's own documents end at 100.
const maxJSONDepth = 500

// A jsonScanner walks a document that is in MySQL's form already: keys in
// order, one space after ':' and ',', strings with MySQL's escapes. It gives up
// on everything else.
type jsonScanner struct {
	b []byte
	i int
}

func (s *jsonScanner) value(depth int) bool {
	if s.i >= len(s.b) || depth > maxJSONDepth {
		return false
	}
	switch c := s.b[s.i]; c {
	case '{':
		return s.object(depth)
	case '[':
		return s.array(depth)
	case '"':
		_, ok := s.str()
		return ok
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	default:
		n := numberLength(s.b[s.i:])
		s.i += n
		return n > 0 && isMySQLNumber(s.b[s.i-n:s.i])
	}
}

func (s *jsonScanner) object(depth int) bool {
	s.i++
	if s.word("}") {
		return true
	}
	var last []byte
	for first := true; ; first = false {
		key, ok := s.str()
		if !ok || bytes.IndexByte(key, '\\') >= 0 || !first && compareKeys(last, key) >= 0 {
			return false
		}
		last = key
		if !s.word(": ") || !s.value(depth+1) {
			return false
		}
		if s.word("}") {
			return true
		}
		if !s.word(", ") {
			return false
		}
	}
}

func (s *jsonScanner) array(depth int) bool {
	s.i++
	if s.word("]") {
		return true
	}
	for {
		if !s.value(depth + 1) {
			return false
		}
		if s.word("]") {
			return true
		}
		if !s.word(", ") {
			return false
		}
	}
}

// str walks a string and gives what stands between its quotes.
func (s *jsonScanner) str() ([]byte, bool) {
	if s.i >= len(s.b) || s.b[s.i] != '"' {
		return nil, false
	}
	start := s.i + 1
	for i := start; i < len(s.b); {
		switch c := s.b[i]; {
		case c == '"':
			s.i = i + 1
			return s.b[start:i], true
		case c == '\\':
			n := escapeLength(s.b[i:])
			if n == 0 {
				return nil, false
			}
			i += n
		case c < ' ':
			return nil, false
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRune(s.b[i:])
			if r == utf8.RuneError && size == 1 {
				return nil, false
			}
			i += size
		}
	}
	return nil, false
}

// escapeLength is that of an escape as MySQL writes it, 0 for any other.
func escapeLength(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', 'b', 'f', 'n', 'r', 't':
		return 2
	}
	// \u00 with lower-case digits, for the control characters without a letter
	if len(b) >= 6 && string(b[1:4]) == "u00" && (b[4] == '0' || b[4] == '1') && isLowerHex(b[5]) {
		if c := unhex(b[4])<<4 | unhex(b[5]); bytes.IndexByte([]byte("\b\f\n\r\t"), c) < 0 {
			return 6
		}
	}
	return 0
}

func isLowerHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }

// word takes text if it comes next.
func (s *jsonScanner) word(text string) bool {
	if len(s.b)-s.i < len(text) || string(s.b[s.i:s.i+len(text)]) != text {
		return false
	}
	s.i += len(text)
	return true
}

// compareKeys orders an object's keys as MySQL does: by length, then by bytes.
func compareKeys(a, b []byte) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return bytes.Compare(a, b)
}
