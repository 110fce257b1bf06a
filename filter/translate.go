package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"
)

// translate makes a resolved expression ready for evaluation, compiled where the
// engine can: it interprets more than it compiles, such as constant documents and
// JSON_LENGTH with a path. Without types the result is good only to learn whether
// the engine knows what the expression uses.
func translate(expr sqlparser.Expr, typeOf func(slot int) (evalengine.Type, bool)) (evalengine.Expr, error) {
	interpreted, err := interpret(expr, typeOf)
	if err != nil || interpreted == nil {
		return interpreted, err
	}
	untyped, ok := interpreted.(*evalengine.UntypedExpr)
	if !ok || typeOf == nil || isMiscompiled(expr) {
		return interpreted, nil
	}
	if err := compileHidden(expr, typeOf); err != nil {
		return ifInterpreted(untyped, err)
	}
	compiled, err := untyped.Compile(newEvaluation())
	if err != nil {
		return ifInterpreted(untyped, err)
	}
	return compiled, nil
}

// interpret translates without compiling.
func interpret(expr sqlparser.Expr, typeOf func(slot int) (evalengine.Type, bool)) (evalengine.Expr, error) {
	translated, err := evalengine.Translate(expr, &evalengine.Config{
		ResolveColumn: func(name *sqlparser.ColName) (int, error) { return slotOf(name), nil },
		ResolveType: func(e sqlparser.Expr) (evalengine.Type, bool) {
			if name, ok := e.(*sqlparser.ColName); ok && typeOf != nil {
				return typeOf(slotOf(name))
			}
			return evalengine.Type{}, false
		},
		Collation:     textCollation,
		NoCompilation: true,
		Environment:   environment(),
	})
	if untyped, ok := translated.(*evalengine.UntypedExpr); ok {
		preferColumns(untyped.IR())
	}
	return translated, err
}

// ifInterpreted gives the expression to interpret, where compiling fails only
// for what the engine does not compile.
func ifInterpreted(untyped *evalengine.UntypedExpr, err error) (evalengine.Expr, error) {
	if strings.HasPrefix(err.Error(), "unsupported ") || strings.HasPrefix(err.Error(), "bad compilation") {
		return untyped, nil
	}
	return nil, err
}

// compileHidden compiles by itself what is below NOT, IN and ELT: of it the
// engine forgets that it cannot be compiled, and then takes what is left of it
// for the whole.
func compileHidden(expr sqlparser.Expr, typeOf func(slot int) (evalengine.Type, bool)) error {
	return sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		for _, part := range hidden(node) {
			translated, err := interpret(part, typeOf)
			if err != nil {
				return false, err
			}
			if untyped, ok := translated.(*evalengine.UntypedExpr); ok {
				if _, err := untyped.Compile(newEvaluation()); err != nil {
					return false, err
				}
			}
		}
		return true, nil
	}, expr)
}

func hidden(node sqlparser.SQLNode) []sqlparser.Expr {
	switch node := node.(type) {
	case *sqlparser.NotExpr:
		return []sqlparser.Expr{node.Expr}
	case *sqlparser.UnaryExpr:
		return []sqlparser.Expr{node.Expr}
	case *sqlparser.ComparisonExpr:
		if tuple, isTuple := node.Left.(sqlparser.ValTuple); isTuple {
			return tuple
		}
		if node.Operator == sqlparser.InOp || node.Operator == sqlparser.NotInOp {
			return []sqlparser.Expr{node.Left}
		}
	case *sqlparser.FuncExpr:
		if node.Name.EqualString("elt") {
			return node.Exprs
		}
	}
	return nil
}

// isMiscompiled reports whether the engine has to interpret an expression.
// Compiled, REGEXP_SUBSTR passes for a number; the others, where the argument
// that is NULL is not their first, leave the one before it behind as the result
// of something else.
func isMiscompiled(expr sqlparser.Expr) (is bool) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		switch node := node.(type) {
		case *sqlparser.RegexpSubstrExpr, *sqlparser.LocateExpr:
			is = true
		case *sqlparser.FuncExpr:
			is = is || node.Name.EqualString("instr")
		case *sqlparser.SubstrExpr:
			is = is || !isLiteralNode(node.From) || node.To != nil && !isLiteralNode(node.To)
		case *sqlparser.ComparisonExpr:
			is = is || node.Operator == sqlparser.LikeOp && !isLiteralNode(node.Right)
		}
		return !is, nil
	}, expr)
	return is
}

func isLiteralNode(e sqlparser.Expr) bool {
	_, is := e.(*sqlparser.Literal)
	return is
}

// tryTranslation finds what the evaluation engine does not know, before any
// column's type is known.
func (f *Filter) tryTranslation() (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = &Error{Text: f.text, End: len(f.text), Problem: "this expression cannot be evaluated"}
		}
	}()
	for _, c := range f.conjuncts {
		if _, err := translate(c.expr, nil); err != nil {
			return f.refuse(err)
		}
	}
	return nil
}
