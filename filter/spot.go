package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A spot finds where the text has something. The tree does not say: it is
// looked for among the tokens, once there is something to say about it.
type spot func() (start, end int)

// whole is the spot of the expression as a whole.
func (c *checker) whole() (start, end int) { return 0, len(c.text) }

// word is the spot of the first of some words.
func (c *checker) word(words ...string) spot {
	return func() (start, end int) {
		for _, t := range c.tokens {
			for _, word := range words {
				if t.is(word) && t.isName(c.text) {
					return t.start, t.end
				}
			}
		}
		return c.whole()
	}
}

// literalSpot is the spot of a text or a number, else another.
func (c *checker) literalSpot(text string, other spot) spot {
	return func() (start, end int) {
		for _, t := range c.tokens {
			if isLiteralToken(t) && t.text == text {
				return t.start, t.end
			}
		}
		return other()
	}
}

// comma is the spot of the first comma, for lists.
func (c *checker) comma() (start, end int) {
	for _, t := range c.tokens {
		if t.kind == ',' {
			return t.start, t.end
		}
	}
	return c.whole()
}

// spellings are the other ways to write a function that the parser does not
// tell apart.
var spellings = map[string][]string{
	"adddate":      {"interval"},
	"convert":      {"binary"},
	"locate":       {"position"},
	"substring":    {"substr", "mid"},
	"json_extract": {"->", "->>"},
	"json_unquote": {"->>"},
	"stddev":       {"std"},
	"member of":    {"member"},
}

// callSpot is the spot of a function's name where it is called for the nth time.
func (c *checker) callSpot(name string, nth int) spot {
	return func() (start, end int) {
		start, end = c.whole()
		seen := 0
		for i, t := range c.tokens {
			if !c.isCall(i, name) {
				continue
			}
			start, end = t.start, t.end
			if seen == nth {
				break
			}
			seen++
		}
		return start, end
	}
}

// isCall reports whether a token can be what a function was recognized by.
func (c *checker) isCall(i int, name string) bool {
	t := c.tokens[i]
	called := i+1 < len(c.tokens) && c.tokens[i+1].kind == '('
	written := strings.ToLower(t.written(c.text))
	if written == name && (called || t.kind != sqlparser.ID) {
		return true
	}
	for _, other := range spellings[name] {
		if written == other {
			return true
		}
	}
	return false
}
