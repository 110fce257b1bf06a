package filter

import (
	"strconv"
	"strings"

	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// source says where a slot's value comes from.
type source uint8

const (
	fromRow     source = iota // a bare column: after the change, before it for a delete
	fromBefore                // before.c
	fromAfter                 // after.c
	fromChanged               // changed(c)
	fromMeta                  // a meta name
)

// A slot is one thing that an expression names. The evaluation engine reads it
// from its row at the slot's index.
type slot struct {
	source source
	column string // in lower case; "" for a meta name
	meta   int    // index into metaNames
	// start and end are where the text names it first.
	start, end int
}

// resolver replaces the names of an expression by slots.
type resolver struct {
	text   string
	tokens []token
	slots  []slot
	err    *Error
}

// resolve gives the expression with every name replaced by a column that is
// called after its slot.
func (r *resolver) resolve(tree sqlparser.Expr) sqlparser.Expr {
	resolved := sqlparser.Rewrite(sqlparser.CloneExpr(tree), func(c *sqlparser.Cursor) bool {
		if r.err != nil {
			return false
		}
		switch node := c.Node().(type) {
		case *sqlparser.ColName:
			c.Replace(r.name(node))
			return false
		case *sqlparser.FuncExpr:
			if node.Name.EqualString("changed") {
				c.Replace(r.changed(node))
				return false
			}
		}
		return true
	}, nil)
	expr, _ := resolved.(sqlparser.Expr)
	return expr
}

// name resolves a column or a meta name.
func (r *resolver) name(node *sqlparser.ColName) sqlparser.Expr {
	qualifier, name := node.Qualifier.Name.String(), node.Name.String()
	start, end := r.place(qualifier, name)
	s := slot{column: strings.ToLower(name), start: start, end: end}
	switch {
	case !node.Qualifier.Qualifier.IsEmpty():
		return r.fail(start, end, "a column is named by itself, or as before.c and after.c",
			"choose the table with _table = "+quoteText(qualifier))
	case strings.EqualFold(qualifier, "before"):
		s.source = fromBefore
	case strings.EqualFold(qualifier, "after"):
		s.source = fromAfter
	case qualifier != "":
		hint := "choose the table with _table = " + quoteText(qualifier) + ", or read a JSON document with " + qualifier + "->>'$." + name + "'"
		if near := stream.Nearest(qualifier, []string{"before", "after"}); near != "" {
			hint = "did you mean " + near + "." + name + "?"
		}
		return r.fail(start, end, "only before. and after. may stand before a column", hint)
	default:
		if meta, ok := metaByName(name); ok {
			s = slot{source: fromMeta, meta: meta, start: start, end: end}
		}
	}
	return r.add(s)
}

// changed resolves changed(c).
func (r *resolver) changed(node *sqlparser.FuncExpr) sqlparser.Expr {
	start, end := r.place("", "changed")
	if len(node.Exprs) == 1 {
		if c, ok := node.Exprs[0].(*sqlparser.ColName); ok && c.Qualifier.IsEmpty() {
			start, end = r.place("", c.Name.String())
			return r.add(slot{source: fromChanged, column: c.Name.Lowered(), start: start, end: end})
		}
	}
	return r.fail(start, end, "changed() takes one column", "as in changed(email)")
}

// add gives the column that stands for a slot, an equal one if there is one.
func (r *resolver) add(s slot) sqlparser.Expr {
	for i, old := range r.slots {
		if old.source == s.source && old.column == s.column && old.meta == s.meta {
			return slotColumn(i)
		}
	}
	r.slots = append(r.slots, s)
	return slotColumn(len(r.slots) - 1)
}

func slotColumn(i int) *sqlparser.ColName {
	return sqlparser.NewColName("#" + strconv.Itoa(i))
}

// slotOf gives the slot that a column of a resolved expression stands for.
func slotOf(c *sqlparser.ColName) int {
	i, _ := strconv.Atoi(strings.TrimPrefix(c.Name.String(), "#"))
	return i
}

// place finds where the text has a name first: the parsed tree does not say.
func (r *resolver) place(qualifier, name string) (start, end int) {
	for i, t := range r.tokens {
		if !t.is(name) || !t.isName(r.text) {
			continue
		}
		qualified := i >= 2 && r.tokens[i-1].kind == '.'
		if qualifier == "" && !qualified {
			return t.start, t.end
		}
		if qualified && r.tokens[i-2].is(qualifier) {
			return r.tokens[i-2].start, t.end
		}
	}
	return 0, len(r.text)
}

// fail keeps the first error; the value only stands in for a column.
func (r *resolver) fail(start, end int, problem, hint string) sqlparser.Expr {
	if r.err == nil {
		r.err = &Error{Text: r.text, Start: start, End: end, Problem: problem, Hint: hint}
	}
	return &sqlparser.NullVal{}
}

// quoteText writes a text as a MySQL string, for hints.
func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
