package filter

import (
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A phrase is the part of an expression before the word at a caret.
type phrase struct {
	text   string
	tokens []token
}

// A subject is the name that a value is compared with.
type subject struct {
	name string // "" where there is none
	// image says that before. or after. stands before the name.
	image bool
	// nullSafe says that it is compared by <=>.
	nullSafe bool
}

// spelled gives a token as it was written, "" before the first.
func (ph phrase) spelled(i int) string {
	if i < 0 {
		return ""
	}
	return ph.text[ph.tokens[i].start:ph.tokens[i].end]
}

func (ph phrase) isWord(i int, words ...string) bool {
	return slices.Contains(words, strings.ToLower(ph.spelled(i)))
}

func (ph phrase) isImage(i int) bool { return ph.isWord(i, "before", "after") }

// endsInBlank reports whether a blank stands before the caret.
func (ph phrase) endsInBlank() bool {
	return ph.text != "" && strings.IndexByte(" \t\r\n", ph.text[len(ph.text)-1]) >= 0
}

// endsOperand reports whether an operand can end with a token: a name, a
// literal, a closing parenthesis, but no keyword that asks for more.
func (ph phrase) endsOperand(i int) bool {
	if i < 0 {
		return false
	}
	t := ph.tokens[i]
	if isLiteralToken(t) || t.kind == ')' {
		return true
	}
	return t.isName(ph.text) && !ph.isWord(i, "and", "or", "xor", "not", "is", "in", "like", "regexp", "rlike", "between", "case", "when", "then",
		"else", "div", "mod", "binary", "as", "collate", "escape", "interval", "using", "from")
}

func isLiteralToken(t token) bool {
	switch t.kind {
	case sqlparser.STRING, sqlparser.NCHAR_STRING, sqlparser.INTEGRAL, sqlparser.DECIMAL, sqlparser.FLOAT, sqlparser.HEX,
		sqlparser.HEXNUM, sqlparser.BITNUM, sqlparser.BIT_LITERAL, sqlparser.NULL, sqlparser.TRUE, sqlparser.FALSE:
		return true
	}
	return false
}

// wordsNext gives the words that can follow; it knows none where an operand
// can.
func (ph phrase) wordsNext() (words []word, knows bool) {
	last := len(ph.tokens) - 1
	switch {
	case ph.isWord(last-1, "interval"):
		return units, true
	case ph.endsOperand(last):
		if ph.isCompared() {
			words = append(words, connectiveWords...)
		} else {
			words = append(append(words, comparisonWords...), connectiveWords...)
		}
		if ph.isInCase() {
			words = append(words, caseWords...)
		}
		return words, true
	case ph.isWord(last, "is"), ph.isWord(last, "not") && ph.isWord(last-1, "is"):
		words = truthWords
		if ph.isWord(last, "is") {
			words = append([]word{{"not null", ""}}, words...)
		}
		return words, true
	case ph.isWord(last, "not") && ph.endsOperand(last-1):
		return negatedWords, true
	case ph.isWord(last, "in", "as", "collate", "escape", "interval", "using", "from"):
		return nil, true
	}
	return nil, false
}

// isCompared reports whether the last operand is the right side of a
// comparison, or a condition by itself.
func (ph phrase) isCompared() bool {
	last := len(ph.tokens) - 1
	for i := last; i >= 0; i-- {
		if ph.tokens[i].kind == ')' {
			open := ph.opening(i)
			if i == last && (!ph.endsOperand(open-1) || ph.isWord(open-1, "changed")) {
				return true
			}
			i = open
			continue
		}
		switch {
		case ph.isComparison(i), ph.isWord(i, "is", "in"):
			return true
		case ph.isWord(i, "and") && ph.isWord(i-2, "between"):
			return true
		case ph.tokens[i].kind == '(', ph.tokens[i].kind == ',', ph.isWord(i, "and", "or", "xor", "when", "then", "else", "case"):
			return false
		}
	}
	return false
}

// opening finds the parenthesis that a closing one closes, -1 where there is none.
func (ph phrase) opening(i int) int {
	for depth := 0; i >= 0; i-- {
		switch ph.tokens[i].kind {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// isInCase reports whether a CASE has no END yet.
func (ph phrase) isInCase() bool {
	open := 0
	for i := range ph.tokens {
		switch {
		case ph.isWord(i, "case"):
			open++
		case ph.isWord(i, "end"):
			open--
		}
	}
	return open > 0
}

// isComparison reports whether a token compares what stands before it with what
// follows.
func (ph phrase) isComparison(i int) bool {
	if i < 0 {
		return false
	}
	switch ph.tokens[i].kind {
	case '=', '<', '>', sqlparser.LE, sqlparser.GE, sqlparser.NE, sqlparser.NULL_SAFE_EQUAL:
		return true
	}
	return ph.isWord(i, "like", "regexp", "rlike", "between")
}

// subject gives the name with which the operand that follows is compared.
func (ph phrase) subject() subject {
	i := ph.operator()
	if i < 0 {
		return subject{}
	}
	s := subject{nullSafe: ph.tokens[i].kind == sqlparser.NULL_SAFE_EQUAL}
	i--
	if ph.isWord(i, "not") {
		i--
	}
	if !ph.endsOperand(i) || !ph.tokens[i].isName(ph.text) {
		return subject{}
	}
	s.name = ph.tokens[i].text
	if i > 0 && ph.tokens[i-1].kind == '.' {
		s.image = ph.isImage(i - 2)
		if !s.image {
			return subject{}
		}
	}
	return s
}

// operator finds the comparison that the operand to come belongs to, -1 where
// there is none.
func (ph phrase) operator() int {
	last := len(ph.tokens) - 1
	switch {
	case ph.isComparison(last):
		return last
	case ph.isWord(last, "and") && ph.isWord(last-2, "between"):
		return last - 2
	}
	// A list that is being typed: "in (1, 2,".
	i := last
	for i >= 0 && (ph.tokens[i].kind == ',' || ph.tokens[i].kind == '-' || isLiteralToken(ph.tokens[i])) {
		i--
	}
	if i >= 0 && ph.tokens[i].kind == '(' && ph.isWord(i-1, "in") {
		return i - 1
	}
	return -1
}
