package filter

import (
	"errors"
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// syntax explains why the parser stopped: tokens[at] cannot stand there, or
// where at is the number of tokens, something is missing at the end.
type syntax struct {
	phrase
	at int
}

// syntaxError says where the parser stopped and what could stand there.
func syntaxError(text string, tokens []token, err error) error {
	s := syntax{phrase{text, tokens}, len(tokens)}
	var positioned sqlparser.PositionedErr
	if errors.As(err, &positioned) {
		for i, t := range tokens {
			// The parser names the end of the token that it could not use.
			if t.end >= positioned.Pos-1-len(wrapping) {
				s.at = i
				break
			}
		}
	}
	e := &Error{Text: text, Start: len(text), End: len(text)}
	if s.at < len(tokens) {
		e.Start, e.End = tokens[s.at].start, tokens[s.at].end
	}
	for _, rule := range syntaxRules {
		if e.Problem, e.Hint = rule(s); e.Problem != "" {
			break
		}
	}
	return e
}

// syntaxRules are the mistakes that are known, in the order in which they are
// looked for. A rule that does not apply gives no problem; the last one does.
var syntaxRules = []func(syntax) (problem, hint string){
	syntax.foreignOperator, syntax.statement, syntax.afterIs, syntax.list, syntax.unquoted, syntax.unit, syntax.between,
	syntax.openCase, syntax.signature, syntax.end, syntax.afterOperand, syntax.reserved, syntax.beforeOperand,
}

// here is the word at which the parser stopped, "" at the end.
func (s syntax) here() string {
	if s.at == len(s.tokens) {
		return ""
	}
	return s.spelled(s.at)
}

// before reports whether one of some words stands so many tokens before.
func (s syntax) before(n int, words ...string) bool { return s.isWord(s.at-n, words...) }

// cannotFollow is the problem where no better one is known.
func (s syntax) cannotFollow() string {
	if s.at == len(s.tokens) {
		return "the expression ends after " + s.spelled(s.at-1)
	}
	if s.at == 0 {
		return s.here() + " cannot stand at the beginning"
	}
	return s.here() + " cannot follow " + s.spelled(s.at-1)
}

// foreignOperators are those of other languages, with what MySQL has.
var foreignOperators = map[string]string{
	"==": "equality is written =", "===": "equality is written =", "equals": "equality is written =", "eq": "equality is written =",
	"!": "inequality is written <> or !=", "=~": "a regular expression is matched by REGEXP", "~": "a regular expression is matched by REGEXP",
	"matches": "a regular expression is matched by REGEXP", "ilike": "LIKE ignores case where the column's collation does",
	"contains": "write LIKE '%text%'", "startswith": "write LIKE 'text%'", "starts": "write LIKE 'text%'",
	"endswith": "write LIKE '%text'", "ends": "write LIKE '%text'", "has": "write LIKE '%text%'",
	"exists": "write IS NOT NULL", "isnt": "write <>, or IS NOT NULL", "isnot": "write <>, or IS NOT NULL",
}

func (s syntax) foreignOperator() (problem, hint string) {
	word := s.here()
	if s.before(1, "=") && word == "=" {
		word = "=="
	}
	hint, known := foreignOperators[strings.ToLower(word)]
	if !known || s.at == 0 || word != "==" && !s.endsOperand(s.at-1) {
		return "", ""
	}
	return word + " is not an operator of MySQL", hint
}

// statement is about what belongs to a query.
func (s syntax) statement() (problem, hint string) {
	word := strings.ToLower(s.here())
	switch {
	case s.at == 0 && slices.Contains([]string{"where", "select", "from", "having"}, word),
		s.at > 0 && s.endsOperand(s.at-1) && slices.Contains([]string{"from", "where", "order", "group", "limit", "having", "for", "union"}, word):
		return word + " does not belong here", "a filter is only the condition after WHERE"
	}
	return "", ""
}

func (s syntax) afterIs() (problem, hint string) {
	switch {
	case s.before(1, "is"), s.before(1, "not") && s.before(2, "is"):
		return "IS is followed by NULL, TRUE, FALSE or UNKNOWN", "equality is written ="
	case s.before(1, "not") && strings.EqualFold(s.here(), "null"):
		return "NOT NULL follows IS", "write IS NOT NULL"
	}
	return "", ""
}

// list is about IN.
func (s syntax) list() (problem, hint string) {
	switch {
	case s.before(1, "in") && s.here() != "":
		return "IN is followed by a list", "as in id IN (1, 2)"
	case s.before(1, "(") && s.before(2, "in") && s.here() == ")":
		return "this list is empty", "as in id IN (1, 2)"
	}
	return "", ""
}

// unquoted is about texts without quotes.
func (s syntax) unquoted() (problem, hint string) {
	switch {
	case s.before(1, "like") && s.here() == "%":
		return "a pattern is a text in quotes", "as in LIKE '%text%'"
	case s.before(1, "->", "->>"):
		return "a JSON path is a text in quotes", "as in doc->>'$.a.b'"
	}
	return "", ""
}

// timeUnits are what an INTERVAL ends with.
var timeUnits = []string{
	"MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "SECOND_MICROSECOND", "MINUTE_MICROSECOND",
	"MINUTE_SECOND", "HOUR_MICROSECOND", "HOUR_SECOND", "HOUR_MINUTE", "DAY_MICROSECOND", "DAY_SECOND", "DAY_MINUTE", "DAY_HOUR", "YEAR_MONTH",
}

func (s syntax) unit() (problem, hint string) {
	open := s.opened("interval", timeUnits...)
	if open < 0 || open == s.at-1 || s.isWord(open+1, "(") && s.spelled(s.at-1) != ")" {
		return "", ""
	}
	if s.at == len(s.tokens) {
		return "this INTERVAL has no unit", "as in INTERVAL 7 DAY"
	}
	hint = "as in INTERVAL 7 DAY"
	if near := stream.Nearest(s.here(), timeUnits); near != "" {
		hint = "did you mean " + near + "?"
	}
	return s.here() + " is no unit of time", hint
}

func (s syntax) between() (problem, hint string) {
	if open := s.opened("between", "and"); open < 0 || open == s.at-1 {
		return "", ""
	}
	return s.cannotFollow(), "as in BETWEEN 1 AND 2"
}

func (s syntax) openCase() (problem, hint string) {
	if s.at < len(s.tokens) || !s.isInCase() || !s.endsOperand(s.at-1) {
		return "", ""
	}
	return "this CASE has no END", "as in CASE WHEN a THEN 1 ELSE 2 END"
}

// opened finds, within the same parentheses, a word that none of some others
// has closed; -1 is nowhere.
func (s syntax) opened(word string, closing ...string) int {
	depth := 0
	for i := s.at - 1; i >= 0; i-- {
		switch s.tokens[i].kind {
		case ')':
			depth++
			continue
		case '(':
			if depth--; depth < 0 {
				return -1
			}
			continue
		}
		if depth > 0 {
			continue
		}
		if s.isWord(i, word) {
			return i
		}
		for _, other := range closing {
			if strings.EqualFold(s.spelled(i), other) {
				return -1
			}
		}
	}
	return -1
}

// signature is about functions that are not written like others.
func (s syntax) signature() (problem, hint string) {
	depth := 0
	for i := s.at - 1; i > 0; i-- {
		switch s.tokens[i].kind {
		case ')':
			depth++
		case '(':
			if depth--; depth < 0 {
				if fn := functionByName[strings.ToLower(s.spelled(i-1))]; fn != nil && s.at < len(s.tokens) {
					return "this is not how " + fn.name + " is written", "it is " + fn.signature
				}
				return "", ""
			}
		}
	}
	return "", ""
}

// end is about an expression that is not finished.
func (s syntax) end() (problem, hint string) {
	if s.at < len(s.tokens) {
		return "", ""
	}
	last := s.at - 1
	if last > 0 && s.isComparison(last-1) && s.tokens[last].isName(s.text) {
		return s.spelled(last) + " is a reserved word", quoting(s.spelled(last))
	}
	return s.cannotFollow(), "a value or a column is missing"
}

// quoting says how a word is written that is not meant as such.
func quoting(word string) string {
	return "as a text it is written " + quoteText(word) + ", as a column `" + word + "`"
}

// operatorWords are the words that follow an operand.
var operatorWords = []string{"AND", "OR", "XOR", "LIKE", "NOT", "IN", "IS", "BETWEEN", "REGEXP", "RLIKE", "DIV", "MOD", "COLLATE", "NULL"}

func (s syntax) afterOperand() (problem, hint string) {
	if s.at == 0 || !s.endsOperand(s.at-1) {
		return "", ""
	}
	hint = "an operator such as =, LIKE, IN, AND was expected"
	if near := stream.Nearest(s.here(), operatorWords); near != "" && !strings.EqualFold(near, s.here()) && s.tokens[s.at].isName(s.text) {
		hint = "did you mean " + near + "?"
	}
	return s.cannotFollow(), hint
}

func (s syntax) reserved() (problem, hint string) {
	if !s.tokens[s.at].isName(s.text) || slices.Contains(operatorWords, strings.ToUpper(s.here())) {
		return "", ""
	}
	return s.here() + " is a reserved word", quoting(s.here())
}

func (s syntax) beforeOperand() (problem, hint string) {
	return s.cannotFollow(), "a value or a column was expected"
}
