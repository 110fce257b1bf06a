package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// nameHint is about a column that no table has: it is misspelled, or it is a
// text that lacks its quotes.
func (f *Filter) nameHint(column string, tables []*stream.Table, columns []string) string {
	beside := f.comparedWith(column)
	for _, t := range tables {
		for name := range beside {
			if i, ok := t.Column(name); ok && isMember(&t.Columns[i], column) {
				return "a text is written in quotes: " + quoteText(column)
			}
		}
	}
	var names []string
	if strings.HasPrefix(column, "_") {
		for _, m := range metaNames {
			names = append(names, m.name)
		}
	}
	names = append(names, columns...)
	if near := stream.Nearest(column, names); near != "" {
		return "did you mean " + near + "?"
	}
	if len(beside) > 0 {
		return "a text is written in quotes: " + quoteText(column)
	}
	return ""
}

// comparedWith gives the names of the columns with which one is compared.
func (f *Filter) comparedWith(column string) map[string]bool {
	names := map[string]bool{}
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		e, ok := node.(*sqlparser.ComparisonExpr)
		if !ok {
			return true, nil
		}
		left, isColumn := e.Left.(*sqlparser.ColName)
		values := []sqlparser.Expr{e.Right}
		if list, isList := e.Right.(sqlparser.ValTuple); isList {
			values = list
		}
		for _, value := range values {
			if right, ok := value.(*sqlparser.ColName); ok && isColumn && strings.EqualFold(right.Name.String(), column) {
				names[left.Name.Lowered()] = true
			}
		}
		return true, nil
	}, f.expr)
	return names
}

// isMember reports whether an ENUM or SET has a member.
func isMember(c *stream.Column, text string) bool {
	for _, member := range c.Members() {
		if strings.EqualFold(member, text) {
			return true
		}
	}
	return false
}
