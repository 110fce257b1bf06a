package filter

import (
	"fmt"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A checker goes over the parsed tree once. It refuses what a filter cannot
// hold, by name, and adds up what the rest can cost.
type checker struct {
	text   string
	tokens []token
	err    *Error // the first

	depth  int
	nodes  int64
	copies int64          // how often the engine repeats what is looked at
	calls  map[string]int // calls met so far, by function
	total  size           // of the values that may exist at once
	limits limits
	// likes are the LIKEs of which text that is not UTF-8 makes long work.
	likes []wildLike
	// raw says that something in the expression makes such text.
	raw bool
}

// checkTree finds in the parsed tree what a filter cannot hold, and learns how
// large a row may be.
func checkTree(f *Filter) error {
	c := checker{text: f.text, tokens: f.tokens, copies: 1, calls: map[string]int{}, total: size{fixed: 1, perByte: 4}}
	c.limits.read = maxRead
	c.expr(f.expr)
	c.finish()
	if c.err != nil {
		return c.err
	}
	f.limits = c.limits
	return nil
}

// finish adds up what the whole tree tells.
func (c *checker) finish() {
	c.limits.lower(maxMemory/c.total.perByte, c.limits.by)
	c.limits.odd = c.limits.read
	for _, like := range c.likes {
		c.limits.odd = min(c.limits.odd, readable(like.steps))
	}
	if c.total.fixed > maxMemory/16 || c.limits.read < minRead {
		c.refuse(c.whole, "the values of this expression can get too large", "")
	}
}

// expr goes over an expression and bounds its value.
func (c *checker) expr(e sqlparser.Expr) (s size) {
	if e == nil || c.err != nil {
		return size{}
	}
	c.nodes += c.copies
	if c.nodes > maxNodes {
		c.refuse(c.whole, "this expression is too long once it is spelled out", "BETWEEN, IN, CASE, IFNULL and NULLIF repeat what they compare")
		return size{}
	}
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > maxDepth {
		c.refuse(c.whole, fmt.Sprintf("this expression is nested more than %d deep", maxDepth), "")
		return size{}
	}
	s, isOperator := c.operator(e)
	if !isOperator {
		s = c.operand(e)
	}
	return s
}

// repeated goes over an expression that the engine translates several times.
func (c *checker) repeated(times int64, e sqlparser.Expr) size {
	copies := c.copies
	c.copies = min(copies*times, maxNodes+1)
	defer func() { c.copies = copies }()
	return c.expr(e)
}

// operand goes over what is no operator.
func (c *checker) operand(e sqlparser.Expr) size {
	switch e := e.(type) {
	case *sqlparser.ColName:
		return size{perByte: 1}
	case *sqlparser.Literal:
		return c.literal(e)
	case *sqlparser.NullVal, sqlparser.BoolVal:
		return size{fixed: 1}
	case *sqlparser.IntroducerExpr:
		return c.introducer(e)
	case *sqlparser.CollateExpr:
		return c.collate(e)
	case sqlparser.ValTuple:
		c.refuse(c.comma, "a list cannot stand here", "a list follows IN, or is compared with another list")
	case *sqlparser.Subquery, *sqlparser.ExistsExpr:
		c.refuse(c.word("exists", "select"), "there are no subqueries here", "a filter looks at one change at a time")
	default:
		return c.call(e)
	}
	return size{}
}

// comparisonSize is that of TRUE, FALSE and NULL.
var comparisonSize = size{fixed: 1}

// operator goes over an operator and what it joins.
func (c *checker) operator(e sqlparser.Expr) (s size, isOperator bool) {
	switch e := e.(type) {
	case *sqlparser.AndExpr, *sqlparser.OrExpr:
		c.alternatives(joined(e))
	case *sqlparser.XorExpr:
		c.alternatives([]sqlparser.Expr{e.Left, e.Right})
	case *sqlparser.NotExpr:
		c.expr(e.Expr)
	case *sqlparser.IsExpr:
		c.expr(e.Left)
	case *sqlparser.ComparisonExpr:
		c.comparison(e)
	case *sqlparser.BetweenExpr:
		c.repeated(2, e.Left)
		c.expr(e.From)
		c.expr(e.To)
	case *sqlparser.BinaryExpr:
		return c.arithmetic(e), true
	case *sqlparser.UnaryExpr:
		return c.unary(e), true
	case *sqlparser.CaseExpr:
		return c.cases(e), true
	default:
		return size{}, false
	}
	return comparisonSize, true
}

// joined takes a AND b AND c apart, or a OR b OR c, however long.
func joined(e sqlparser.Expr) (parts []sqlparser.Expr) {
	_, isAnd := e.(*sqlparser.AndExpr)
	for stack := []sqlparser.Expr{e}; len(stack) > 0; {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if and, ok := last.(*sqlparser.AndExpr); ok && isAnd {
			stack = append(stack, and.Right, and.Left)
		} else if or, ok := last.(*sqlparser.OrExpr); ok && !isAnd {
			stack = append(stack, or.Right, or.Left)
		} else {
			parts = append(parts, last)
		}
	}
	return parts
}

// alternatives goes over conditions. What one needed is free again for the next.
func (c *checker) alternatives(parts []sqlparser.Expr) {
	before := c.total
	most := before
	for _, part := range parts {
		c.total = before
		c.expr(part)
		most = larger(most, c.total)
	}
	c.total = most
}

// arithmetic bounds a number: digits add up in a product.
func (c *checker) arithmetic(e *sqlparser.BinaryExpr) size {
	s := c.expr(e.Left).plus(c.expr(e.Right)).plus(size{fixed: 40})
	return c.keep(s, "this calculation", c.whole)
}

func (c *checker) unary(e *sqlparser.UnaryExpr) size {
	switch e.Operator {
	case sqlparser.UMinusOp, sqlparser.BangOp, sqlparser.TildaOp, sqlparser.NStringOp:
		return c.expr(e.Expr).plus(size{fixed: 1})
	}
	c.refuse(c.whole, "the operator "+e.Operator.ToString()+" is not known here", "")
	return size{}
}

// cases goes over CASE, which compares its operand with every WHEN.
func (c *checker) cases(e *sqlparser.CaseExpr) size {
	c.repeated(int64(len(e.Whens)), e.Expr)
	s := c.expr(e.Else)
	for _, when := range e.Whens {
		c.expr(when.Cond)
		s = larger(s, c.expr(when.Val))
	}
	return c.keep(s, "CASE", c.whole)
}

// keep counts a value that is made, and refuses one that can get too large.
func (c *checker) keep(s size, what string, at spot) size {
	c.total = c.total.plus(s)
	if s.fixed > maxConstant || s.perByte > maxMemory/minRead {
		c.refuse(at, "the result of "+what+" can get too large", "")
	}
	c.limits.lower(maxMemory/c.total.perByte, what)
	return s
}

// readable gives how many bytes can be read by how many steps they take.
func readable(steps func(read int64) float64) int64 {
	read := int64(maxRead)
	for read > 0 && steps(read) > maxWork {
		read /= 2
	}
	return read
}

// work bounds how many bytes may be read.
func (c *checker) work(what string, at spot, steps func(read int64) float64) {
	read := readable(steps)
	if read < minRead {
		c.refuse(at, what+" would take too long here", "")
	}
	c.limits.lower(read, what)
}

// refuse keeps the first error.
func (c *checker) refuse(at spot, problem, hint string) {
	if c.err == nil {
		start, end := at()
		c.err = &Error{Text: c.text, Start: start, End: end, Problem: problem, Hint: hint}
	}
}
