package filter_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtenv"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/stream/vtgate"
)

func TestPushable(t *testing.T) {
	const where = "customer=select * from customer where "
	for _, test := range []struct{ text, rule, reason string }{
		{"price > 100", where + "price > 100", ""},
		{"_table = 'customer' and price > 100", where + "price > 100", ""},
		{"_table = 'CUSTOMER'", "customer=select * from customer", ""},
		{"a = 1 AND (b <> 'it''s' AND c <= 1.5)", where + `a = 1 and b != 'it\'s' and c <= 1.5`, ""},
		{"a != 1e3 and b >= x'41' and c < date '2024-02-29'", where + "a != 1e3 and b >= X'41' and c < date'2024-02-29'", ""},
		{"id in (1, -2, 'x', null)", where + "id in (1, -2, 'x', null)", ""},
		{"a is null and b is not null", where + "a is null and b is not null", ""},
		{"id between 1 and 9 and id not between 3 and 4", where + "id between 1 and 9 and id not between 3 and 4", ""},
		{"status = 'paid' and `order` = 1", where + "`status` = 'paid' and `order` = 1", ""},
		{"_table = 'corder' and price > 100", "", "the filter is for the table corder"},
		{"email like 'a%'", "", "LIKE is not in VStream's rules"},
		{"price > 1 and email not like 'a%'", "", "NOT LIKE is not in VStream's rules"},
		{"email regexp 'a'", "", "REGEXP is not in VStream's rules"},
		{"id not in (1)", "", "NOT IN is not in VStream's rules"},
		{"id <=> 1", "", "<=> is not in VStream's rules"},
		{"id = 1 or id = 2", "", "OR is not in VStream's rules"},
		{"id = 1 xor id = 2", "", "XOR is not in VStream's rules"},
		{"not id = 1", "", "NOT is not in VStream's rules"},
		{"a is true", "", "IS TRUE is not in VStream's rules"},
		{"lower(email) = 'x'", "", "lower() is not in VStream's rules"},
		{"id = abs(1)", "", "abs() is not in VStream's rules"},
		{"id = 1 + 1", "", "the operator + is not in VStream's rules"},
		{"id in (1, b)", "", "a comparison with the column b is not in VStream's rules"},
		{"a = b", "", "a comparison with the column b is not in VStream's rules"},
		{"5 < a", "", "in a VStream rule the column comes first, not 5"},
		{"a = -5", "", "-5 is not in VStream's rules, but in a list: in (-5)"},
		{"a = true", "", "true is not in VStream's rules, but in a list: in (true)"},
		{"changed(a)", "", "changed() is not in VStream's rules"},
		{"before.a = 1", "", "before.a is not in VStream's rules"},
		{"after.a is null", "", "after.a is not in VStream's rules"},
		{"_event = 'insert'", "", "_event is not in VStream's rules"},
		{"_table <> 'customer'", "", "_table is not in VStream's rules"},
		{"case when a then 1 end", "", "CASE is not in VStream's rules"},
		{"a", "", "a comparison with the column a is not in VStream's rules"},
		{"doc->>'$.a' = 1", "", "json_unquote(json_extract(doc, '$.a')) is not in VStream's rules"},
	} {
		f, err := filter.Parse(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if rule, reason := f.Pushable("customer"); rule != test.rule || reason != test.reason {
			t.Errorf("%s gives %q, %q\nwant %q, %q", test.text, rule, reason, test.rule, test.reason)
		} else if _, err := vtgate.NewRequest(vtgate.StreamOptions{Rules: []string{rule}}); rule != "" && err != nil {
			t.Errorf("--rule %q: %v", rule, err)
		}
	}
}

func TestPushableQuotesTheTable(t *testing.T) {
	f, err := filter.Parse("id = 1")
	if err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]string{
		"order": "order=select * from `order` where id = 1",
		"a`b":   "a`b=select * from `a``b` where id = 1",
		"a=b":   "",
		"/a/":   "",
		" a":    "",
		"":      "",
	} {
		if rule, reason := f.Pushable(table); rule != want || (reason == "") != (want != "") {
			t.Errorf("%q gives %q, %q, want %q", table, rule, reason, want)
		}
	}
}

// TestRulesSendWhatTheFilterMatches compares the filter with a rule as VTTablet
// applies it, for every odd value and many forms.
func TestRulesSendWhatTheFilterMatches(t *testing.T) {
	literals := []string{
		"0", "1", "42", "5", "1.5", "0.1", "0.5", "-0.01", "1e-1", "2024", "20240229", "18446744073709551615", "''", "'1'", "'its'", "'IT''S'", "'plain'", "'PLAIN'",
		"'café'", "'größe'", "'PENDING'", "'it''s'", "'a,c d'", "'2024-02-29'", "'2026-11-23 01:02:03'", "date '2024-02-29'", "timestamp '2026-11-23 01:02:03'",
		"'101:00:00'", "time '101:00:00'", "x'00ff27'", "0x05", "b'101'", "'text'",
	}
	forms := []string{"c = %s", "c != %s", "c < %s", "c >= %s", "c in (%s, 7)", "c between %s and 'z'", "c not between 0 and %s", "c is null"}
	pushed := map[string]int{}
	for _, column := range odd {
		renamed := field("c", column.Type, column.Charset, column.ColumnType)
		renamed.Flags, renamed.ColumnLength, renamed.Decimals = column.Flags, column.ColumnLength, column.Decimals
		table := tableOf("t", renamed)
		var rows []*stream.Record
		for _, value := range append(column.values, nil) {
			rows = append(rows, table.change(t, nil, []any{value}))
		}
		for _, form := range forms {
			for _, literal := range literals {
				text := form
				if strings.Contains(form, "%s") {
					text = fmt.Sprintf(form, literal)
				}
				f, err := filter.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				rule, _ := f.PushableTo(rows[0].Table)
				if rule == "" {
					continue
				}
				pushed[column.Name]++
				compareRule(t, column.ColumnType, f, rule, rows)
			}
		}
	}
	for _, name := range []string{"tiny", "price", "f", "d", "day", "at", "name", "old", "state", "raw", "doc"} {
		if pushed[name] == 0 {
			t.Errorf("nothing about %s can be pushed", name)
		}
	}
}

