package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// placeKind says what can stand at a caret.
type placeKind uint8

const (
	placeUnknown placeKind = iota
	placeOperand           // a column, a function, a literal
	placeColumn            // a column only: after before. and after., within changed(
	placeValue             // what a name is compared with; without a quote, an operand too
	placeWord              // one of some words: what follows an operand, or IS
)

// A place is what an expression has at a caret. It is found in the tokens
// before it, because unfinished text has no tree.
type place struct {
	kind placeKind
	// start and end bound the word at the caret, of which word is the part
	// before it: of a string, its text.
	start, end int
	word       string
	// quoted says that the word is a string.
	quoted bool
	// subject is what a placeValue is compared with.
	subject subject
	// words are what a placeWord can hold.
	words []word
}

// readPlace finds out what stands at a caret.
func readPlace(text string, caret int) place {
	p := place{start: caret, end: caret}
	tokens := scanTokens(text[:caret])
	open, isOpen := openQuote(text, tokens)
	if isOpen {
		tokens = tokens[:len(tokens)-1]
		p.start, p.end, p.word = open.start, endOfQuoted(text, open, caret), open.text
		p.quoted = text[open.start] != '`'
	} else {
		for p.start > 0 && isWordByte(text[p.start-1]) {
			p.start--
		}
		for p.end < len(text) && isWordByte(text[p.end]) {
			p.end++
		}
		p.word = text[p.start:caret]
		tokens = scanTokens(text[:p.start])
	}
	p.read(phrase{text[:p.start], tokens})
	if p.quoted && p.kind != placeValue || isOpen && p.kind == placeWord {
		p.kind = placeUnknown
	}
	return p
}

// openQuote gives the string or quoted name in which tokens end.
func openQuote(text string, tokens []token) (token, bool) {
	if len(tokens) == 0 {
		return token{}, false
	}
	last := tokens[len(tokens)-1]
	return last, last.kind == sqlparser.LEX_ERROR && strings.IndexByte("'\"`", text[last.start]) >= 0
}

// endOfQuoted finds where a string ends that is open at the caret. Where the
// quotes of the whole text do not pair, the one before the caret has no partner.
func endOfQuoted(text string, open token, caret int) int {
	tokens := scanTokens(text)
	if _, unpaired := openQuote(text, tokens); unpaired {
		return caret
	}
	for _, t := range tokens {
		if t.start == open.start {
			return t.end
		}
	}
	return caret
}

// read tells what can follow a phrase.
func (p *place) read(before phrase) {
	last := len(before.tokens) - 1
	if last < 0 {
		p.kind = placeOperand
		return
	}
	switch before.tokens[last].kind {
	case sqlparser.LEX_ERROR, sqlparser.JSON_EXTRACT_OP, sqlparser.JSON_UNQUOTE_EXTRACT_OP:
		return
	case '.':
		if before.isImage(last - 1) {
			p.kind = placeColumn
		}
		return
	}
	words, knows := before.wordsNext()
	switch {
	case knows:
		// Words that would touch what is before them are for later.
		if p.word != "" || before.endsInBlank() {
			p.kind, p.words = placeWord, words
		}
	case before.tokens[last].kind == '(' && before.isWord(last-1, "changed"):
		p.kind = placeColumn
	default:
		p.kind = placeOperand
		if p.subject = before.subject(); p.subject.name != "" {
			p.kind = placeValue
		}
	}
}
