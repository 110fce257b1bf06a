package stream

// A Tablet is one tablet of a shard and what its MySQL says of itself.
type Tablet struct {
	// Alias is cell and uid, as "zone1-0000000100".
	Alias string
	// Type is primary, replica or rdonly, State as SERVING; both by VTGate's
	// health check.
	Type, State string
	// Executed and Purged are GTID sets as MySQL prints them, Server its UUID.
	Executed, Purged, Server string
	// Unknown says why MySQL could not be asked, "" where it could.
	Unknown string
}

// A TableSize is what MySQL believes a table of one shard to hold: rows, and bytes
// of its clustered index. Both are estimates.
type TableSize struct{ Rows, Bytes uint64 }