// compareRule compares a filter with its rule, row by row.
func compareRule(t *testing.T, sqlType string, f *filter.Filter, rule string, rows []*stream.Record) {
	t.Helper()
	m := f.Matcher()
	for _, row := range rows {
		_, after := row.Images()
		value := after.Values(nil)[0]
		got, err := tabletSends(rule, &row.Table.Columns[0], value)
		if err != nil {
			t.Errorf("%s: %s of %.40q ends the stream: %v", sqlType, rule, value.Raw, err)
		} else if want := m.Match(row); got != want {
			t.Errorf("%s: %s of %.40q: VTTablet says %v, the filter %v", sqlType, rule, value.Raw, got, want)
		}
	}
}

var tabletEnvironment = sync.OnceValue(vtenv.NewTestEnv)

// tabletSends is VTTablet's analyzeWhere and shouldFilter in small
// (go/vt/vttablet/tabletserver/vstreamer/planbuilder.go), for a row of one column.
func tabletSends(rule string, c *stream.Column, v stream.Value) (bool, error) {
	env := tabletEnvironment()
	_, text, _ := strings.Cut(rule, "=")
	statement, err := env.Parser().Parse(text)
	if err != nil {
		return false, err
	}
	for _, part := range sqlparser.SplitAndExpression(nil, statement.(*sqlparser.Select).Where.Expr) {
		if sends, err := partSends(env, part, binlogValue(c, v), collations.ID(c.Collation)); !sends || err != nil {
			return false, err
		}
	}
	return true, nil
}

// binlogValue gives a value the type that go/mysql/binlog/rbr.go gives it.
func binlogValue(c *stream.Column, v stream.Value) sqltypes.Value {
	typ := c.Type
	switch {
	case v.State == stream.Null:
		return sqltypes.NULL
	case c.Type == query.Type_CHAR:
		typ = query.Type_VARCHAR
	case c.Type == query.Type_TEXT:
		typ = query.Type_VARBINARY
	case c.Type == query.Type_JSON:
		typ = query.Type_EXPRESSION
	}
	return sqltypes.MakeTrusted(typ, v.Raw)
}

func partSends(env *vtenv.Environment, part sqlparser.Expr, value sqltypes.Value, collation collations.ID) (bool, error) {
	compare := func(with sqltypes.Value) (int, bool, error) {
		if value.IsNull() || with.IsNull() {
			return 0, false, nil
		}
		n, err := evalengine.NullsafeCompare(value, with, env.CollationEnv(), collation, nil)
		return n, err == nil, err
	}
	literal := func(e sqlparser.Expr) (int, bool, error) {
		if _, ok := e.(*sqlparser.Literal); !ok {
			return 0, false, fmt.Errorf("unexpected: %s", sqlparser.String(e))
		}
		constant, err := constants(env, e)
		if err != nil {
			return 0, false, err
		}
		return compare(constant.Value(collations.CollationUtf8mb4ID))
	}
	switch e := part.(type) {
	case *sqlparser.IsExpr:
		return value.IsNull() == (e.Right == sqlparser.IsNullOp), nil
	case *sqlparser.BetweenExpr:
		from, known, err := literal(e.From)
		if err != nil {
			return false, err
		}
		to, knownToo, err := literal(e.To)
		if e.IsBetween {
			return known && knownToo && from >= 0 && to <= 0, err
		}
		return known && from < 0 || knownToo && to > 0, err
	case *sqlparser.ComparisonExpr:
		if e.Operator == sqlparser.InOp {
			list, err := constants(env, e.Right)
			if err != nil {
				return false, err
			}
			for _, member := range list.TupleValues() {
				if n, known, err := compare(member); known && n == 0 || err != nil {
					return err == nil, err
				}
			}
			return false, nil
		}
		n, known, err := literal(e.Right)
		return known && map[sqlparser.ComparisonExprOperator]bool{
			sqlparser.EqualOp: n == 0, sqlparser.NotEqualOp: n != 0, sqlparser.LessThanOp: n < 0, sqlparser.LessEqualOp: n <= 0,
			sqlparser.GreaterThanOp: n > 0, sqlparser.GreaterEqualOp: n >= 0,
		}[e.Operator], err
	}
	return false, errors.New("unsupported constraint")
}

func constants(env *vtenv.Environment, e sqlparser.Expr) (evalengine.EvalResult, error) {
	expr, err := evalengine.Translate(e, &evalengine.Config{Collation: collations.CollationUtf8mb4ID, Environment: env})
	if err != nil {
		return evalengine.EvalResult{}, err
	}
	return evalengine.EmptyExpressionEnv(env).Evaluate(expr)
}
