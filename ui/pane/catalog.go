package pane

import (
	"maps"
	"slices"
)

// A Catalog is what a VTGate has, as far as it tells.
type Catalog struct {
	Known  bool                // it has told its keyspaces
	Err    string              // why it does not tell
	Shards map[string][]string // by keyspace
	Tables map[string][]string // by keyspace, of those that have told
}

// Keyspaces names them.
func (c *Catalog) Keyspaces() []string { return slices.Sorted(maps.Keys(c.Shards)) }
