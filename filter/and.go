package filter

import (
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// And adds a term to an expression: "(a or b) and term". An empty expression
// gives the term. What was typed stays as it is; parentheses come around it only
// where it would read as something else without them.
func And(text, term string) string {
	text, term = strings.TrimSpace(text), strings.TrimSpace(term)
	if text == "" || term == "" {
		return text + term
	}
	return joinable(text) + keyword(text, " and ") + joinable(term)
}

// joinable puts an expression into parentheses where an AND beside it would
// take only a part of it.
func joinable(text string) string {
	tree := readTree(text)
	if tree == nil {
		return "(" + text + ")"
	}
	want := sqlparser.SplitAndExpression(sqlparser.SplitAndExpression(nil, tree), readTree("1"))
	for _, form := range []string{text, "(" + text + ")"} {
		if slices.EqualFunc(sqlparser.SplitAndExpression(nil, readTree(form+" and 1")), want, sqlparser.Equals.Expr) {
			return form
		}
	}
	return "(" + text + "\n)" // it ends in a comment, which lasts to the end of its line
}

// AndNot adds a term's opposite, where a NULL counts as different:
// "… and not (email <=> 'a@b.c')".
func AndNot(text, term string) string {
	return And(text, opposite(strings.TrimSpace(term), func(word string) string { return keyword(text, word) }))
}

// opposite writes what is TRUE where a term is not. A comparison of a name and
// IS NULL, which are what Term writes, stay readable.
func opposite(term string, keyword func(string) string) string {
	tokens := scanTokens(term)
	switch tree := readTree(term).(type) {
	case *sqlparser.ComparisonExpr:
		i := slices.IndexFunc(tokens, func(t token) bool { return t.kind == '=' })
		if isColumn(tree.Left) && tree.Operator == sqlparser.EqualOp && i > 0 {
			return keyword("not (") + term[:tokens[i].start] + "<=>" + term[tokens[i].end:] + ")"
		}
	case *sqlparser.IsExpr:
		last := tokens[len(tokens)-1]
		if isColumn(tree.Left) && tree.Right == sqlparser.IsNullOp && last.kind == sqlparser.NULL {
			return term[:last.start] + "not " + term[last.start:]
		}
	}
	return "(" + term + ")" + keyword(" is not true")
}

// keyword gives a keyword in capitals where a text writes its own so.
func keyword(text, word string) string {
	if usesCapitals(text) {
		return strings.ToUpper(word)
	}
	return word
}

// usesCapitals reports whether a text writes operators such as AND in capitals.
func usesCapitals(text string) bool {
	return slices.ContainsFunc(scanTokens(text), func(t token) bool {
		return slices.Contains(operatorWords, text[t.start:t.end])
	})
}

// readTree gives an expression's tree, nil where it is none.
func readTree(text string) sqlparser.Expr {
	tokens := scanTokens(text)
	if checkText(text, tokens) != nil {
		return nil
	}
	tree, err := parse(text, tokens)
	if err != nil {
		return nil
	}
	return tree
}
