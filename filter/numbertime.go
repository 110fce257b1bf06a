package filter

import (
	"strconv"
	"strings"

	"vitess.io/vitess/go/mysql/datetime"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"
)

// compareTimes makes times of the numbers in a comparison. Two lists are in MySQL
// compared so only by =, <=>, <> and IN with several lists.
func (p *program) compareTimes(node *sqlparser.ComparisonExpr) {
	switch node.Operator {
	case sqlparser.InOp, sqlparser.NotInOp:
		list, _ := node.Right.(sqlparser.ValTuple)
		if _, isList := node.Left.(sqlparser.ValTuple); !isList {
			p.listAsTimes(node.Left, list)
		} else if len(list) > 1 {
			for i := range list {
				p.pairAsTimes(&node.Left, &list[i])
			}
		}
	case sqlparser.EqualOp, sqlparser.NullSafeEqualOp, sqlparser.NotEqualOp:
		p.pairAsTimes(&node.Left, &node.Right)
	default:
		p.asTimes(node.Left, &node.Right)
		p.asTimes(node.Right, &node.Left)
	}
}

// asTimes makes times of the numbers that a column of time is compared with, as
// MySQL does where a number comes from no row (convert_constant_arg_to_field in
// sql/item_cmpfunc.cc): 20261122 is a day, and for a YEAR 26 is 2026. The engine
// compares the two as numbers.
func (p *program) asTimes(column sqlparser.Expr, others ...*sqlparser.Expr) {
	typ, decimals, ok := p.timeOf(column)
	if !ok {
		return
	}
	for _, other := range others {
		if literal, isText := quotedText(*other); isText && typ != sqltypes.Year {
			text, ok := readAs(literal.Val, typ)
			if !ok {
				p.unfit = &unfit{*other, noSuch(quoteText(literal.Val), typ), timeHints[typ]}
				return
			}
			*other = sqlparser.NewStrLiteral(text)
			continue
		}
		text, isNumber := constantNumber(*other, typ == sqltypes.Year)
		if !isNumber {
			continue
		}
		if isQuoted(*other) && strings.Trim(text, "0") == "" {
			text = "2000" // as a number it is the year 0000
		}
		literal, ok := timeOfNumber(text, typ, decimals)
		if !ok {
			p.unfit = &unfit{*other, noSuch(sqlparser.String(*other), typ), timeHints[typ]}
			return
		}
		if literal != nil {
			*other = literal
		}
	}
}

// listAsTimes is asTimes for a list, of whose numbers MySQL converts all or none.
// Beside others, a text that is no time only equals nothing.
func (p *program) listAsTimes(column sqlparser.Expr, list sqlparser.ValTuple) {
	typ, _, ok := p.timeOf(column)
	if !ok || typ == sqltypes.Year && len(list) > 1 {
		return
	}
	var numbers, texts []*sqlparser.Expr
	for i := range list {
		if _, isNumber := constantNumber(list[i], typ == sqltypes.Year); isNumber {
			numbers = append(numbers, &list[i])
		} else if literal, isText := quotedText(list[i]); isText {
			if _, ok := readAs(literal.Val, typ); ok || len(list) == 1 {
				texts = append(texts, &list[i])
			}
		} else if isNull(list[i]) {
			numbers = append(numbers, &list[i])
		}
	}
	p.asTimes(column, texts...)
	if len(numbers) == len(list) {
		p.asTimes(column, numbers...)
	}
}

// pairAsTimes is asTimes for two values, or two lists of the same length.
func (p *program) pairAsTimes(left, right *sqlparser.Expr) {
	l, isList := (*left).(sqlparser.ValTuple)
	r, isOtherList := (*right).(sqlparser.ValTuple)
	if isList && isOtherList && len(l) == len(r) {
		for i := range l {
			p.pairAsTimes(&l[i], &r[i])
		}
		return
	}
	p.asTimes(*left, right)
	p.asTimes(*right, left)
}

// timeOf gives the type of a column of time, and its digits after the second.
func (p *program) timeOf(expr sqlparser.Expr) (typ sqltypes.Type, decimals int, ok bool) {
	if c := p.columnOf(expr); c != nil {
		typ, decimals = c.Type, int(c.Decimals)
	} else if name, is := expr.(*sqlparser.ColName); is && p.types[slotOf(name)].Type() == sqltypes.Datetime {
		typ = sqltypes.Datetime // _time
	}
	return typ, decimals, timeHints[typ] != ""
}

var timeHints = map[sqltypes.Type]string{
	sqltypes.Date:      "write it as '2026-01-31', or 20260131",
	sqltypes.Datetime:  "write it as '2026-01-31 23:59:59', or 20260131235959",
	sqltypes.Timestamp: "write it as '2026-01-31 23:59:59', or 20260131235959",
	sqltypes.Time:      "write it as '23:59:59', or 235959",
	sqltypes.Year:      "write it as 2026",
}

func noSuch(value string, typ sqltypes.Type) string {
	return value + " is no " + strings.ToLower(typ.String())
}

// readAs gives a text that is compared with a time, with the minutes or seconds
// that the engine does not do without. It reports false for a text that is no
// such time: MySQL takes none (error 1525), while the engine compares it as text.
// Dates with a zero for the month or the day are left to the engine.
func readAs(text string, typ sqltypes.Type) (string, bool) {
	switch typ {
	case sqltypes.Date, sqltypes.Datetime, sqltypes.Timestamp:
		if _, ok := datetime.ParseDate(text); ok || strings.Contains(text, "-00") {
			return text, true
		}
		for _, rest := range []string{"", ":00", ":00:00"} {
			if _, _, ok := datetime.ParseDateTime(text+rest, -1); ok {
				return text + rest, true
			}
		}
		return "", false
	case sqltypes.Time:
		return text, text == "" || strings.ContainsAny(text, "0123456789")
	}
	return text, true
}

// An unfit is a part of an expression that does not fit the columns' types.
type unfit struct {
	expr          sqlparser.Expr
	problem, hint string
}

func (f *Filter) unfit(u *unfit) *Error {
	c := checker{text: f.text, tokens: f.tokens}
	at := c.whole
	if literal, ok := u.expr.(*sqlparser.Literal); ok {
		at = c.literalSpot(literal.Val, c.whole)
	}
	e := &Error{Text: f.text, Problem: u.problem, Hint: u.hint}
	e.Start, e.End = at()
	return e
}

// constantNumber gives the digits of an expression that is a number and names no
// column; also of a text that is one, where texts count.
func constantNumber(expr sqlparser.Expr, texts bool) (digits string, ok bool) {
	if literal, isText := quotedText(expr); isText {
		digits = strings.TrimSpace(literal.Val)
		_, err := strconv.ParseFloat(digits, 64)
		return digits, texts && err == nil && len(digits) <= 20
	}
	if namesColumn(expr) {
		return "", false
	}
	compiled, err := translate(sqlparser.CloneExpr(expr), nil)
	if err != nil || !isLiteral(compiled) {
		return "", false
	}
	result, err := newEvaluation().Evaluate(compiled)
	if err != nil {
		return "", false
	}
	value := result.Value(textCollation)
	switch {
	case value.IsFloat():
		number, err := value.ToFloat64()
		return strconv.FormatFloat(number, 'f', -1, 64), err == nil
	case value.IsIntegral(), value.IsDecimal():
		return value.ToString(), true
	}
	return "", false
}

func namesColumn(expr sqlparser.Expr) (does bool) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		_, is := node.(*sqlparser.ColName)
		does = does || is
		return !does, nil
	}, expr)
	return does
}
