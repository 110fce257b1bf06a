package stream

import "strings"

// withoutLiterals is a statement with a ? for each number and each text in it, and without
// its comments: what is left are keywords and names.
func withoutLiterals(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		end, kind := scanPiece(text, i)
		switch kind {
		case pieceLiteral:
			b.WriteByte('?')
		case pieceComment:
			b.WriteByte(' ')
		default:
			b.WriteString(text[i:end])
		}
		i = end
	}
	return b.String()
}

// Kinds of pieces of a statement.
const (
	pieceOther = iota
	pieceLiteral
	pieceComment
)

// scanPiece finds the end of the piece of a statement that begins at i. What is not closed
// goes to the end.
func scanPiece(text string, i int) (end, kind int) {
	rest := text[i:]
	switch c := rest[0]; {
	case c == '\'' || c == '"':
		return i + quotedEnd(rest), pieceLiteral
	case c == '`':
		if n := strings.IndexByte(rest[1:], '`'); n >= 0 {
			return i + n + 2, pieceOther
		}
		return len(text), pieceOther
	case c == '#' || strings.HasPrefix(rest, "--") && (len(rest) == 2 || rest[2] <= ' '):
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return i + n, pieceComment
		}
		return len(text), pieceComment
	case strings.HasPrefix(rest, "/*"):
		if n := strings.Index(rest[2:], "*/"); n >= 0 {
			return i + n + 4, pieceComment
		}
		return len(text), pieceComment
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		n := 1
		for n < len(rest) && (isWordByte(rest[n]) || rest[n] == '.' || (rest[n] == '-' || rest[n] == '+') && (rest[n-1] == 'e' || rest[n-1] == 'E')) {
			n++
		}
		return i + n, pieceLiteral
	case isWordByte(c):
		n := 1
		for n < len(rest) && isWordByte(rest[n]) {
			n++
		}
		// x'1f', b'01', n'text', _utf8mb4'text': the word belongs to what is quoted.
		if n < len(rest) && rest[n] == '\'' && (n == 1 && strings.IndexByte("xXbBnN", c) >= 0 || c == '_') {
			return i + n + quotedEnd(rest[n:]), pieceLiteral
		}
		return i + n, pieceOther
	}
	return i + 1, pieceOther
}

// quotedEnd is where the quoted text at the start ends. A quote within is doubled. What a
// backslash before one means depends on MySQL's mode, so that nobody knows where the text
// ends: then all the rest is left out.
func quotedEnd(text string) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == quote:
			return len(text)
		case text[i] == '\\':
			i++
		case text[i] == quote && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWordByte reports whether a byte belongs to a word; those of other scripts do.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z'
}
