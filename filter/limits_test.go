package filter_test

import (
	"runtime"
	"strings"
	"testing"

	"vitess.io/vitess/go/vt/proto/query"

	"vtscope/filter"
)

// times writes a text so many times.
func times(n int, text string) string { return strings.Repeat(text, n) }

// nested wraps a text so many times.
func nested(n int, before, inner, after string) string {
	return times(n, before) + inner + times(n, after)
}

// TestParseRefusesWhatNeverEnds has what a person, or somebody else's file of
// filters, could stop the program with, were it evaluated.
func TestParseRefusesWhatNeverEnds(t *testing.T) {
	for name, text := range map[string]string{
		"length":               "s = '" + times(70_000, "x") + "'",
		"not in not":           times(10_000, "not ") + "i",
		"signs":                times(60_000, "~") + "i",
		"calls":                nested(8_000, "lower(", "s", ")") + " = 'x'",
		"sum":                  times(30_000, "i+") + "i",
		"comparisons":          times(30_000, "i=") + "i",
		"between in between":   nested(30, "(", "i", " between 1 and 2)"),
		"not between":          nested(30, "(", "i", " not between 1 and 2)"),
		"in within in":         nested(30, "i in (2, ", "i", ")"),
		"ifnull in ifnull":     nested(30, "ifnull(", "i", ", 2)"),
		"nullif in nullif":     nested(30, "nullif(", "i", ", 2)"),
		"case in case":         nested(16, "case ", "i", " when 1 then 2 when 2 then 3 when 3 then 4 end"),
		"space":                "length(space(1000000000)) = 1",
		"repeat":               "length(repeat('x', 1000000000)) = 1",
		"repeat by column":     "length(repeat(s, i)) = 1",
		"repeat in repeat":     nested(5, "repeat(", "s", ", 1000)") + " = 'x'",
		"lpad":                 "lpad(s, 1000000000, 'x') = 'x'",
		"rpad by column":       "rpad(s, i, 'x') = 'x'",
		"cast":                 "length(cast(s as binary(1000000000))) = 1",
		"cast beyond integers": "length(cast(s as binary(99999999999999999999))) = 1",
		"weight_string":        "length(weight_string(s as binary(1000000000))) = 1",
		"hex in hex":           nested(30, "hex(", "s", ")") + " = 'x'",
		"base64 in base64":     nested(40, "to_base64(", "s", ")") + " = 'x'",
		"replace":              "replace(s, 'a', repeat('b', 1000000)) = 'x'",
		"replace in replace":   nested(6, "replace(", "s", ", 'a', 'aaaaaaaaaaaaaaaa')") + " = 'x'",
		"product":              times(199, "d*") + "d = 1",
		"date_format":          "date_format(dt, " + nested(6, "date_format(dt, ", "s", ")") + ") = 'x'",
		"many %":               "s like '" + times(40, "%a") + "'",
		"expression in %":      "unhex(s) like '" + times(20, "%a") + "b'",
		"text like pattern":    "repeat('a', 1000000) like '%" + times(1000, "a") + "b'",
		"locate":               "locate(repeat('a', 100000), repeat('a', 1000000)) = 1",
		"regexp by column":     "s regexp b",
		"regexp classes":       "s regexp '" + times(100, `\\p{L}`) + "'",
		"regexp length":        "s regexp '" + times(2_000, "a") + "'",
		"back-reference":       `s regexp '(a*)\\1b'`,
		"path by column":       "json_extract(j, s) = 1",
		"two ellipses":         "j->'$**.a**.b' = 1",
		"path length":          "j->'$" + times(5_000, "[0]") + "' = 1",
	} {
		f, err := filter.Parse(text)
		if err == nil {
			t.Errorf("%s: %.60s… is taken", name, f)
		}
	}
}

// TestParseTakesWhatIsLong has what programs write.
func TestParseTakesWhatIsLong(t *testing.T) {
	for name, text := range map[string]string{
		"keys":        "i in (" + times(30_000, "1,") + "5)",
		"texts":       "s in (" + times(10_000, "'a',") + "'x')",
		"rows":        "(i, s) in (" + times(5_000, "(1,'a'),") + "(5,'x'))",
		"or":          times(8_000, "i=1 or ") + "i=5",
		"or, nested":  nested(5_000, "i=1 or (", "i=5", ")"),
		"and":         times(7_000, "i<>1 and ") + "i=5",
		"not and":     "not (" + times(8_000, "i and ") + "i = 6)",
		"parentheses": nested(30_000, "(", "i=5", ")"),
		"concat":      "concat(" + times(1_000, "s,") + "'x') like 'x%'",
		"paths":       times(500, "j->'$.a' = 2 or ") + "j->'$.a' = 1",
		"sum":         "i = 5 or 0 = " + times(190, "i+") + "i",
	} {
		f, err := filter.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := f.Matcher()
		row := wide.change(t, nil, ordinary)
		if !m.Match(row) {
			_, failure := m.Failures()
			t.Errorf("%s: %.60s… does not match: %v", name, text, failure)
		}
	}
}

