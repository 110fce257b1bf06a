package filter

// A memberScan looks for a value in the text of a document. It accepts less
// than the engine does, but reads what it accepts as the engine does: the last
// of equal keys counts.
type memberScan struct {
	text  []byte
	at    int
	path  []leg
	found []byte
}

// deepest is how deep the documents nest that are looked through.
const deepest = 100

// findMember gives the text of the value at a path, nil where there is none. It
// reports false in known for a document that it does not understand all of.
func findMember(document []byte, path []leg) (value []byte, known bool) {
	s := memberScan{text: document, path: path}
	s.space()
	if !s.value(0, 0) {
		return nil, false
	}
	s.space()
	return s.found, s.at == len(s.text)
}

// next gives the next byte, 0 at the end.
func (s *memberScan) next() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *memberScan) space() {
	for s.at < len(s.text) && s.text[s.at] <= ' ' {
		switch s.text[s.at] {
		case ' ', '\n', '\t', '\r':
			s.at++
		default:
			return
		}
	}
}

// off is the level of values that are not on the way to the one looked for.
const off = -1

// leg gives the leg that leads on from a level, nil where none does.
func (s *memberScan) leg(level int) *leg {
	if level == off || level == len(s.path) {
		return nil
	}
	return &s.path[level]
}

// value reads a value, false where it does not understand it. Its level is how
// many legs of the path lead to it.
func (s *memberScan) value(level, depth int) (ok bool) {
	start := s.at
	if s.next() != '[' {
		level = s.wrapped(level)
	}
	switch s.next() {
	case '{':
		ok = depth < deepest && s.object(level, depth+1)
	case '[':
		ok = depth < deepest && s.array(level, depth+1)
	case '"':
		_, ok = s.quoted()
	case 't':
		ok = s.word("true")
	case 'f':
		ok = s.word("false")
	case 'n':
		ok = s.word("null")
	default:
		ok = s.number()
	}
	if level == len(s.path) {
		s.found = s.text[start:s.at]
	}
	return ok
}

// wrapped gives the level of what is no array, whose [0] is the value itself.
func (s *memberScan) wrapped(level int) int {
	for leg := s.leg(level); leg != nil && leg.isIndex && leg.index == 0; leg = s.leg(level) {
		level++
	}
	return level
}

func (s *memberScan) object(level, depth int) bool {
	s.at++
	if s.space(); s.next() == '}' {
		s.at++
		return true
	}
	leg := s.leg(level)
	for {
		inner := off
		key, ok := s.key()
		if !ok {
			return false
		}
		if leg != nil && !leg.isIndex {
			switch {
			case key == nil:
				return false
			case string(key) == leg.key:
				inner, s.found = level+1, nil
			}
		}
		if !s.value(inner, depth) {
			return false
		}
		if more, ok := s.more('}'); !more {
			return ok
		}
	}
}

// key reads a key and the colon after it; the key is nil where it has escapes.
func (s *memberScan) key() (key []byte, ok bool) {
	if s.next() != '"' {
		return nil, false
	}
	start := s.at + 1
	plain, ok := s.quoted()
	if !ok {
		return nil, false
	}
	if plain {
		key = s.text[start : s.at-1]
	}
	if s.space(); s.next() != ':' {
		return nil, false
	}
	s.at++
	s.space()
	return key, true
}

func (s *memberScan) array(level, depth int) bool {
	s.at++
	if s.space(); s.next() == ']' {
		s.at++
		return true
	}
	leg := s.leg(level)
	for index := 0; ; index++ {
		inner := off
		if leg != nil && leg.isIndex && leg.index == index {
			inner = level + 1
		}
		if !s.value(inner, depth) {
			return false
		}
		if more, ok := s.more(']'); !more {
			return ok
		}
	}
}

// more reads a comma, or what ends an object or an array.
func (s *memberScan) more(end byte) (more, ok bool) {
	s.space()
	c := s.next()
	if c != ',' && c != end {
		return false, false
	}
	s.at++
	s.space()
	return c == ',', true
}

// quoted reads a text in quotes. It is plain where it has no escapes.
func (s *memberScan) quoted() (plain, ok bool) {
	plain = true
	for i := s.at + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '"':
			s.at = i + 1
			return plain, true
		case '\\':
			plain = false
			i++
		}
	}
	return false, false
}

func (s *memberScan) word(word string) bool {
	end := s.at + len(word)
	if end > len(s.text) || string(s.text[s.at:end]) != word {
		return false
	}
	s.at = end
	return true
}

// What number takes at most, in bytes: one of more may be too large for
// MySQL, which the whole document's parser says.
const (
	longestNumber   = 200
	longestExponent = len("99")
)

// number reads a number as JSON has them.
func (s *memberScan) number() bool {
	start := s.at
	if s.next() == '-' {
		s.at++
	}
	zero := s.next() == '0'
	first := s.at
	if !s.digits() || zero && s.at > first+1 {
		return false
	}
	if s.next() == '.' {
		if s.at++; !s.digits() {
			return false
		}
	}
	if c := s.next(); c != 'e' && c != 'E' {
		return s.at-start <= longestNumber
	}
	s.at++
	if c := s.next(); c == '+' || c == '-' {
		s.at++
	}
	exponent := s.at
	return s.digits() && s.at-exponent <= longestExponent && s.at-start <= longestNumber
}

func (s *memberScan) digits() bool {
	start := s.at
	for s.at < len(s.text) && s.text[s.at]-'0' <= 9 {
		s.at++
	}
	return s.at > start
}
