// Package stream turns the frames of a VStream into records and keeps them.
//
// # Data path
//
//	Source ─► Frame ─► Decoder ─► Record ─► Progress, Sink      one goroutine: Run
//	                                          │
//	                       Store is a Sink: pages ─► Snapshot    any goroutine
//
// A Frame is the wire's own bytes. The Decoder walks them: frequent events
// without allocating, rare ones through the generated code. A Record refers
// to the frame; a Sink that wants to keep it copies, as a Store does into pages.
// Values are taken out of a record only when somebody looks (Record.Images).
//
// # Ownership
//
// Run starts nothing: its caller's goroutine reads, decodes and appends, and
// never waits for a reader. Decoder, and the writing side of Store and Progress,
// belong to that goroutine; snapshots and states may be taken by any. What
// readers hold never changes: pages are only added to, tables and shards are
// made once. No lock is held while anything outside is called, a sink above all:
// a slow sink delays the stream, never those who look at it.
//
// # Files
//
//	frame.go source.go                         what comes in
//	run.go backoff.go state.go                 the run loop
//	replay.go recording.go playback.go         the same of a run that was recorded
//	goal.go arrival.go                         a place in it that is skipped to
//	only.go                                    the part of it that is taken
//	mark.go                                    rows that were marked
//	digest.go digestsummary.go shape.go minutes.go  what a stream has brought, as a whole
//	mask.go maskrules.go literals.go           values that are left out
//	reframe.go                                 frames made anew of what a store keeps
//	columnsframe.go                            the columns, where one begins in the middle
//	decoder.go transaction.go rows.go          frames to records
//	wire.go vevent.go rowchange.go             the walk over the wire's bytes
//	wirerare.go canonical.go                   what the walk leaves to the generated code
//	shardset.go serverset.go tableset.go       names and their numbers
//	kind.go record.go table.go untold.go       what a record is
//	image.go class.go text.go literal.go charset.go members.go float.go   values
//	partialjson.go partialvalue.go json*.go    JSON documents that came as a change
//	safe.go                                    text made fit for a terminal
//	store.go page.go snapshot.go reader.go     the bounded store
//	shelf.go                                   its pages in a file
//	progress.go progressview.go shardstate.go rate.go   where the shards stand
//	journal.go differs.go                      what a reshard tells, whether a value has changed
//	tablestate.go                              what has come of each table
//	txnstate.go                                what came of each transaction: the newest, the largest
//	incident.go                                what whoever looks for a cause wants to see, kept for longer
//	checkpoint.go copied.go reshard.go         from where a stream can start again
//	standing.go gtidset.go heartbeat.go        what the shards say of themselves beside it
//	tablet.go                                  what is asked of tablets
//	trouble.go                                 what is worst about a shard
//	pace.go                                    whether the stream as a whole is late
//	position*.go                               positions, read and printed
//	nearest.go                                 the name that was probably meant
//
// # Not obvious
//
//   - A VGTID carries every shard's position at every commit. Only the part of
//     the event's own shard is read; the others were read with their own events.
//   - A position counts when its COMMIT has come, or its DDL or OTHER outside of a
//     transaction. In the copy, one without a last primary key is no checkpoint.
//   - A shard's position stays before its journal until every old shard has told
//     of the reshard: a stream that began after it would wait forever.
//   - What a shard has executed is compared with two positions. Missing transactions are
//     computed against ours after the answer, surplus ones against ours before the
//     question.
//   - A shard that is silent and behind has stalled only where the stream keeps
//     up. That is measured from one comparison to the next: how long the reader
//     worked, and whether the shards that still bring changes are behind.
//   - A table version is shared by the shards whose columns are equal, and a row
//     keeps the version it came with.
//   - What the walk does not understand goes through the generated code and is
//     walked again as that code encodes it, so the two always agree.
//   - Only the copy's rows have no timestamp: that is how they are told apart.
package stream
