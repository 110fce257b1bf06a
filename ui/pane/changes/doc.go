// Package changes is the pane of the log: the rows that the filter lets through,
// with a title and the columns' names above them.
//
// # File map
//
//	changes.go  Pane: arranging, drawing, keys
//	log.go      Log: where the log stands, by sequence numbers
//	title.go    the filter, how many rows of how many, and whether it follows
//	row.go      a row, and how wide its columns are
//	times.go    a row's time; marks.go, rows that are marked; brackets.go, the rows of one transaction
//	fold.go     columns that an update left alone; value.go, a value in full
//	clippings.go what can be copied
//	subject.go  a row in full, also after the store has dropped it
//
// # Not obvious
//
//   - The row under the cursor is where Anchor was put, or what is shown nearest to
//     it: when the filter is removed, the cursor returns to its row.
//   - Columns become wider with what is on screen, and narrow only when the
//     screen is resized, so that rows do not jump.
package changes
