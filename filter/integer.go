package filter

import (
	"strconv"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// An integerTest compares a slot with a number, as in id = 42, without the
// evaluation engine, which costs more than the comparison.
type integerTest struct {
	slot   int
	number int64
	// holds says whether the comparison holds for a value below the number,
	// equal to it, and above it.
	holds [3]bool
}

var integerComparisons = map[sqlparser.ComparisonExprOperator][3]bool{
	sqlparser.EqualOp:        {false, true, false},
	sqlparser.NotEqualOp:     {true, false, true},
	sqlparser.LessThanOp:     {true, false, false},
	sqlparser.LessEqualOp:    {true, true, false},
	sqlparser.GreaterThanOp:  {false, false, true},
	sqlparser.GreaterEqualOp: {false, true, true},
}

// newIntegerTest makes a test of an expression, nil where it is no such
// comparison.
func (p *program) newIntegerTest(expr sqlparser.Expr) *integerTest {
	comparison, ok := expr.(*sqlparser.ComparisonExpr)
	if !ok {
		return nil
	}
	column := p.columnOf(comparison.Left)
	if column == nil || column.Class != stream.ClassInteger {
		return nil
	}
	literal, ok := comparison.Right.(*sqlparser.Literal)
	if !ok || literal.Type != sqlparser.IntVal {
		return nil
	}
	holds, ok := integerComparisons[comparison.Operator]
	if !ok {
		return nil
	}
	number, err := strconv.ParseInt(literal.Val, 10, 64)
	if err != nil {
		return nil
	}
	return &integerTest{slotOf(comparison.Left.(*sqlparser.ColName)), number, holds}
}

// isTrue decides the comparison. It reports false in known for digits that do
// not fit 64 bits with a sign; they are the engine's.
func (t *integerTest) isTrue(row []sqltypes.Value) (is, known bool) {
	value := &row[t.slot]
	if value.IsNull() {
		return false, true
	}
	number, ok := parseInteger(value.Raw())
	switch {
	case !ok:
		return false, false
	case number < t.number:
		return t.holds[0], true
	case number > t.number:
		return t.holds[2], true
	}
	return t.holds[1], true
}

// parseInteger reads up to 18 digits with their sign.
func parseInteger(b []byte) (n int64, ok bool) {
	negative := len(b) > 0 && b[0] == '-'
	if negative {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	for _, c := range b {
		c -= '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if negative {
		n = -n
	}
	return n, true
}
