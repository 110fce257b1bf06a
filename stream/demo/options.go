package demo

import (
	"time"

	"google.golang.org/grpc"
)

// What the program's flags fall back to.
const (
	DefaultShards = 4
	DefaultRate   = 20
	DefaultSeed   = 1
	DefaultRows   = 10_000
)

// Keyspace is the sharded keyspace that the demo serves.
const Keyspace = "shop"

// MaxShards is the largest number of shards a keyspace can be cut into.
const MaxShards = 4096

// Options says what to serve. The zero value serves the default shop with no
// load of its own: transactions happen only when Step or Commit asks for them.
type Options struct {
	// Shards is the number of shards of the keyspace shop (0: DefaultShards).
	Shards int
	// Rate is the load in transactions a second over all shards (0: none).
	Rate float64
	// Seed decides every row, every transaction and every server's UUID (0: DefaultSeed).
	Seed uint64
	// Rows is how many rows a copy of everything finds before the first
	// transaction, over all shards (0: DefaultRows, negative: none).
	Rows int
	// RowsQuery sends a ROWS_QUERY event before rows, as binlog_rows_query_log_events does.
	RowsQuery bool
	// Catalog adds an unsharded keyspace of that name, with a shop of its own.
	Catalog bool
	// Address is where to listen (127.0.0.1:0).
	Address string

	// CopyRate limits the copy to so many rows a second per stream (0: no limit).
	CopyRate int
	// PacketSize is how many bytes of values end a response (0: 250,000, as a tablet's).
	PacketSize int
	// PickTimeout is how long a purged position is silent before its error (0: 90s, as VTGate's).
	PickTimeout time.Duration
	// ReshardDelay is how long a stream with stop_on_reshard lives on after
	// its journal (0: 500ms, as VTGate's).
	ReshardDelay time.Duration

	// Broken takes the panic of a goroutine of the demo; nil lets it end the program.
	Broken func(reason any)

	// ServerOptions are given to the gRPC server: credentials, message sizes, keepalive.
	ServerOptions []grpc.ServerOption
	// Users turns on static authentication: user name to password.
	Users map[string]string
	// Now is the clock of binlog timestamps and current_time (time.Now).
	Now func() time.Time
}

// withDefaults fills in what is left out.
func (o Options) withDefaults() Options {
	if o.Shards <= 0 {
		o.Shards = DefaultShards
	}
	if o.Seed == 0 {
		o.Seed = DefaultSeed
	}
	if o.Rows == 0 {
		o.Rows = DefaultRows
	}
	o.Rows = max(o.Rows, 0)
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	if o.PacketSize <= 0 {
		o.PacketSize = 250_000
	}
	if o.PickTimeout <= 0 {
		o.PickTimeout = 90 * time.Second
	}
	if o.ReshardDelay <= 0 {
		o.ReshardDelay = 500 * time.Millisecond
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
