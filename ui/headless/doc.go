// Package headless prints a stream for pipes and for people without a screen:
// as JSON lines, text, CSV, and as SQL that repeats the changes or undoes them.
//
// # Data path
//
//	Record ─► Printer.Append ─► lines of its transaction ─► COMMIT ─► output ─► Flush ─► writer
//	                                                                └► pieces, until End   (undo-sql)
//
// A row's lines are made when the row comes, into the bytes of its transaction.
// The transaction's COMMIT hands them to the output, and what abandons the
// transaction drops them; so a reader sees whole transactions, each once,
// whatever happens to the connection. Transactions of several shards may be
// open at once. What belongs to no transaction is treated as one of its own.
//
// # Ownership
//
// A Printer is a stream.Sink: the stream's goroutine owns it, and a slow writer
// holds that goroutine back. It starts nothing and keeps nothing of a Record.
// The lines of open transactions share 64 MiB of memory; beyond it the largest
// waits in a temporary file, which is deleted with its transaction.
//
// # File map
//
//	printer.go      Printer: the Sink, the limit
//	transaction.go  the transactions whose COMMIT is to come
//	format.go       the table of formats: what each can print, and needs
//	output.go       buffered output, and what its errors mean
//	pieces.go       output that waits, in memory and then in a file
//	tempfile.go     such a file
//	overflow.go     large values, printed by segments
//	events.go       the set of events to print
//	export.go       records that were kept; rows.go, rows by themselves
//	layout.go       what is the same for every row of a table or shard
//	json.go         JSON lines
//	jsonrow.go      a row's images in JSON
//	jsonvalue.go    one value in JSON
//	jsonstring.go   strings in JSON
//	journal.go      what JSON says of a reshard
//	text.go         lines for people
//	textrow.go      a row in such a line
//	csv.go          the header and the records of CSV
//	csvvalue.go     one field
//	pipesafe.go     text for programs, without what acts on a terminal
//	sql.go          transactions as statements, names, comments
//	sqlrow.go       the statement of a row change
//	sqlddl.go       where to print a DDL, which every shard reports
//	schema.go       what the shards have told of DDL, and what waits for the others
//	ddlparse.go     what a DDL statement names and does
//	ddlalter.go     the options of ALTER TABLE
//	ddltype.go      whether the values of one type fit into another
//
// # Not obvious
//
//   - A large value goes to the file while it is being printed: what was printed
//     before it is then not in the buffer any more. Nothing that prints a row may
//     go back in the buffer once a large value can have come.
//   - A limit counts events, and some have several lines: a transaction knows
//     where the lines of each event end.
//   - A limit that a whole transaction reaches ends the run in Flush, when the
//     transaction counts as printed; one that cuts a transaction short ends it
//     in Append, before its position counts as reached.
//   - The copy sends two BEGINs for an empty table; a transaction prints one.
//   - To undo a change is to repeat it with its two images exchanged; what an
//     image does not hold is known in one direction and not in the other.
//   - Shards carry a DDL out at different times. What it adds stands where the
//     first has it, what it takes away where the last has it; rows between use
//     the table's names at that point of the output.
//   - Only what Vitess's parser takes for one DDL of a table is printed as one:
//     anything else could be a command of the client that reads it.
//   - Statements are written for how MySQL reads them, not for how they look: text
//     in a WHERE is compared to the letter, a FLOAT as the double that it is.
package headless
