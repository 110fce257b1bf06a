package filter

import (
	"math"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"
)

// comparison goes over =, <, IN, LIKE, REGEXP and their kin.
func (c *checker) comparison(e *sqlparser.ComparisonExpr) {
	switch e.Operator {
	case sqlparser.InOp, sqlparser.NotInOp:
		c.in(e)
	case sqlparser.LikeOp, sqlparser.NotLikeOp:
		c.like(e)
	case sqlparser.RegexpOp, sqlparser.NotRegexpOp:
		s := c.expr(e.Left)
		c.expr(e.Right)
		c.pattern(c.word("regexp", "rlike"), e.Right, nil)
		c.total = c.total.plus(s.times(8))
	default:
		c.pair(e.Left, e.Right)
	}
}

// pair goes over what is compared: two values, or two lists of the same length.
func (c *checker) pair(left, right sqlparser.Expr) {
	l, isList := left.(sqlparser.ValTuple)
	r, isOtherList := right.(sqlparser.ValTuple)
	switch {
	case !isList && !isOtherList:
		c.expr(left)
		c.expr(right)
	case len(l) != len(r):
		c.refuse(c.comma, "a list is compared with what is no list of the same length", "as in (a, b) = (1, 2)")
	default:
		for i := range l {
			c.pair(l[i], r[i])
		}
	}
}

// in goes over IN, of which the engine looks at the list twice.
func (c *checker) in(e *sqlparser.ComparisonExpr) {
	list, ok := e.Right.(sqlparser.ValTuple)
	if !ok {
		c.expr(e.Right)
		return
	}
	left, isList := e.Left.(sqlparser.ValTuple)
	if !isList {
		c.expr(e.Left)
	}
	copies := c.copies
	c.copies = min(2*copies, maxNodes+1)
	for _, value := range list {
		if isList {
			c.pair(left, value)
		} else {
			c.expr(value)
		}
	}
	c.copies = copies
}

// maxWildcards is how many % the engine takes: with more it matches nothing.
const maxWildcards = 31

// A wildLike is a LIKE whose pattern has several % with something after them.
type wildLike struct {
	left  size
	stars int
}

// steps is how many the engine takes where every way to divide the text fails.
func (w wildLike) steps(read int64) float64 {
	return math.Pow(float64(w.left.of(read)), float64(w.stars))
}

func (c *checker) like(e *sqlparser.ComparisonExpr) {
	raw := c.raw
	c.raw = false
	left := c.expr(e.Left)
	leftIsRaw := c.raw
	c.raw = raw || leftIsRaw
	at := c.word("like")
	right := c.expr(e.Right)
	stars := maxWildcards
	if pattern, ok := textOf(e.Right); ok {
		stars = strings.Count(strings.TrimRight(pattern, "%"), "%")
		if strings.Count(pattern, "%") > maxWildcards {
			c.refuse(at, "this pattern has too many %", "LIKE takes at most 31")
		}
	}
	if e.Escape != nil {
		c.escape(e)
	}
	c.work("LIKE", at, func(read int64) float64 { return float64(left.of(read)) * float64(right.of(read)) })
	if stars < 2 {
		return
	}
	like := wildLike{left, stars}
	if leftIsRaw {
		c.work("LIKE with several % in binary text", at, like.steps)
	}
	c.likes = append(c.likes, like)
}

// escape allows what rewriting can express by the usual escape character.
func (c *checker) escape(e *sqlparser.ComparisonExpr) {
	at := c.word("escape")
	pattern, isText := e.Right.(*sqlparser.Literal)
	escape, ok := e.Escape.(*sqlparser.Literal)
	switch {
	case !ok || escape.Type != sqlparser.StrVal || len([]rune(escape.Val)) > 1:
		c.refuse(at, "ESCAPE takes one character", "as in LIKE '10|%' ESCAPE '|'")
	case !isText || pattern.Type != sqlparser.StrVal:
		c.refuse(at, "with ESCAPE the pattern has to be a text in quotes", "")
	}
}
