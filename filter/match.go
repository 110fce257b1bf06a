package filter

import (
	"errors"
	"fmt"
	"time"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/stream"
)

// A Matcher matches records against a filter, on one goroutine.
type Matcher struct {
	filter   *Filter
	env      *evalengine.ExpressionEnv
	programs []*program // by the table's ID; 0 is for records of no table

	failures uint64
	failure  error

	// What lasts until the next record.
	intake        intake
	values        []stream.Value
	before, after []stream.Value
	scratch       []byte
	time, gtid    []byte
	shard         *stream.Shard
	shardName     []byte
}

// Matcher makes a matcher.
func (f *Filter) Matcher() *Matcher {
	m := &Matcher{filter: f, env: newEvaluation(), values: make([]stream.Value, len(f.slots))}
	m.env.Row = make([]sqltypes.Value, len(f.slots))
	return m
}

// SetTime sets what NOW() and its kin give; until then it is the time at which
// the matcher was made.
func (m *Matcher) SetTime(now time.Time) { m.env.SetTime(now) }

// Match reports whether the expression is TRUE for a record. It may be asked
// for records of any kind: those that are no row have no columns, and match
// only expressions of meta names.
func (m *Matcher) Match(r *stream.Record) bool {
	p := m.program(r.Table)
	if p.never {
		if p.reason != nil {
			m.fail(p.reason)
		}
		return false
	}
	return m.run(p, r)
}

// Failures counts the records for which the expression could not be
// evaluated, and gives the first reason. They do not match.
func (m *Matcher) Failures() (n uint64, first error) { return m.failures, m.failure }

func (m *Matcher) fail(reason error) {
	m.failures++
	if m.failure == nil {
		m.failure = reason
	}
}

// program finds the program for a table, compiled at the first record of it.
func (m *Matcher) program(t *stream.Table) *program {
	id := 0
	if t != nil {
		id = int(t.ID)
	}
	if id >= len(m.programs) {
		m.programs = append(m.programs, make([]*program, id+1-len(m.programs))...)
	}
	p := m.programs[id]
	if p == nil || p.table != t {
		p = m.filter.compile(t)
		m.programs[id] = p
		if more := len(p.types) - len(m.env.Row); more > 0 {
			m.env.Row = append(m.env.Row, make([]sqltypes.Value, more)...)
		}
	}
	return p
}

// run evaluates what needs no column first.
func (m *Matcher) run(p *program, r *stream.Record) bool {
	m.intake = intake{}
	if len(p.meta) > 0 && !m.readMeta(p, r) || !m.areTrue(p.metaSteps) {
		return false
	}
	return len(p.steps) == 0 || m.readColumns(p, r) && m.areTrue(p.steps)
}

// readMeta reads the meta names that the program names.
func (m *Matcher) readMeta(p *program, r *stream.Record) bool {
	for _, slot := range p.meta {
		value := metaNames[m.filter.slots[slot].meta].value(m, r)
		m.env.Row[slot] = value
		m.intake.bytes += int64(value.Len())
	}
	return m.isSmall()
}

// areTrue evaluates steps until one is not TRUE.
func (m *Matcher) areTrue(steps []step) bool {
	for i := range steps {
		if !m.holds(&steps[i]) {
			return false
		}
	}
	return true
}

// holds evaluates one step, by its test if that can decide.
func (m *Matcher) holds(s *step) bool {
	if s.integer != nil {
		if is, known := s.integer.isTrue(m.env.Row); known {
			return is
		}
	}
	if s.member != nil {
		if is, known := s.member.isTrue(m); known {
			return is
		}
	}
	return m.isTrue(s.expr)
}

// isTrue evaluates an expression. What the engine compiled may not expect a NULL or a
// type that it meets; what it interprets does.
func (m *Matcher) isTrue(expr evalengine.Expr) bool {
	is, err := m.evaluate(expr, false)
	if err == nil {
		return is
	}
	if errors.Is(err, errDefect) {
		is, err = m.evaluate(expr, true)
	}
	if err != nil {
		m.failEngine(err)
	}
	return is
}

