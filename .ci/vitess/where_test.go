//go:build cluster

package cluster

import (
	"encoding/json"
	"strings"
	"testing"
)

// leastExpressions is how many expressions TestWhere compares at the least,
// when those are dropped for which MySQL itself has an error.
const leastExpressions = 500

// copyOfValues is a run over a copy of the table where_values.
var copyOfValues = filterRun{
	args: []string{"commerce", "-t", "where_values", "--from", "copy"},
	last: wholeCopyCompleted,
}

// TestWhere filters a copy of every type by expressions over them, and expects
// the rows that MySQL's own SELECT ... WHERE has.
func TestWhere(t *testing.T) {
	ready(t)
	m := dialMySQL(t)
	m.createValues(t)
	var expressions []string
	var want [][]int
	telling, dropped := 0, 0
	for _, expression := range readExpressions(t) {
		ids, err := m.selected(expression)
		if err != nil {
			dropped++
			continue
		}
		if len(ids) > 0 && len(ids) < valueRows {
			telling++
		}
		expressions, want = append(expressions, expression), append(want, ids)
	}
	t.Logf("%d expressions, %d of which select some rows and not others; %d are errors to MySQL", len(expressions), telling, dropped)
	if len(expressions) < leastExpressions || telling < leastExpressions {
		t.Errorf("at least %d should be there of both", leastExpressions)
	}
	for i, got := range copyOfValues.runAll(t.Context(), expressions) {
		if how := got.differs(want[i], id); how != "" {
			t.Errorf("%s\n\t%s", expressions[i], how)
		}
	}
}

// TestWhereLimits expects that each of the known differences is still one:
// where Vitess has learnt better, the expression belongs to those of TestWhere.
func TestWhereLimits(t *testing.T) {
	ready(t)
	m := dialMySQL(t)
	m.createValues(t)
	limits := readLimits(t)
	expressions := make([]string, len(limits))
	for i, l := range limits {
		expressions[i] = l.expression
	}
	for i, got := range copyOfValues.runAll(t.Context(), expressions) {
		l := limits[i]
		want, err := m.selected(l.expression)
		switch {
		case err != nil:
			t.Errorf("%s\n\tis an error to MySQL too: %v", l.expression, err)
		case got.failed != nil:
			t.Errorf("%s\n\t%v", l.expression, got.failed)
		case l.refused && got.refused == "":
			t.Errorf("%s\n\tis not refused any more, as it was by the reason: %s", l.expression, l.reason)
		case !l.refused && (got.refused != "" || got.differs(want, id) == ""):
			t.Errorf("%s\n\tdoes not select other rows than MySQL any more, as it did by the reason: %s", l.expression, l.reason)
		}
	}
}

// limit is a known difference between the filter and MySQL.
type limit struct {
	reason, expression string
	// refused says that vtscope refuses the expression; else it selects other rows.
	refused bool
}

// readLimits reads lines of what happens and why, each followed by the expressions that show it.
func readLimits(t *testing.T) []limit {
	t.Helper()
	var limits []limit
	var current limit
	for _, line := range dataLines(t, "testdata/where/limits.txt") {
		if expression, ok := strings.CutPrefix(line, "  "); ok {
			current.expression = expression
			limits = append(limits, current)
			continue
		}
		how, reason, _ := strings.Cut(line, ": ")
		if how != "refused" && how != "differs" {
			t.Fatalf("%q begins neither with refused: nor with differs:", line)
		}
		current = limit{reason: reason, refused: how == "refused"}
	}
	return limits
}

// id is the primary key of an event's row, -1 where it has none.
func id(e event) int {
	var key struct{ ID *int }
	if json.Unmarshal(e.Key, &key) != nil || key.ID == nil {
		return -1
	}
	return *key.ID
}
