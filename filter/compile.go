package filter

import (
	"cmp"
	"fmt"
	"slices"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/stream"
)

// A program is a filter compiled for one version of a table, or for the records
// that belong to none. It keeps state between evaluations, so it belongs to one
// Matcher.
type program struct {
	table *stream.Table
	// never says that no record can match: the table lacks a named column, or
	// what names the table is not TRUE.
	never bool
	// reason says why the expression does not fit the columns' types, nil where
	// it does.
	reason error
	unfit  *unfit

	meta             []int // slots that hold meta names
	bare             reads
	before, after    reads
	changed          []changedRead
	types            []evalengine.Type // of the slots; members of documents come last
	metaSteps, steps []step            // by whether they name columns
}

// A step is a part of the expression that has to be TRUE. For two common kinds
// there is a test that costs less than the expression, and decides where it can.
type step struct {
	expr    evalengine.Expr
	integer *integerTest
	member  *memberTest
}

// reads are the columns to read from one image, in ascending order.
type reads struct {
	columns []int
	slots   []readSlot
}

// A readSlot says where a column's value goes.
type readSlot struct {
	slot    int
	typ     sqltypes.Type
	column  *stream.Column
	convert conversion
}

// A changedRead is a changed(c).
type changedRead struct {
	slot, index int
	column      *stream.Column
}

// compile makes the program for a table; nil stands for the records of none.
func (f *Filter) compile(t *stream.Table) (p *program) {
	p = &program{table: t}
	defer func() {
		if reason := recover(); reason != nil {
			p.never, p.reason = true, fmt.Errorf("the expression cannot be compiled: %v", reason)
		}
	}()
	p.types = make([]evalengine.Type, len(f.slots))
	conjuncts, named := f.conjunctsOf(t)
	for i, s := range f.slots {
		if !named[i] {
			continue
		}
		if s.source == fromMeta {
			p.types[i] = evalengine.NewType(metaNames[s.meta].typ, textCollation)
			p.meta = append(p.meta, i)
			continue
		}
		if t == nil {
			p.never = true
			return p
		}
		index, ok := t.Column(s.column)
		if !ok {
			p.never = true
			return p
		}
		p.types[i] = p.read(i, s.source, index, &t.Columns[index])
	}
	p.bare.sort()
	p.before.sort()
	p.after.sort()
	p.link(f, conjuncts)
	return p
}

// conjunctsOf are the parts of the expression with what a table settles put in its place,
// and the slots that they name then.
func (f *Filter) conjunctsOf(t *stream.Table) ([]conjunct, map[int]bool) {
	list, named := slices.Clone(f.conjuncts), map[int]bool{}
	for i := range list {
		if t != nil {
			list[i].expr = f.prune(list[i].expr, t)
		}
		slotsOf(named, list[i].expr)
	}
	return list, named
}

// read plans to read a column into a slot.
func (p *program) read(slot int, from source, index int, c *stream.Column) evalengine.Type {
	if from == fromChanged {
		p.changed = append(p.changed, changedRead{slot, index, c})
		return evalengine.NewType(sqltypes.Int64, textCollation)
	}
	typ, engine, convert := engineType(c)
	into := &p.bare
	switch from {
	case fromBefore:
		into = &p.before
	case fromAfter:
		into = &p.after
	}
	into.columns = append(into.columns, index)
	into.slots = append(into.slots, readSlot{slot, typ, c, convert})
	return engine
}

// sort puts the columns into the table's order.
func (r *reads) sort() {
	order := make([]int, len(r.columns))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(r.columns[a], r.columns[b]) })
	columns, slots := slices.Clone(r.columns), slices.Clone(r.slots)
	for to, from := range order {
		r.columns[to], r.slots[to] = columns[from], slots[from]
	}
}

// link translates the parts of the expression. Those that read documents come last, as
// they cost most.
func (p *program) link(f *Filter, conjuncts []conjunct) {
	var others, documents parts
	for _, c := range conjuncts {
		expr := p.suit(sqlparser.CloneExpr(c.expr))
		if p.unfit != nil {
			p.never, p.reason = true, f.unfit(p.unfit)
			return
		}
		compiled, err := translate(expr, p.typeOf)
		if err != nil {
			p.never, p.reason = true, f.refuse(err)
			return
		}
		switch test := p.newIntegerTest(expr); {
		case isLiteral(compiled):
			result, err := newEvaluation().Evaluate(compiled)
			if err != nil || !result.ToBoolean() {
				p.never = true
				return
			}
		case c.metaOnly:
			p.metaSteps = append(p.metaSteps, step{expr: compiled})
		case test != nil:
			p.steps = append(p.steps, step{expr: compiled, integer: test})
		default:
			s := step{expr: compiled, member: p.newMemberTest(expr)}
			if s.member == nil {
				others.add(expr, s)
			} else {
				documents.add(expr, s)
			}
		}
	}
	p.steps = append(p.steps, others.together(p)...)
	p.steps = append(p.steps, documents.together(p)...)
}

// typeOf gives a slot's type.
func (p *program) typeOf(slot int) (evalengine.Type, bool) { return p.types[slot], true }

// parts are parts of the expression, and the step that each makes by itself.
type parts struct {
	exprs []sqlparser.Expr
	steps []step
}

func (ps *parts) add(expr sqlparser.Expr, s step) {
	ps.exprs, ps.steps = append(ps.exprs, expr), append(ps.steps, s)
}

// together makes one step of those that the engine can compile together, which
// costs less than one after the other.
func (ps *parts) together(p *program) []step {
	if len(ps.exprs) < 2 {
		return ps.steps
	}
	expr := sqlparser.AndExpressions(ps.exprs...)
	whole, err := translate(expr, p.typeOf)
	if _, compiled := whole.(*evalengine.CompiledExpr); err != nil || !compiled {
		return ps.steps
	}
	return []step{{expr: whole, member: p.newMemberTest(expr)}}
}

// settle puts the names of the table and the keyspace in place of _table and
// _keyspace, so that a filter for one table costs nothing for the others.
func (f *Filter) settle(expr sqlparser.Expr, t *stream.Table) sqlparser.Expr {
	settled := sqlparser.Rewrite(sqlparser.CloneExpr(expr), func(c *sqlparser.Cursor) bool {
		if name, ok := c.Node().(*sqlparser.ColName); ok {
			if s := f.slots[slotOf(name)]; s.source == fromMeta {
				switch metaNames[s.meta].name {
				case "_table":
					c.Replace(sqlparser.NewStrLiteral(t.Name))
				case "_keyspace":
					c.Replace(sqlparser.NewStrLiteral(t.Keyspace))
				}
			}
		}
		return true
	}, nil)
	return settled.(sqlparser.Expr)
}

// isLiteral reports whether translation has settled an expression's value.
func isLiteral(e evalengine.Expr) bool {
	_, ok := e.(*evalengine.Literal)
	return ok
}
