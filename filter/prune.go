package filter

import (
	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/stream"
)

// prune leaves out of a part of the expression what its table has decided already, as
// AND and OR do: where _table = 'a' is FALSE, what stands beside it with AND need not be
// known, so that a filter may name columns of several tables.
func (f *Filter) prune(expr sqlparser.Expr, t *stream.Table) sqlparser.Expr {
	pruned := sqlparser.Rewrite(f.settle(expr, t), nil, func(c *sqlparser.Cursor) bool {
		switch node := c.Node().(type) {
		case *sqlparser.AndExpr:
			if isSettled(node.Left, false) || isSettled(node.Right, false) {
				c.Replace(sqlparser.BoolVal(false))
			}
		case *sqlparser.OrExpr:
			if isSettled(node.Left, true) || isSettled(node.Right, true) {
				c.Replace(sqlparser.BoolVal(true))
			}
		}
		return true
	})
	return pruned.(sqlparser.Expr)
}

// isSettled reports whether an expression names nothing, and is TRUE or FALSE as wanted.
func isSettled(expr sqlparser.Expr, wanted bool) bool {
	if slotsOf(nil, expr) != nil {
		return false
	}
	compiled, err := translate(sqlparser.CloneExpr(expr), func(int) (evalengine.Type, bool) { return evalengine.Type{}, false })
	if err != nil || !isLiteral(compiled) {
		return false
	}
	result, err := newEvaluation().Evaluate(compiled)
	return err == nil && !result.Value(textCollation).IsNull() && result.ToBoolean() == wanted
}

// slotsOf adds the slots that an expression names.
func slotsOf(slots map[int]bool, expr sqlparser.Expr) map[int]bool {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		if name, is := node.(*sqlparser.ColName); is {
			if slots == nil {
				slots = map[int]bool{}
			}
			slots[slotOf(name)] = true
		}
		return true, nil
	}, expr)
	return slots
}
