package filter

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"
)

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
