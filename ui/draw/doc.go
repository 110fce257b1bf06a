// Package draw is what the screen is made of: lines, boxes, graphs and styles, and
// how values, records, numbers and times are written. It knows no model and no
// Bubble Tea; everything in it gives text of a known width.
//
// # The one way to the terminal
//
// Every byte that comes from outside goes through Safe, which makes it visible,
// harmless and as wide as it looks. Line and Box take safe text, and styles of
// the Theme; nothing else puts an escape sequence on the screen.
//
// # File map
//
//	cell.go    Safe, and a value of a row
//	record.go  Writer: what records say
//	trouble.go what is wrong with a shard
//	columns.go how columns of tables are shown
//	line.go    a line that is being built
//	box.go     a border around lines, and breaking text into lines
//	theme.go   styles by what they stand for
//	format.go  numbers, times, positions
//	spark.go   graphs of a line
//	fold.go    the text in which a search looks
//	mark.go    what a search has found, marked in a drawn line
//
// # Not obvious
//
//   - A Writer keeps the memory that writing takes, so it is for one goroutine: the
//     screen has one, and so has each search.
//   - Terminals measure text in two ways. A width is one on which both agree; Safe
//     takes apart what they measure differently.
package draw
