package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// rewrite puts what the evaluation engine knows, or does right, in place of
// what means exactly the same in MySQL. It changes the tree that it is given.
func rewrite(tree sqlparser.Expr) sqlparser.Expr {
	rewritten := sqlparser.Rewrite(tree, func(c *sqlparser.Cursor) bool {
		balance(c.Node(), c.Parent())
		return true
	}, func(c *sqlparser.Cursor) bool {
		switch node := c.Node().(type) {
		case *sqlparser.ComparisonExpr:
			unescape(node)
			if opposite, ok := opposites[node.Operator]; ok {
				node.Operator = opposite
				c.Replace(&sqlparser.NotExpr{Expr: node})
			}
		case *sqlparser.CaseExpr:
			if node.Else == nil {
				node.Else = &sqlparser.NullVal{} // without it the engine does not expect a NULL
			}
		case *sqlparser.CollateExpr:
			node.Collation = strings.ToLower(node.Collation)
		case *sqlparser.FuncExpr:
			if node.Name.EqualString("datediff") && len(node.Exprs) == 2 {
				c.Replace(&sqlparser.BinaryExpr{Operator: sqlparser.MinusOp, Left: toDays(node.Exprs[0]), Right: toDays(node.Exprs[1])})
			}
			if foldsDocument(node) {
				node.Exprs[0] = &sqlparser.ConvertUsingExpr{Expr: node.Exprs[0], Type: "utf8mb4"}
				c.Replace(&sqlparser.CollateExpr{Expr: node, Collation: "utf8mb4_bin"})
			}
		case *sqlparser.JSONAttributesExpr:
			if call := attributeCall(node); call != nil {
				c.Replace(call)
			}
		}
		return true
	})
	return rewritten.(sqlparser.Expr)
}

// opposites are the operators that the engine does better the other way round.
// Of NOT LIKE it forgets the NOT where it has read the pattern ahead. IN gives
// its one TRUE or FALSE for all, which OR and XOR then overwrite; NOT makes one
// of its own.
var opposites = map[sqlparser.ComparisonExprOperator]sqlparser.ComparisonExprOperator{
	sqlparser.NotLikeOp: sqlparser.LikeOp, sqlparser.InOp: sqlparser.NotInOp, sqlparser.NotInOp: sqlparser.InOp,
}

func toDays(date sqlparser.Expr) sqlparser.Expr {
	return &sqlparser.FuncExpr{Name: sqlparser.NewIdentifierCI("to_days"), Exprs: []sqlparser.Expr{date}}
}

// foldsDocument reports whether a call is LOWER or UPPER of a text in a document,
// whose collation has no letter case for the engine.
func foldsDocument(call *sqlparser.FuncExpr) bool {
	switch call.Name.Lowered() {
	case "lower", "lcase", "upper", "ucase":
		if len(call.Exprs) == 1 {
			_, is := call.Exprs[0].(*sqlparser.JSONUnquoteExpr)
			return is
		}
	}
	return false
}

// unescape gives a LIKE with an escape character of its own, which the engine
// does not look at, a pattern with the usual one.
func unescape(node *sqlparser.ComparisonExpr) {
	pattern, isText := node.Right.(*sqlparser.Literal)
	escape, isEscape := node.Escape.(*sqlparser.Literal)
	if !isText || !isEscape {
		return
	}
	node.Escape = nil
	if escape.Val == `\` {
		return
	}
	var b strings.Builder
	escaped := false
	for _, r := range pattern.Val {
		switch {
		case !escaped && string(r) == escape.Val:
			escaped = true
			continue
		case r == '\\', escaped:
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		escaped = false
	}
	if escaped {
		b.WriteString(escape.Val)
	}
	node.Right = sqlparser.NewStrLiteral(b.String())
}

// balance makes the tree of a OR b OR c …, which leans to the left, flat: the
// engine looks at all that is below for each.
func balance(node, parent sqlparser.SQLNode) {
	switch node := node.(type) {
	case *sqlparser.AndExpr:
		if _, inner := parent.(*sqlparser.AndExpr); !inner {
			parts := joined(node)
			node.Left, node.Right = half(parts[:len(parts)/2], and), half(parts[len(parts)/2:], and)
		}
	case *sqlparser.OrExpr:
		if _, inner := parent.(*sqlparser.OrExpr); !inner {
			parts := joined(node)
			node.Left, node.Right = half(parts[:len(parts)/2], or), half(parts[len(parts)/2:], or)
		}
	}
}

func and(left, right sqlparser.Expr) sqlparser.Expr {
	return &sqlparser.AndExpr{Left: left, Right: right}
}

func or(left, right sqlparser.Expr) sqlparser.Expr {
	return &sqlparser.OrExpr{Left: left, Right: right}
}

// half joins parts pair by pair.
func half(parts []sqlparser.Expr, join func(left, right sqlparser.Expr) sqlparser.Expr) sqlparser.Expr {
	if len(parts) == 1 {
		return parts[0]
	}
	middle := len(parts) / 2
	return join(half(parts[:middle], join), half(parts[middle:], join))
}

// attributeCall makes the engine's function calls of JSON_DEPTH and
// JSON_LENGTH, which the parser sets apart; nil for the others of that kind.
func attributeCall(node *sqlparser.JSONAttributesExpr) sqlparser.Expr {
	args := []sqlparser.Expr{node.JSONDoc}
	switch node.Type {
	case sqlparser.DepthAttributeType:
		return &sqlparser.FuncExpr{Name: sqlparser.NewIdentifierCI("json_depth"), Exprs: args}
	case sqlparser.LengthAttributeType:
		if node.Path != nil {
			args = append(args, node.Path)
		}
		return &sqlparser.FuncExpr{Name: sqlparser.NewIdentifierCI("json_length"), Exprs: args}
	}
	return nil
}