// wide is a table with a column of each kind.
var wide = tableOf("wide",
	field("i", query.Type_INT64, 63, "bigint"),
	field("u", query.Type_UINT64, 63, "bigint unsigned"),
	&query.Field{Name: "d", Type: query.Type_DECIMAL, Charset: 63, ColumnType: "decimal(65,2)", ColumnLength: 67, Decimals: 2},
	field("f", query.Type_FLOAT64, 63, "double"),
	field("s", query.Type_VARCHAR, 255, "text"),
	field("g", query.Type_VARCHAR, 45, "text"),
	field("l", query.Type_VARCHAR, 8, "text"),
	field("b", query.Type_BLOB, 63, "longblob"),
	field("j", query.Type_JSON, 63, "json"),
	&query.Field{Name: "dt", Type: query.Type_DATETIME, Charset: 63, ColumnType: "datetime(6)", Decimals: 6},
	field("da", query.Type_DATE, 63, "date"),
	field("t", query.Type_TIME, 63, "time"),
	field("y", query.Type_YEAR, 63, "year"),
	field("e", query.Type_ENUM, 255, "enum('a','b')"),
	field("bit", query.Type_BIT, 63, "bit(8)"),
)

var ordinary = []any{5, 7, "1.50", 2.5, "x", "y", "z", "\x01\xff", `{"a": 1}`, "2026-01-31 12:00:00.5", "2026-01-31", "23:59:59", 2026, "a", "\x05"}

// with gives the ordinary row with another value in one column.
func with(column, value string) []any {
	row := append([]any(nil), ordinary...)
	for i, f := range wide.fields {
		if f.Name == column {
			row[i] = value
		}
	}
	return row
}

// TestMatchFailsOnRowsThatNeverEnd has rows that no MySQL sends, or that are
// far larger than an expression is made for. Each costs little memory and is a
// failure of that row alone.
func TestMatchFailsOnRowsThatNeverEnd(t *testing.T) {
	const most = 32 << 20
	for name, c := range map[string]struct {
		text   string
		column string
		value  string
	}{
		"no UTF-8":          {"s like '%a%a%a%a%b'", "s", times(2_000, "a") + "\xff"},
		"no UTF-8 in JSON":  {"j->>'$.a' like '%a%a%a%a%b'", "j", `{"a": "` + times(2_000, "a") + "\xff\"}"},
		"like itself":       {"s like s", "s", times(100_000, "a")},
		"locate itself":     {"locate(g, s)", "s", times(100_000, "a")},
		"digits":            {"d * d > 1", "d", times(1_000_000, "9")},
		"digits in text":    {"cast(s as decimal(10,2)) = 1", "s", times(1_000_000, "9")},
		"digits in JSON":    {"j->'$.a' > 1.5", "j", `{"a": ` + times(1_000_000, "9") + "}"},
		"digits of time":    {"dt > '2026-01-01'", "dt", times(1_000_000, "9")},
		"large JSON":        {"j->'$.a' = 1", "j", "[" + times(3_000_000, "1,") + "1]"},
		"large JSON, whole": {"j = cast('[1]' as json)", "j", "[" + times(3_000_000, "1,") + "1]"},
		"repeated":          {"length(repeat(s, 1000)) = 1", "s", times(1_000_000, "x")},
		"many found":        {"regexp_substr(s, 'a', 1, 3) = 'x'", "s", times(1_000_000, "a")},
		"timeout":           {"s regexp '(a+)+b'", "s", times(30_000, "a")},
		"deep JSON":         {"j->'$.a' = 1", "j", times(1_000_000, "[")},
	} {
		f, err := filter.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		row, m := wide.change(t, nil, with(c.column, c.value)), f.Matcher()
		m.Match(wide.change(t, nil, ordinary))
		if n, reason := m.Failures(); n != 0 {
			t.Errorf("%s: an ordinary row fails: %v", name, reason)
		}
		allocated := allocation(func() { m.Match(row) })
		if n, _ := m.Failures(); n == 0 {
			t.Errorf("%s: %s is no failure", name, c.text)
		}
		if allocated > most {
			t.Errorf("%s: %d bytes allocated", name, allocated)
		}
	}
}

// allocation measures what f allocates, in bytes.
func allocation(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestParseAllocatesLittle holds what reading even the longest expression costs.
func TestParseAllocatesLittle(t *testing.T) {
	const most = 64 << 20
	for name, text := range map[string]string{
		"texts":      "s in (" + times(16_000, "'',") + "'x')",
		"or":         times(9_000, "i=1 or ") + "i=5",
		"and":        times(8_000, "i=1 and ") + "i=5",
		"calls":      nested(8_000, "lower(", "s", ")") + " = 'x'",
		"no words":   times(20_000, "a b "),
		"signs":      times(60_000, "-") + "i",
		"no closing": times(60_000, "("),
		"long":       times(1_000_000, "x"),
	} {
		if allocated := allocation(func() { _, _ = filter.Parse(text) }); allocated > most {
			t.Errorf("%s: %d bytes allocated", name, allocated)
		}
	}
}

// TestBinaryTextIsTaken has what the limits are not meant for.
func TestBinaryTextIsTaken(t *testing.T) {
	for text, row := range map[string][]any{
		"b like '%\\x01%'":         ordinary,
		"s like '%a%a%b%'":         with("s", times(100_000, "aab")),
		"j->>'$.a' like '%a%b%c%'": with("j", `{"a": "`+times(20_000, "abc")+`"}`),
		"s regexp 'b$'":            with("s", times(5_000, "aab")),
		"length(b) > 10":           with("b", times(30_000_000, "\xff")),
		"instr(s, 'needle') = 7":   with("s", "in the needle"),
	} {
		f, err := filter.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		m := f.Matcher()
		m.Match(wide.change(t, nil, row))
		if n, reason := m.Failures(); n != 0 {
			t.Errorf("%s: %v", text, reason)
		}
	}
}
