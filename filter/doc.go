// Package filter matches row changes against MySQL expressions: what stands
// after WHERE, over one change. Vitess's sqlparser reads them, and Vitess's
// evalengine evaluates them; names, limits, errors and the way from a change's
// bytes to the engine are here.
//
// # Data path
//
//	text ─► tokens ─► tree ─► checked, bounded ─► names resolved to slots       Parse: once
//	                                                     │
//	a table's columns ─► types of the slots ─► program ◄─┘                      compile: once per table version
//	                                              │
//	record ─► the named columns' bytes ─► slots ─► TRUE, or no match            Match: per change
//
// A slot is one thing that the expression names: a column of the row as it is
// after the change, of one image, a changed(c), a meta name. The engine sees
// nothing else; it reads slot i from its row at i. The expression is taken apart
// at its ANDs: what names no column is evaluated first, and _table and _keyspace
// are settled when a table's program is compiled, so a filter costs next to
// nothing for the tables that it rules out.
//
// # Ownership
//
// A Filter never changes and is shared. A Matcher belongs to one goroutine, with
// its programs: evalengine's compiled regular expressions keep state. Values are
// handed to the engine without a copy, and are valid as long as the record.
//
// # Files
//
//   - filter.go, match.go: Filter, Parse; Matcher, Match
//   - tokens.go, parse.go, error.go: the text's words and their places, the
//     tree, errors with a caret
//   - functions.go, limits.go and those beside it: what a filter may hold, and
//     how large and how deep
//   - meta.go, resolve.go, rewrite.go: names become slots; what the engine has
//     in another form
//   - column.go, compile.go, translate.go: a table's program; prune.go, what its table leaves of the expression
//   - suit.go, numbertime.go, timeofnumber.go, wide.go: what the engine does otherwise than MySQL
//     for a column's type, put so that it does the same
//   - warnings.go, metavalues.go: what is valid but probably a mistake
//   - integer.go, member.go, memberscan.go: what is decided with less than the
//     engine's whole work
//   - check.go: the names against the tables that there are
//   - complete*.go: what can stand at a caret; term.go, and.go: terms for a cell
//   - ddl.go: which tables a DDL is about
//   - push*.go: whether VTGate's own rules could do it
//
// # What is not obvious
//
//   - A column that an image does not hold (binlog_row_image=NOBLOB) is unknown,
//     not NULL: a record without a named value does not match. An image that
//     does not exist, as before an insert, is NULL throughout.
//   - The parsed tree has no source positions; errors get them from the tokens.
//   - Text stays in its column's character set where Vitess knows the collation,
//     and compares under it; otherwise it is converted to UTF-8.
//   - The engine parses a document for each path in it. The values at plain paths
//     are looked up in the text instead, and given to the engine as columns; what
//     is unusual in a document is left to the engine.
//   - MySQL compares a FLOAT as the double that it is, not as it prints.
package filter
