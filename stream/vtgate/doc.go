// Package vtgate is the live source: it connects to a VTGate by gRPC, checks
// what the user asked for against what VTGate has, and opens VStreams that
// hand their messages over undecoded.
//
// # Data path
//
//	Options ──Dial──► Client ──Plan(Request)──► Plan{Source, Start}
//	                    │                         │ Open
//	                    │ Execute                 ▼
//	                 side queries             receiver.Recv ──► stream.Frame
//	                                              │ error
//	                                              ▼
//	                                          Classify ──► stream.Failure
//
// NewRequest reads the command line's words without a VTGate, so that their
// mistakes are told before anything is dialled. Plan asks VTGate for
// keyspaces, shards and tables, refuses names that do not exist with the
// nearest one, and settles where the stream starts. The run loop then opens
// the Plan's Source as often as it needs to.
//
// # Ownership
//
// The package starts no goroutine. Whoever dials closes the Client; whoever
// opens a Receiver closes it. A frame's bytes belong to the receiver and are
// valid until the next Recv: they are gRPC's own buffer where the message came
// in one piece, and the receiver's otherwise. A Plan's Position and flags are
// not changed after Plan.
//
// # Files
//
//	options.go      Options, their defaults, what can be checked without a connection
//	dial.go         Dial, the Client, losing and re-establishing the connection
//	tls.go          transport credentials
//	credentials.go  static credentials and headers, sent with each call
//	secret.go       a text that is never printed
//	connect.go      a transport's error into a cause and the flag to try
//	target.go       TARGET, and the tablet type that all share
//	rules.go        -t and --rule
//	request.go      StreamOptions into a Request: everything that needs no VTGate
//	plan.go         a Request into a Plan: keyspaces, shards, the start position
//	tables.go       the names of tables, and the filter that is sent
//	tablestocopy.go the tables that a copy taken up again still needs
//	source.go       opening and reading a VStream
//	codec.go        the codec that leaves responses encoded
//	query.go        one side query, with its target and its time limit
//	schema.go       the side queries: keyspaces, shards, tables, version
//	sizes.go        tables' sizes and key ranges
//	executed.go     what shards and tablets have executed and purged
//	replication.go  why a shard may be silent, and where its tables have gone
//	verdict.go      whether VTGate could start from a position
//	watch.go        asking beside a stream, every few seconds
//	untold.go       the side queries for what the stream does not tell of tables
//	classify.go     an error of a stream into what it means for the run
//	classes.go      the table of errors, each with its reason
//	unfold.go       Vitess's layers around an error's cause
//	nearest.go      what an error says beside a wrong name
//	errors.go       UsageError, ConnectError, QueryError, ErrNoQueries
//
// # What is not obvious
//
//   - The generated client is used as it is. Vitess's own vtgateconn takes TLS
//     from global flags, waits forever on a wrong address, and links a server.
//   - A connection counts as established once the server's HTTP/2 SETTINGS have come. A port
//     that accepts and says nothing would otherwise look like a slow VTGate.
//   - The codec belongs to single calls. gRPC's registry of codecs is global.
//   - gRPC is not told a context's deadline: the server would end the stream
//     first, and its error hides the cause.
//   - CANCELED from the server does not mean that we cancelled: VTGate says
//     so when it has looked for a tablet for 90 s.
//   - An exact table name is sent with a SELECT, never with an empty filter,
//     and as a pattern where a copy covers keyspaces that lack the table.
//   - A side query that is refused costs a warning. Only refused credentials
//     end a Plan, since they end the stream too.
//   - A clean end of a stream is io.EOF only where it was asked for
//     (StopOnReshard); otherwise it is an error that is worth another try.
package vtgate
