package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A token is a word, literal or sign of an expression, with its place in bytes.
type token struct {
	kind       int // as sqlparser numbers them
	text       string
	start, end int
}

// scanTokens takes a text apart, comments left out. It stops at what cannot be
// read, such as a string that does not end; that is the last token, of kind
// LEX_ERROR.
func scanTokens(text string) []token {
	var tokens []token
	scanner := parser().NewStringTokenizer(text)
	scanner.SkipSpecialComments = true
	for end := 0; ; {
		kind, value := scanner.Scan()
		start := end + len(text[end:]) - len(strings.TrimLeft(text[end:], " \t\r\n"))
		end = min(scanner.Pos, len(text))
		switch kind {
		case 0:
			return tokens
		case sqlparser.COMMENT:
			if isForeignComment(value) {
				return append(tokens, token{sqlparser.LEX_ERROR, value, start, end})
			}
			continue
		case sqlparser.LEX_ERROR:
			return append(tokens, token{kind, value, start, len(text)})
		}
		tokens = append(tokens, token{kind, value, start, end})
	}
}

// isForeignComment reports whether Vitess and MySQL differ over a comment: // is
// none in MySQL, and what /*! holds, some versions read.
func isForeignComment(comment string) bool {
	return strings.HasPrefix(comment, "//") || strings.HasPrefix(comment, "/*!")
}

// is reports whether a token is this word or sign, without regard to case.
func (t token) is(word string) bool { return strings.EqualFold(t.text, word) }

// isName reports whether a token can be a name: a word, quoted or not.
func (t token) isName(text string) bool {
	c := text[t.start]
	return c == '`' || c == '_' || c == '$' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

// written gives the token as it was written.
func (t token) written(text string) string { return text[t.start:t.end] }
