package filter

import (
	"strings"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/colldata"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// suit puts in an expression what the evaluation engine does right in place of
// what means the same in MySQL for these columns' types. It changes the tree.
func (p *program) suit(expr sqlparser.Expr) sqlparser.Expr {
	suited := sqlparser.Rewrite(expr, nil, func(c *sqlparser.Cursor) bool {
		p.widen(c.Node())
		switch node := c.Node().(type) {
		case *sqlparser.ComparisonExpr:
			switch node.Operator {
			case sqlparser.LikeOp, sqlparser.NotLikeOp, sqlparser.RegexpOp, sqlparser.NotRegexpOp:
				return true
			}
			p.compareTimes(node)
			if list, ok := node.Right.(sqlparser.ValTuple); ok {
				operands := []*sqlparser.Expr{&node.Left}
				for i := range list {
					operands = append(operands, &list[i])
				}
				p.compareAlike(operands...)
			} else {
				p.compareAlike(&node.Left, &node.Right)
			}
		case *sqlparser.BetweenExpr:
			p.asTimes(node.Left, &node.From, &node.To)
			p.compareAlike(&node.Left, &node.From, &node.To)
		case *sqlparser.FuncExpr:
			if node.Name.EqualString("nullif") && len(node.Exprs) == 2 {
				p.pairAsTimes(&node.Exprs[0], &node.Exprs[1])
			}
			if folded := p.fold(node); folded != nil {
				c.Replace(folded)
			}
		}
		return true
	})
	return suited.(sqlparser.Expr)
}

// compareAlike prepares values that are compared with each other. Text that is
// compared with a TIME is a time, which the engine takes for text. And it does
// not know that most collations ignore spaces at the end.
func (p *program) compareAlike(operands ...*sqlparser.Expr) {
	padded, unpadded, time := false, false, false
	for _, operand := range operands {
		if c := p.columnOf(*operand); c != nil {
			time = time || c.Type == sqltypes.Time
			padded = padded || ignoresTrailingSpace(c)
			unpadded = unpadded || c.Class == stream.ClassText && !ignoresTrailingSpace(c)
		}
	}
	padded = padded && !unpadded
	for _, operand := range operands {
		literal, isText := quotedText(*operand)
		switch {
		case time && isText:
			*operand = &sqlparser.CastExpr{Expr: literal, Type: &sqlparser.ConvertType{Type: "time", Length: &microseconds}}
		case padded && isText:
			*operand = sqlparser.NewStrLiteral(strings.TrimRight(literal.Val, " "))
		case padded && ignoresTrailingSpace(p.columnOf(*operand)):
			*operand = &sqlparser.TrimFuncExpr{
				TrimFuncType: sqlparser.RTrimType, Type: sqlparser.TrailingTrimType, StringArg: *operand,
			}
		}
	}
}

var microseconds = 6 // digits after the point in TIME(6)

// fold gives LOWER and UPPER of a column whose collation cannot do it for the
// engine another one for the while; nil where there is no need.
func (p *program) fold(call *sqlparser.FuncExpr) sqlparser.Expr {
	switch call.Name.Lowered() {
	case "lower", "lcase", "upper", "ucase":
	default:
		return nil
	}
	if len(call.Exprs) != 1 {
		return nil
	}
	c := p.columnOf(call.Exprs[0])
	if c == nil || c.Class != stream.ClassText {
		return nil
	}
	collation := collationOf(c)
	name := environment().CollationEnv().LookupName(collation)
	if _, can := colldata.Lookup(collation).(colldata.CaseAwareCollation); can || !strings.HasPrefix(name, "utf8mb4_") {
		return nil
	}
	call.Exprs[0] = &sqlparser.ConvertUsingExpr{Expr: call.Exprs[0], Type: "utf8mb4"}
	return &sqlparser.CollateExpr{Expr: call, Collation: name}
}

// columnOf gives the column that an expression is, nil where it is none.
func (p *program) columnOf(expr sqlparser.Expr) *stream.Column {
	name, ok := expr.(*sqlparser.ColName)
	if !ok {
		return nil
	}
	slot := slotOf(name)
	for _, group := range []*reads{&p.bare, &p.before, &p.after} {
		for _, s := range group.slots {
			if s.slot == slot {
				return s.column
			}
		}
	}
	return nil
}

// ignoresTrailingSpace reports whether a column's collation has MySQL's PAD
// SPACE: all but those that came with Unicode 9.
func ignoresTrailingSpace(c *stream.Column) bool {
	if c == nil || c.Class != stream.ClassText || c.Members() != nil {
		return false
	}
	name := environment().CollationEnv().LookupName(collations.ID(c.Collation))
	return !strings.Contains(name, "_0900_")
}

func quotedText(expr sqlparser.Expr) (*sqlparser.Literal, bool) {
	literal, ok := expr.(*sqlparser.Literal)
	return literal, ok && literal.Type == sqlparser.StrVal
}
