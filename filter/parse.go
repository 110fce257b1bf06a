package filter

import (
	"fmt"
	"unicode/utf8"

	"vitess.io/vitess/go/vt/sqlparser"
)

// checkLength keeps what is far too long from everything else.
func checkLength(text string) error {
	if len(text) <= maxText {
		return nil
	}
	return &Error{
		Text: text, Problem: fmt.Sprintf("the expression has %d bytes", len(text)), Hint: fmt.Sprintf("at most %d are taken", maxText),
	}
}

// checkText finds what needs no parser.
func checkText(text string, tokens []token) error {
	fail := func(start, end int, problem, hint string) error {
		return &Error{Text: text, Start: start, End: end, Problem: problem, Hint: hint}
	}
	if i := invalidUTF8(text); i >= 0 {
		return fail(i, i+1, "this byte is no valid UTF-8", "")
	}
	if len(tokens) == 0 {
		return fail(len(text), len(text), "the expression is empty", "write a condition such as id = 42")
	}
	var open []token
	for i, t := range tokens {
		switch t.kind {
		case sqlparser.LEX_ERROR:
			problem, hint := unreadable(text, t)
			return fail(t.start, t.end, problem, hint)
		case '(':
			open = append(open, t)
		case ')':
			if len(open) == 0 {
				return fail(t.start, t.end, "this ) closes nothing", "")
			}
			open = open[:len(open)-1]
		case '~':
			if i > 0 && tokens[i-1].kind == '=' && tokens[i-1].end == t.start {
				return fail(t.start-1, t.end, "=~ is not an operator of MySQL", foreignOperators["=~"])
			}
		case ';':
			return fail(t.start, t.end, "a filter is one expression, not a statement", "leave out the ;")
		case sqlparser.VALUE_ARG, sqlparser.LIST_ARG, sqlparser.OFFSET_ARG:
			return fail(t.start, t.end, "there are no parameters here", "write the value itself")
		case sqlparser.AT_ID, sqlparser.AT_AT_ID:
			return fail(t.start, t.end, "there are no variables here", "write the value itself")
		}
	}
	if len(open) > 0 {
		t := open[len(open)-1]
		return fail(t.start, t.end, "this ( is not closed", "a ) is missing")
	}
	return nil
}

func invalidUTF8(text string) int {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, width := utf8.DecodeRuneInString(text[i:]); width == 1 {
				return i
			}
		}
	}
	return -1
}

// unreadable says why a text is no sequence of tokens.
func unreadable(text string, t token) (problem, hint string) {
	switch c := (text + " ")[t.start]; {
	case isForeignComment(text[t.start:]):
		return "there are no comments of this kind here", "leave it out, or write /* … */"
	case c == '\'', c == '"':
		return "this text has no closing " + text[t.start:t.start+1], ""
	case c == '`':
		return "this name has no closing `", ""
	case c == '/':
		return "this comment has no closing */", ""
	case c >= utf8.RuneSelf:
		return "this cannot be read", "a name with letters beyond a to z is written in backticks, a text in quotes"
	}
	return "this cannot be read", ""
}

// wrapping makes a statement of an expression; parentheses keep a list, an
// alias or a FROM from passing for one.
const wrapping = "select ("

// parse reads the expression's tree.
func parse(text string, tokens []token) (sqlparser.Expr, error) {
	statements, err := parser().ParseMultiple(wrapping + text + "\n)")
	if err != nil {
		return nil, syntaxError(text, tokens, err)
	}
	if len(statements) == 1 {
		if s, ok := statements[0].(*sqlparser.Select); ok && len(s.SelectExprs.Exprs) == 1 {
			if e, ok := s.SelectExprs.Exprs[0].(*sqlparser.AliasedExpr); ok {
				return e.Expr, nil
			}
		}
	}
	return nil, &Error{Text: text, End: len(text), Problem: "this is not one expression"}
}
