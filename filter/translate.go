package filter

import (
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"
)

// translate makes a resolved expression ready for evaluation. Without types the
// result is good only to learn whether the engine knows what the expression uses.
func translate(expr sqlparser.Expr, typeOf func(slot int) (evalengine.Type, bool)) (evalengine.Expr, error) {
	config := evalengine.Config{
		ResolveColumn: func(name *sqlparser.ColName) (int, error) { return slotOf(name), nil },
		ResolveType: func(e sqlparser.Expr) (evalengine.Type, bool) {
			if name, ok := e.(*sqlparser.ColName); ok && typeOf != nil {
				return typeOf(slotOf(name))
			}
			return evalengine.Type{}, false
		},
		Collation:   textCollation,
		Environment: environment(),
		// Compiled, REGEXP_SUBSTR passes for a number.
		NoCompilation: findsText(expr),
	}
	translated, err := evalengine.Translate(expr, &config)
	if err == nil || !strings.HasPrefix(err.Error(), "unsupported ") && !strings.HasPrefix(err.Error(), "bad compilation") {
		return translated, err
	}
	// The engine evaluates more than it compiles. Left unfolded it takes constant
	// documents, cast('[]' as json); interpreted, JSON_LENGTH with a path.
	for _, config.NoCompilation = range []bool{false, true} {
		config.NoConstantFolding = !config.NoCompilation
		if translated, e := evalengine.Translate(expr, &config); e == nil {
			return translated, nil
		}
	}
	return nil, err
}

func findsText(expr sqlparser.Expr) (finds bool) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		_, is := node.(*sqlparser.RegexpSubstrExpr)
		finds = finds || is
		return !finds, nil
	}, expr)
	return finds
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