// failEngine counts a failure of the engine, and puts the first in our words.
func (m *Matcher) failEngine(err error) {
	if m.failure == nil && !errors.Is(err, errDefect) {
		err = errors.New(plainReason(err.Error()))
	}
	m.fail(err)
}

// errDefect says that the engine broke down over a value.
var errDefect = errors.New("a value cannot be evaluated")

// evaluate evaluates an expression, compiled or interpreted. A defect of the engine
// is an error like others.
func (m *Matcher) evaluate(expr evalengine.Expr, interpreted bool) (is bool, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			is, err = false, fmt.Errorf("%w: %v", errDefect, reason)
		}
	}()
	var result evalengine.EvalResult
	if interpreted {
		result, err = m.env.EvaluateAST(expr)
	} else {
		result, err = m.env.Evaluate(expr)
	}
	if err != nil {
		return false, err
	}
	return result.ToBoolean(), nil
}

// readColumns reads the values that the program names. It reports false where
// an image does not hold one: what is not known cannot match.
func (m *Matcher) readColumns(p *program, r *stream.Record) bool {
	m.scratch = m.scratch[:0]
	bare := stream.After
	if r.Kind == stream.Delete {
		bare = stream.Before
	}
	switch {
	case len(p.bare.slots) > 0 && !m.read(&p.bare, bare, r),
		len(p.after.slots) > 0 && !m.read(&p.after, stream.After, r),
		len(p.before.slots) > 0 && !m.read(&p.before, stream.Before, r),
		!m.isSmall():
		return false
	}
	for i := range p.changed {
		m.env.Row[p.changed[i].slot] = truth(m.changed(&p.changed[i], r))
	}
	return true
}

// isSmall reports whether what was read so far is small enough to evaluate.
func (m *Matcher) isSmall() bool {
	if m.intake.bytes <= minRead && !m.intake.odd {
		return true
	}
	if err := m.intake.check(&m.filter.limits); err != nil {
		m.fail(err)
		return false
	}
	return true
}

// read reads columns of one image; of an image that does not exist they are NULL.
func (m *Matcher) read(reads *reads, side stream.Side, r *stream.Record) bool {
	values := m.values[:len(reads.columns)]
	if !r.Pick(side, reads.columns, values) {
		for i := range reads.slots {
			m.env.Row[reads.slots[i].slot] = sqltypes.NULL
		}
		return true
	}
	for i := range values {
		if values[i].State == stream.PartialJSON {
			values[i] = m.whole(r, reads.columns[i])
		}
		if !m.put(&reads.slots[i], &values[i]) {
			return false
		}
	}
	return true
}

// put hands a value to the engine, false where it is not known.
func (m *Matcher) put(s *readSlot, v *stream.Value) bool {
	switch v.State {
	case stream.Present:
		raw := v.Raw
		if s.convert != nil {
			start := len(m.scratch)
			m.scratch = s.convert(s.column, m.scratch, raw)
			raw = m.scratch[start:len(m.scratch):len(m.scratch)]
		}
		if m.filter.limits.mind(raw) {
			if err := m.intake.add(&m.filter.limits, s.typ, raw); err != nil {
				m.fail(err)
				return false
			}
		} else {
			m.intake.bytes += int64(len(raw))
		}
		m.env.Row[s.slot] = sqltypes.MakeTrusted(s.typ, raw)
	case stream.Null:
		m.env.Row[s.slot] = sqltypes.NULL
	default:
		return false
	}
	return true
}

// changed says whether an update changed a column.
func (m *Matcher) changed(c *changedRead, r *stream.Record) bool {
	if r.Kind != stream.Update {
		return false
	}
	column := [...]int{c.index}
	var before, after [1]stream.Value
	if !r.Pick(stream.Before, column[:], before[:]) || !r.Pick(stream.After, column[:], after[:]) {
		return false
	}
	if after[0].State == stream.PartialJSON {
		after[0] = m.whole(r, c.index)
	}
	return c.column.Differs(before[0], after[0])
}

// whole gives a document after an update that came in part.
func (m *Matcher) whole(r *stream.Record, column int) stream.Value {
	before, after := r.Images()
	m.before, m.after = before.Values(m.before[:0]), after.Values(m.after[:0])
	stream.ResolvePartialJSON(m.before, m.after)
	return m.after[column]
}
