package filter

import (
	"regexp"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"
)

// noDocument is what the engine says where a function reads JSON, and is given
// something else.
var noDocument = regexp.MustCompile(`^Invalid data type for JSON data to function (\w+);.*`)

// reasons put what the evaluation engine and what is below it say in our words.
var reasons = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`(?s)^(.*) in regular expression on line \d+, character (\d+).*`), "$1 in the regular expression, at its character $2"},
	{regexp.MustCompile(`(?s)^(.*)\. The error is around character position (\d+)\.?$`), "$1 at its character $2"},
	{regexp.MustCompile(`^not implemented$`), "letter case is not known for this collation"},
	{regexp.MustCompile(`^Illegal argument to a regular expression`), "this regular expression is empty"},
	{regexp.MustCompile(`^Incorrect arguments to regexp_\w+\.?$`), "these flags of a regular expression are not known: c, i, m, n and u are"},
	{regexp.MustCompile(`(?s)^Incorrect (\w+) value: (.*)$`), "$2 is no $1"},
	{regexp.MustCompile(`^strconv\.Parse\w+: parsing .*: value out of range$`), "this number is out of range"},
	{noDocument, "a JSON document is needed here, and this is none"},
	{regexp.MustCompile(`^(.*) \(errno \d+\) \(sqlstate \w+\)$`), "$1"},
	{regexp.MustCompile(`(?s)^` + regexp.QuoteMeta(evalengine.ErrTranslateExprNotSupported) + `: (.*)`), "this cannot be evaluated: $1"},
	{regexp.MustCompile(`(?s)^unsupported compilation for IR '(.*)'`), "this cannot be evaluated: $1"},
	{regexp.MustCompile(`(?s)^bad compilation: .*`), "this cannot be evaluated"},
}

// plainReason puts an error of the evaluation engine in our words.
func plainReason(text string) string {
	for _, r := range reasons {
		text = r.theirs.ReplaceAllString(text, r.ours)
	}
	text = strings.TrimSuffix(text, ".")
	if text != "" && (len(text) == 1 || text[1] >= 'a' && text[1] <= 'z') {
		text = strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// refuse turns what the evaluation engine says into an error at its place: the
// first word of the expression that it names.
func (f *Filter) refuse(err error) *Error {
	text := err.Error()
	for i, s := range f.slots {
		text = strings.ReplaceAll(text, sqlparser.String(slotColumn(i)), f.text[s.start:s.end])
	}
	e := &Error{Text: f.text, End: len(f.text), Problem: plainReason(text)}
	if function := noDocument.FindStringSubmatch(text); function != nil {
		c := checker{text: f.text, tokens: f.tokens}
		e.Start, e.End = c.callSpot(strings.ToLower(function[1]), 0)()
		return e
	}
	lower := strings.ToLower(text)
	for i, t := range f.tokens {
		word := strings.ToLower(t.written(f.text))
		called := i+1 < len(f.tokens) && f.tokens[i+1].kind == '('
		if strings.Contains(lower, "'"+word+"'") && t.isName(f.text) || called && strings.Contains(lower, word+"(") {
			e.Start, e.End = t.start, t.end
			break
		}
	}
	return e
}
