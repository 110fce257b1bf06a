// Package rows says which rows of a snapshot the log shows. It knows no Bubble Tea:
// what runs beside the event loop is a value that the screen makes a command of.
//
// # Data path
//
//	Sieve.Set ─► Matches ─► Sieve.Scans ─► Scan.Run ─► Looked ─► Sieve.Take
//	snapshot  ─► Sieve.Show, and of its new rows Sieve.Ahead ─► …
//
// Matches are which rows match and which nobody has looked at. Scans look at those,
// each for a while, the rows nearest to the reader first. What they find counts
// once, in whatever order it comes.
//
// # Ownership
//
// The event loop owns the Sieve, its Matches and a Search. A Scan or a Piece is its
// command's: it has its own matcher, reads a snapshot, and never touches them.
//
// # File map
//
//	sieve.go    the filter: set, off and on, taken away; what is to be scanned
//	matches.go  the rows that match, by sequence number
//	block.go    those of one range, two bytes each
//	todo.go     what is still to be looked at, and by whom
//	scan.go     looking
//	search.go   the next row that has something; tally.go, how many there are
//
// # Not obvious
//
//   - Rows are named by sequence numbers, never by places, so Matches stay valid
//     when the store drops its oldest.
//   - A new filter has a new generation; what scans of another bring is
//     discarded. The rows of the filter before stay until the first of the new ones
//     are known.
package rows
