package headless

import (
	"errors"
	"slices"
	"strings"

	"vtscope/stream"
)

// SQL prints statements that repeat the changes.
var SQL = &Format{
	Name: "sql", Events: allEvents, WholeRows: true,
	lines: func(o *Options) lines { return newSQLLines(o, false) },
}

// UndoSQL prints, by End, statements that undo the changes, the newest first.
// What a copy reads was there before, and is not undone.
var UndoSQL = &Format{
	Name: "undo-sql", Events: allEvents &^ copyEvents, WholeRows: true, Before: true, AtEnd: true,
	lines: func(o *Options) lines { return newSQLLines(o, true) },
}

// sqlLines makes statements that repeat the changes, or undo them: a line each,
// but for DDL. What is no statement is a comment.
type sqlLines struct {
	layouts
	undo      bool
	qualified bool
	images    images
	comments  *textLines
	scratch   []byte
	checking  bool // whether there can be a statement, before its large values print
	large     overflow
	schema    *schema
	unchecked bool // foreign keys are

	leftOut   string // how the comment begins in place of a statement that cannot be made
	unwritten uint64 // such comments that are printed
	first     error  // why, of the first
}

func newSQLLines(o *Options, undo bool) *sqlLines {
	s := &sqlLines{
		undo: undo, qualified: o.Qualified, leftOut: "-- NOT repeated, ",
		comments: newTextLines(), schema: newSchema(),
	}
	if s.undo {
		s.leftOut = "-- NOT undone, "
	}
	s.layouts = layouts{makeTable: s.tableNames}
	return s
}

func (s *sqlLines) unstated() string { return s.leftOut }

func (s *sqlLines) failures() (n uint64, first error) { return s.unwritten, s.first }

func (s *sqlLines) spare(o *overflow) {
	s.large = *o
	s.comments.spare(o)
}

// prelude sets what the literals rely on: their character set, the time zone of
// a stream's times, a zero that is no request for the next number, and dates
// that are none.
func (s *sqlLines) prelude(dst []byte) []byte {
	return append(dst, `SET NAMES utf8mb4;
SET time_zone = '+00:00';
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';
`...)
}

// head appends when, where, and in which transaction a row has changed.
func (s *sqlLines) head(dst []byte, r *stream.Record) []byte {
	dst = append(dst, "-- "...)
	if r.Time != 0 {
		dst = append(s.comments.clock.append(dst, r.Time), ' ')
	}
	dst = append(dst, s.comments.ofShard(r.Shard)...)
	if r.Kind == stream.Copy {
		dst = append(dst, " copy"...)
	}
	if !r.GTID.IsZero() {
		dst = stream.AppendSafe(append(dst, ' '), []byte(r.GTID.String()))
	}
	return append(dst, '\n')
}

// frame hands over the first events of a transaction. Where they are undone, it
// goes from the end to the beginning, as all that is handed over is turned round.
// One statement is a transaction by itself, and DDL ends one.
func (s *sqlLines) frame(t *transaction, events int, to target) error {
	first := min(t.firstRow, events)
	var head, begin, commit []byte
	if t.rows > 0 || t.hasStatement(events) {
		head = t.head
	}
	if t.rows > 1 {
		begin, commit = beginLine, commitLine
	}
	f := framer{t: t, to: to}
	if s.undo {
		f.eachEvent(0, first).text(commit).eachEvent(first, events).text(begin).text(head)
	} else {
		f.text(head).text(s.checks(t)).events(0, first).text(begin).events(first, events).text(commit)
	}
	if n := t.unwritten(events); n > 0 {
		s.count(n, t.reason)
	}
	return f.err
}

var beginLine, commitLine = []byte("BEGIN;\n"), []byte("COMMIT;\n")

// A framer hands over what a transaction prints as, until the first error.
type framer struct {
	t   *transaction
	to  target
	err error
}

func (f *framer) text(b []byte) *framer {
	if f.err == nil && len(b) > 0 {
		f.err = f.to.add(b)
		f.to.end()
	}
	return f
}

func (f *framer) events(from, to int) *framer {
	if f.err == nil {
		f.err = f.t.lines.between(from, to, f.to.add)
	}
	return f
}

// eachEvent hands over events a piece each.
func (f *framer) eachEvent(from, to int) *framer {
	for i := from; i < to && f.err == nil; i++ {
		f.events(i, i+1)
		f.to.end()
	}
	return f
}

