package filter

import (
	"fmt"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// Pushable says whether VTGate's own rule for a table could do what the whole
// filter does, and gives the rule as --rule takes it. Where it could not, the
// reason names the first construct that VStream's rules do not know.
//
// A rule sends an update where either of its images matches, so the filter stays
// needed beside it. Pushable goes by the form alone; where the table's columns
// are known, PushableTo also finds what a rule compares otherwise.
func (f *Filter) Pushable(table string) (rule string, reason string) {
	return f.push(table, func(*comparison) string { return "" })
}

// PushableTo is Pushable for a table whose columns are known. It refuses
// comparisons that VTTablet makes otherwise than MySQL does, because the rule
// would lose rows, or end the stream.
func (f *Filter) PushableTo(t *stream.Table) (rule string, reason string) {
	return f.push(t.Name, func(c *comparison) string {
		i, ok := t.Column(c.column)
		if !ok {
			return "the table " + t.Name + " has no column " + c.column
		}
		return c.differs(&t.Columns[i])
	})
}

// push writes the rule; refuse gives a reason against a comparison.
func (f *Filter) push(table string, refuse func(*comparison) string) (rule, reason string) {
	if table == "" || strings.Contains(table, "=") || strings.HasPrefix(table, "/") || strings.TrimSpace(table) != table {
		return "", fmt.Sprintf("--rule cannot name the table %q", table)
	}
	var where []string
	for _, part := range sqlparser.SplitAndExpression(nil, f.expr) {
		if named, ok := tableNamedBy(part); ok {
			if !strings.EqualFold(named, table) {
				return "", "the filter is for the table " + named
			}
			continue
		}
		c, reason := readComparison(part)
		if reason == "" {
			reason = refuse(c)
		}
		if reason != "" {
			return "", reason
		}
		where = append(where, sqlparser.String(part))
	}
	rule = table + "=select * from " + quoteName(table)
	if len(where) > 0 {
		rule += " where " + strings.Join(where, " and ")
	}
	return rule, ""
}

// tableNamedBy gives the table of "_table = 'x'".
func tableNamedBy(expr sqlparser.Expr) (string, bool) {
	c, ok := expr.(*sqlparser.ComparisonExpr)
	if !ok || c.Operator != sqlparser.EqualOp {
		return "", false
	}
	name, isName := c.Left.(*sqlparser.ColName)
	value, isText := c.Right.(*sqlparser.Literal)
	if !isName || !isText || value.Type != sqlparser.StrVal || !name.Qualifier.IsEmpty() || !name.Name.EqualString("_table") {
		return "", false
	}
	return value.Val, true
}

// A comparison is one part of a rule's WHERE: a column, and the literals that
// it is compared with; none for IS NULL.
type comparison struct {
	column string
	values []*sqlparser.Literal
}

// readComparison takes a part of a filter for what VStream's rules know
// (analyzeWhere in go/vt/vttablet/tabletserver/vstreamer/planbuilder.go). The
// reason says what they do not.
func readComparison(expr sqlparser.Expr) (c *comparison, reason string) {
	c = &comparison{}
	var left sqlparser.Expr
	switch e := expr.(type) {
	case *sqlparser.IsExpr:
		if e.Right != sqlparser.IsNullOp && e.Right != sqlparser.IsNotNullOp {
			return nil, unknown(strings.ToUpper(e.Right.ToString()))
		}
		left = e.Left
	case *sqlparser.BetweenExpr:
		left, reason = e.Left, c.takeLiterals(e.From, e.To)
	case *sqlparser.ComparisonExpr:
		left = e.Left
		switch e.Operator {
		case sqlparser.EqualOp, sqlparser.NotEqualOp, sqlparser.LessThanOp, sqlparser.LessEqualOp, sqlparser.GreaterThanOp, sqlparser.GreaterEqualOp:
			reason = c.takeLiterals(e.Right)
		case sqlparser.InOp:
			reason = c.takeList(e.Right)
		default:
			return nil, unknown(strings.ToUpper(e.Operator.ToString()))
		}
	default:
		return nil, unknown(construct(expr))
	}
	if refused := c.takeColumn(left); refused != "" {
		return nil, refused
	}
	return c, reason
}

// takeColumn wants a column by itself.
func (c *comparison) takeColumn(expr sqlparser.Expr) (reason string) {
	name, ok := expr.(*sqlparser.ColName)
	switch {
	case !ok && isConstant(expr):
		return "in a VStream rule the column comes first, not " + sqlparser.String(expr)
	case !ok:
		return unknown(construct(expr))
	case !name.Qualifier.IsEmpty():
		return unknown(name.Qualifier.Name.String() + "." + name.Name.String())
	}
	if _, meta := metaByName(name.Name.String()); meta {
		return unknown(name.Name.String())
	}
	c.column = name.Name.String()
	return ""
}

// takeLiterals wants literals: outside of a list VStream takes nothing else,
// not even a negative number.
func (c *comparison) takeLiterals(exprs ...sqlparser.Expr) (reason string) {
	for _, e := range exprs {
		value, ok := e.(*sqlparser.Literal)
		switch {
		case ok:
			c.values = append(c.values, value)
		case isConstant(e):
			return sqlparser.String(e) + " is not in VStream's rules, but in a list: in (" + sqlparser.String(e) + ")"
		default:
			return unknown(construct(e))
		}
	}
	return ""
}

// takeList wants a list of constants.
func (c *comparison) takeList(expr sqlparser.Expr) (reason string) {
	list, ok := expr.(sqlparser.ValTuple)
	if !ok {
		return unknown(construct(expr))
	}
	for _, e := range list {
		if !isConstant(e) {
			return unknown(construct(e))
		}
		if u, ok := e.(*sqlparser.UnaryExpr); ok {
			e = u.Expr
		}
		if value, ok := e.(*sqlparser.Literal); ok {
			c.values = append(c.values, value)
		}
	}
	return ""
}

// isConstant reports whether an expression is a literal, a negative number,
// NULL or a truth value.
func isConstant(expr sqlparser.Expr) bool {
	switch e := expr.(type) {
	case *sqlparser.Literal, *sqlparser.NullVal, sqlparser.BoolVal:
		return true
	case *sqlparser.UnaryExpr:
		_, literal := e.Expr.(*sqlparser.Literal)
		return literal && e.Operator == sqlparser.UMinusOp
	}
	return false
}

func unknown(what string) string { return what + " is not in VStream's rules" }

// construct names what an expression is made by, for people.
func construct(expr sqlparser.Expr) string {
	switch e := expr.(type) {
	case *sqlparser.OrExpr:
		return "OR"
	case *sqlparser.XorExpr:
		return "XOR"
	case *sqlparser.NotExpr:
		return "NOT"
	case *sqlparser.CaseExpr:
		return "CASE"
	case *sqlparser.ColName:
		return "a comparison with the column " + sqlparser.String(e)
	case *sqlparser.FuncExpr:
		return e.Name.String() + "()"
	case *sqlparser.BinaryExpr:
		return "the operator " + e.Operator.ToString()
	}
	const longest = 40
	text := []rune(sqlparser.String(expr))
	if len(text) > longest {
		return string(text[:longest]) + "…"
	}
	return string(text)
}
