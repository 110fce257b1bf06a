package filter

import (
	"vitess.io/vitess/go/vt/sqlparser"
)

// A Filter is an expression that was read. It never changes and may be used by
// any number of goroutines, each through a Matcher of its own.
type Filter struct {
	text   string
	tokens []token
	expr   sqlparser.Expr // as parsed, with the names as they were written
	slots  []slot
	// conjuncts are the resolved expression's parts that AND joins: it is TRUE
	// where all of them are.
	conjuncts []conjunct
	limits    limits
}

// A conjunct is one part of a filter, which has to be TRUE.
type conjunct struct {
	expr sqlparser.Expr
	// metaOnly says that it names no column, so that it can be evaluated before
	// any value is read.
	metaOnly bool
}

// Parse reads an expression. The error is an *Error.
func Parse(text string) (*Filter, error) {
	if err := checkLength(text); err != nil {
		return nil, err
	}
	f := &Filter{text: text, tokens: scanTokens(text)}
	if err := checkText(text, f.tokens); err != nil {
		return nil, err
	}
	if err := checkKeyRanges(text, f.tokens); err != nil {
		return nil, err
	}
	tree, err := parse(text, f.tokens)
	if err != nil {
		return nil, err
	}
	f.expr = tree
	if err := checkTree(f); err != nil {
		return nil, err
	}
	r := resolver{text: text, tokens: f.tokens}
	resolved := rewrite(r.resolve(tree))
	if r.err != nil {
		return nil, r.err
	}
	f.slots = r.slots
	for _, part := range sqlparser.SplitAndExpression(nil, resolved) {
		f.conjuncts = append(f.conjuncts, conjunct{expr: part, metaOnly: f.namesNoColumn(part)})
	}
	if err := f.tryTranslation(); err != nil {
		return nil, err
	}
	if !f.NamesColumns() {
		if p := f.compile(nil); p.reason != nil {
			return nil, p.reason
		}
	}
	return f, nil
}

// String gives the expression as it was written.
func (f *Filter) String() string { return f.text }

// NamesColumns reports whether the expression names a column: if not, events
// that are no row can match too.
func (f *Filter) NamesColumns() bool {
	for _, s := range f.slots {
		if s.source != fromMeta {
			return true
		}
	}
	return false
}

func (f *Filter) namesNoColumn(expr sqlparser.Expr) bool {
	free := true
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		if c, ok := node.(*sqlparser.ColName); ok && f.slots[slotOf(c)].source != fromMeta {
			free = false
		}
		return free, nil
	}, expr)
	return free
}
