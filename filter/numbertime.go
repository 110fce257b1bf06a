package filter

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

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

// timeOfNumber gives the literal that a number stands for, nil where the number
// itself compares alike. It reports false for a number that is no such time.
func timeOfNumber(digits string, typ sqltypes.Type, decimals int) (sqlparser.Expr, bool) {
	number, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil, false
	}
	if typ == sqltypes.Year {
		return yearOfNumber(number), true
	}
	negative := number.Sign() < 0
	whole, nanos := split(number.Abs(number))
	if !whole.IsInt64() {
		return nil, false
	}
	n, unit := whole.Int64(), time.Second
	for range decimals {
		unit /= 10
	}
	if typ == sqltypes.Time {
		d, ok := durationOf(n)
		if d += time.Duration(nanos); negative {
			d = -d
		}
		return timeLiteral(sqlparser.TimeVal, clock(d.Round(unit))), ok
	}
	if n == 0 && nanos == 0 {
		return nil, true
	}
	t, ok := datetimeOf(n)
	switch t = t.Add(time.Duration(nanos)).Round(unit); {
	case negative || !ok || typ == sqltypes.Timestamp && (t.Unix() < 1 || t.Unix() > math.MaxInt32):
		return nil, false
	case typ == sqltypes.Date:
		return timeLiteral(sqlparser.DateVal, t.Format(time.DateOnly)), true
	}
	return timeLiteral(sqlparser.TimestampVal, t.Format("2006-01-02 15:04:05.000000")), true
}

// split takes a number apart into its whole and its fraction in 1/1,000,000,000.
func split(number *big.Rat) (whole *big.Int, nanos int64) {
	whole, rest := new(big.Int).QuoRem(number.Num(), number.Denom(), new(big.Int))
	rest.Mul(rest, big.NewInt(int64(time.Second)))
	return whole, rest.Quo(rest, number.Denom()).Int64()
}

func timeLiteral(kind sqlparser.ValType, text string) sqlparser.Expr {
	return &sqlparser.Literal{Type: kind, Val: text}
}

// yearOfNumber gives 2026 for 26, and 1999 for 99; nil where there is no year to
// complete.
func yearOfNumber(number *big.Rat) sqlparser.Expr {
	year, err := strconv.Atoi(number.FloatString(0))
	switch {
	case err != nil || year < 0 || year == 0 && number.Sign() != 0:
		return nil
	case 0 < year && year < 70:
		year += 2000
	case 70 <= year && year < 100:
		year += 1900
	}
	return sqlparser.NewIntLiteral(strconv.Itoa(year))
}

// datetimeOf reads YYYYMMDD, YYYYMMDDhhmmss, and both with two digits for the
// year, as number_to_datetime in MySQL's mysys/my_time.cc.
func datetimeOf(n int64) (time.Time, bool) {
	const day, century = 1_000_000, 100_00_00
	switch {
	case n >= 101 && n <= 69_12_31, n >= 70_01_01 && n <= 99_12_31:
		n = withCentury(n, century) * day
	case n >= 1000_01_01 && n <= 9999_12_31, n > 99_12_31 && n < 1000_01_01:
		n *= day
	case n >= 101*day && n <= 69_12_31_23_59_59, n >= 70_01_01*day && n <= 99_12_31_23_59_59:
		n = withCentury(n, century*day)
	case n < 1000_01_01*day:
		return time.Time{}, false
	}
	year, month, date := int(n/1e10), int(n/1e8%100), int(n/1e6%100)
	hour, minute, second := int(n/1e4%100), int(n/100%100), int(n%100)
	t := time.Date(year, time.Month(month), date, hour, minute, second, 0, time.UTC)
	same := t.Year() == year && t.Month() == time.Month(month) && t.Day() == date && t.Hour() == hour && t.Minute() == minute && t.Second() == second
	return t, same && year <= 9999
}

// withCentury puts 20 before a year below 70, else 19; unit is that of a century.
func withCentury(n, unit int64) int64 {
	if n < 70*unit/100 {
		return n + 20*unit
	}
	return n + 19*unit
}

// durationOf reads hhmmss, and of a number as long as a date with a time its
// time, as number_to_time in MySQL's mysys/my_time.cc.
func durationOf(n int64) (time.Duration, bool) {
	const longest = 838_59_59
	if n >= 1e10 {
		if t, ok := datetimeOf(n); ok {
			return t.Sub(t.Truncate(24 * time.Hour)), true
		}
	}
	hours, minutes, seconds := n/10000, n/100%100, n%100
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second
	return d, n <= longest && minutes < 60 && seconds < 60
}

// clock writes a TIME: -838:59:59.000000.
func clock(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	return fmt.Sprintf("%s%02d:%02d:%02d.%06d", sign, d/time.Hour, d/time.Minute%60, d/time.Second%60, d%time.Second/time.Microsecond)
}