// checks turns foreign keys off for what a copy has read, since it reads one
// table after another in an order of its own, and on again for what is live. No
// copy is undone.
func (s *sqlLines) checks(t *transaction) []byte {
	if t.rows == 0 || t.copied == s.unchecked {
		return nil
	}
	if s.unchecked = t.copied; s.unchecked {
		return []byte("SET foreign_key_checks = 0;\n")
	}
	return []byte("SET foreign_key_checks = 1;\n")
}

// event appends what is no row: DDL as a statement, anything else as a comment.
func (s *sqlLines) event(dst []byte, r *stream.Record) []byte {
	if r.Kind == stream.DDL {
		return s.appendDDL(dst, r)
	}
	return s.comments.event(append(dst, "-- "...), r)
}

// row appends the statement that repeats a row change, or undoes it, and nothing
// where there is nothing to do.
func (s *sqlLines) row(dst []byte, r *stream.Record) []byte {
	start := len(dst)
	dst, reason := s.statement(dst, r)
	switch {
	case reason == nothingToDo:
		return dst[:start]
	case reason != "":
		return s.leaveOut(dst[:start], r, reason)
	}
	return append(dst, ";\n"...)
}

// layoutOf gives the names that a row's statement has: those that the table has
// where the statement stands.
func (s *sqlLines) layoutOf(r *stream.Record) *layout {
	if len(s.schema.waiting) == 0 {
		return s.ofTable(r.Table)
	}
	renames := s.schema.meet(r)
	if len(renames) == 0 {
		return s.ofTable(r.Table)
	}
	t := *r.Table
	t.Columns = slices.Clone(t.Columns)
	for _, change := range slices.Backward(renames) {
		if change.column == "" && strings.EqualFold(t.Name, change.to) {
			t.Name = change.from
			continue
		}
		if i, ok := t.Column(change.to); ok && change.column != "" && strings.EqualFold(t.Name, change.table) {
			t.Columns[i].Name = change.from
		}
	}
	return s.tableNames(&t)
}

// leaveOut appends a comment in place of a statement that cannot be made.
func (s *sqlLines) leaveOut(dst []byte, r *stream.Record, reason string) []byte {
	dst = stream.AppendSafe(append(dst, s.leftOut...), []byte(reason+": "))
	if r.Kind.IsRow() {
		return s.comments.row(dst, r)
	}
	return s.comments.event(dst, r)
}

// count takes note of comments in place of statements, and why the first is one.
func (s *sqlLines) count(n uint64, reason string) {
	if s.unwritten += n; s.first == nil {
		s.first = errors.New(reason)
	}
}

// tableNames quotes the names that statements have of a table version.
func (s *sqlLines) tableNames(t *stream.Table) *layout {
	l := &layout{}
	named := isPlain(t.Keyspace) && isPlain(t.Name)
	if s.qualified {
		l.table = append(appendName(nil, t.Keyspace), '.')
	}
	l.table = appendName(l.table, t.Name)
	numbered := len(t.Columns) > 0
	for i := range t.Columns {
		name := t.Columns[i].Name
		named = named && isPlain(name)
		numbered = numbered && name == numberedName(i)
		l.columns = append(l.columns, appendName(nil, name))
		defined := s.schema.defined[columnName{tableName{t.Keyspace, strings.ToLower(t.Name)}, strings.ToLower(name)}]
		l.computed = append(l.computed, t.Columns[i].Generated || defined.computed)
		l.clocked = append(l.clocked, t.Columns[i].UpdatedNow || defined.clocked)
	}
	switch {
	case numbered:
		l.refused = "VTGate does not tell the names of its columns"
	case !named:
		l.refused = "a name cannot be written in a statement"
	case slices.ContainsFunc(t.Columns, func(c stream.Column) bool { return c.Masked }):
		l.refused = "values of the table are masked"
	}
	return l
}

// appendName quotes the name of a table or a column.
func appendName(dst []byte, name string) []byte {
	dst = append(dst, '`')
	for i := range len(name) {
		if name[i] == '`' {
			dst = append(dst, '`')
		}
		dst = append(dst, name[i])
	}
	return append(dst, '`')
}

// isPlain reports whether a name can stand in a statement as it is. Between
// backticks there are no escapes.
func isPlain(name string) bool {
	return name != "" && isPipeSafe([]byte(name)) && !strings.ContainsAny(name, "\r\n\t")
}
