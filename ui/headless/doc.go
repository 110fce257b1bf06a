// Package headless prints a stream as lines, for pipes and for people without
// a screen: JSON lines and text.
//
// # Data path
//
//	Record ─► Printer.Append ─► lines of its transaction ─► COMMIT ─► output ─► Flush ─► writer
//
// A row's line is made when the row comes, into the bytes of its transaction.
// The transaction's COMMIT hands them to the output, and what abandons the
// transaction drops them; so a reader sees whole transactions, each once,
// whatever happens to the connection. Transactions of several shards may be
// open at once. What belongs to no transaction goes to the output at once.
//
// # Ownership
//
// A Printer is a stream.Sink: the stream's goroutine owns it, and a slow writer
// holds that goroutine back. It starts nothing and keeps nothing of a Record.
//
// # File map
//
//	printer.go      Printer: the Sink, transactions, the limit
//	output.go       buffered output, and what its errors mean
//	events.go       the set of events to print
//	layout.go       what is the same for every row of a table or shard
//	json.go         JSON lines
//	jsonrow.go      a row's images in JSON
//	jsonvalue.go    one value in JSON
//	jsonstring.go   strings in JSON
//	journal.go      what JSON says of a reshard
//	text.go         lines for people
//	textrow.go      a row in such a line
//
// # Not obvious
//
//   - A line holds no line break, whatever the data: so lines can be counted
//     after the fact, which is how a limit cuts a transaction short.
//   - A limit that a whole transaction reaches ends the run in Flush, when the
//     transaction counts as printed; one that cuts a transaction short ends it
//     in Append, before the transaction's position is taken for reached.
//   - The copy sends two BEGINs for an empty table; a transaction prints one.
package headless
