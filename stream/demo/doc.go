// Package demo is a VTGate inside the program: it speaks the real gRPC API,
// VStream and Execute, on a loopback address, over a web shop that is made up
// as it goes. It is what --demo shows, and the server of the tests.
//
// # Data path
//
//	load ── commits ──► shard.head, a number          one goroutine, only with a Rate
//	                        │ Server.wake
//	VStream call ──► stream.run ──► cursor.advance     the call's own goroutine, one cursor per shard
//	                                  │ copyStep: workload.iterate, workload.row
//	                                  │ replicate: workload.changes, workload.row
//	                                  ▼
//	                               encoder ──► interceptors ──► SendMsg
//
// A transaction is nothing but its number. What it did, and how every row
// stands after it, is a pure function of seed, shard and number: all
// that is kept is how far each shard has come, so any client can start anywhere, as
// often as it likes, at its own speed, and the same seed shows the same rows.
//
// # Ownership
//
// Start starts two goroutines, the gRPC server and the load; Close ends and
// joins them and every call's (Down and Up do so with the server alone). A stream belongs to the handler that runs it;
// only its queue and its end are shared. Server.mu guards the topology, the
// faults and those two; shard.head is read without it. Nothing is sent with
// the lock held.
//
// # Files
//
//	options.go server.go listener.go auth.go codec.go    starting, accepting, ending
//	topology.go gtid.go load.go                          shards, positions, who commits when
//	workload.go change.go rand.go                        what transaction n does, and the state after it
//	schema.go column.go names.go rows.go rows_changing.go image.go   tables, fields, values
//	resolve.go vstream.go cursor.go                      a VStream call and its place in each shard
//	copy.go iterate.go live.go live_custom.go statement.go   the phases of a stream
//	rules.go where.go                                    filters
//	encode.go                                            events as bytes
//	reshard.go fault.go observe.go                       what tests ask for
//	query.go query_vitess.go query_tables.go result.go   Execute
//
// # Not obvious
//
//   - Kinds of transaction follow each other in a shuffled cycle. So the number
//     of orders placed by transaction n is a division and a look-up, an order's
//     status is a comparison of such numbers, and how often a customer has
//     changed follows from how many rounds over all customers are complete.
//   - An order or session is deleted once a fixed number of later ones
//     exist, so a table's size stays what it was at the start.
//   - A transaction committed with events of its own takes a GTID, but no number
//     of the workload: the workload goes on where it was.
//   - Floating point and JSON differ between the copy and replication on the
//     real wire, and so they do here: image.binlog.
//   - The rows of shards that a reshard makes are their own: they do not
//     continue the old shards' rows.
//   - Copying catches up before each table and takes the table's snapshot at
//     just that position. So there is no fast-forward phase.
//   - A position that is purged, or ahead, at first yields nothing, as in
//     Vitess: PickTimeout shortens the wait for the error.
package demo
