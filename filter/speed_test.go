package filter_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
	"vitess.io/vitess/go/vt/vtenv"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/filter"
	"vtscope/internal/pairs"
	"vtscope/stream"
)

// atMost is what matching a change may cost beside evalengine's own evaluation
// of the same row, ready-made.
const atMost = 1.5

// speedShapes are the expressions that are measured.
var speedShapes = []struct {
	name, text string
}{
	{"integer", "id = 42"},
	{"suffix", "email like '%foo.com'"},
	{"two columns", "status = 'paid' and price > 100"},
	{"document", "doc->>'$.a.b' = 3"},
}

// turns is in how many turns an expression is compared.
const turns = 9

func speedTable() *fixture {
	return tableOf("corder",
		field("id", query.Type_INT64, 63, "bigint"),
		field("email", query.Type_VARCHAR, 255, "varchar(128)"),
		field("status", query.Type_VARCHAR, 255, "varchar(16)"),
		field("price", query.Type_DECIMAL, 63, "decimal(10,2)"),
		field("doc", query.Type_JSON, 63, "json"),
		field("created", query.Type_DATETIME, 63, "datetime"),
	)
}

func speedRow(i int) []any {
	return []any{
		i, fmt.Sprintf("somebody%d@%s.com", i, []string{"foo", "example"}[i%2]), []string{"open", "paid", "sent"}[i%3],
		fmt.Sprintf("%d.%02d", i*7%300, i%100), fmt.Sprintf(`{"a": {"b": %d}, "c": [1, 2, 3]}`, i%7), "2026-11-22 12:03:43",
	}
}

const speedRows = 256

// BenchmarkMatch measures matching of row changes as a store keeps them, in
// turns with evalengine on the same rows ready-made.
func BenchmarkMatch(b *testing.B) {
	table := speedTable()
	var changes []*binlogdata.RowChange
	for i := range speedRows {
		changes = append(changes, &binlogdata.RowChange{Before: image(speedRow(i + 1)), After: image(speedRow(i))})
	}
	records := table.records(b, changes...)
	for _, shape := range speedShapes {
		b.Run(shape.name, func(b *testing.B) {
			f, err := filter.Parse(shape.text)
			if err != nil {
				b.Fatal(err)
			}
			matcher, engine := f.Matcher(), newReadyMade(b, table, shape.text)
			var ratio pairs.Ratio
			for b.Loop() {
				ratio = pairs.Compare(turns, func() {
					for _, r := range records {
						matcher.Match(r)
					}
				}, func() { engine.match() })
			}
			if got, want := count(matcher, records), engine.match(); got != want {
				b.Fatalf("%d rows match, by evalengine alone %d", got, want)
			}
			ratio.AtMost(b, atMost, "evalengine")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func count(m *filter.Matcher, records []*stream.Record) (n int) {
	for _, r := range records {
		if m.Match(r) {
			n++
		}
	}
	return n
}

// readyMade is evalengine alone, over rows that are there already.
type readyMade struct {
	env  *evalengine.ExpressionEnv
	expr evalengine.Expr
	rows [][]sqltypes.Value
}

func newReadyMade(t testing.TB, table *fixture, text string) *readyMade {
	t.Helper()
	env, err := vtenv.New(vtenv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := env.Parser().ParseExpr(text)
	if err != nil {
		t.Fatal(err)
	}
	fields := evalengine.FieldResolver(table.fields)
	e := &readyMade{env: evalengine.NewExpressionEnv(context.Background(), nil, evalengine.NewEmptyVCursor(env, time.UTC))}
	e.expr, err = evalengine.Translate(tree, &evalengine.Config{
		ResolveColumn: fields.Column, ResolveType: fields.Type, Collation: collations.CollationUtf8mb4ID, Environment: env,
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range speedRows {
		row := sqltypes.MakeRowTrusted(table.fields, image(speedRow(i)))
		e.rows = append(e.rows, row)
	}
	return e
}

// match evaluates every row and counts those for which the expression is TRUE.
func (e *readyMade) match() (n int) {
	for _, row := range e.rows {
		e.env.Row = row
		result, err := e.env.Evaluate(e.expr)
		if err == nil && result.ToBoolean() {
			n++
		}
	}
	return n
}
