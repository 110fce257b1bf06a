package filter

import (
	"vitess.io/vitess/go/vt/sqlparser"
)

// Warnings tells of what is valid in MySQL and most likely not meant, such as a
// value that a meta name is never. Each says where it is, as an error does.
func (f *Filter) Warnings(known Known) (warnings []*Error) {
	warn := func(at spot, problem, hint string) {
		start, end := at()
		warnings = append(warnings, &Error{Text: f.text, Start: start, End: end, Problem: problem, Hint: hint})
	}
	c := checker{text: f.text, tokens: f.tokens}
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		e, ok := node.(*sqlparser.ComparisonExpr)
		if !ok {
			return true, nil
		}
		switch {
		case e.Operator == sqlparser.NullSafeEqualOp:
		case isNull(e.Left), isNull(e.Right):
			warn(c.word("null"), "nothing compares with NULL: this is never true", "write IS NULL or IS NOT NULL")
		case e.Operator == sqlparser.NotInOp && holdsNull(e.Right):
			warn(c.word("null"), "NOT IN with a NULL in its list is never true", "leave out the NULL, and add IS NOT NULL")
		case isQuoted(e.Left) && (isQuoted(e.Right) || isNumber(e.Right)):
			left, _ := quotedText(e.Left)
			warn(c.literalSpot(left.Val, c.whole), "this compares a text with another, and no column", "a column is written without quotes, or in backticks")
		}
		return true, nil
	}, f.expr)
	for _, value := range c.metaValues(f.expr) {
		if problem, hint := known.impossible(value); problem != "" {
			warn(value.at, problem, hint)
		}
	}
	return warnings
}

func isNull(e sqlparser.Expr) bool {
	_, is := e.(*sqlparser.NullVal)
	return is
}

func holdsNull(e sqlparser.Expr) bool {
	list, _ := e.(sqlparser.ValTuple)
	for _, value := range list {
		if isNull(value) {
			return true
		}
	}
	return false
}

func isQuoted(e sqlparser.Expr) bool {
	_, is := quotedText(e)
	return is
}

func isNumber(e sqlparser.Expr) bool {
	lit, is := e.(*sqlparser.Literal)
	return is && (lit.Type == sqlparser.IntVal || lit.Type == sqlparser.DecimalVal || lit.Type == sqlparser.FloatVal)
}
