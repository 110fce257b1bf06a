package stream

import (
	"strings"

	"vitess.io/vitess/go/vt/proto/query"
)

// MySQL's column flags, as query.Field carries them.
const (
	flagNotNull     = 1
	flagPrimaryKey  = 2
	flagOnUpdateNow = 8192
)

// A Table is one version of a table: the columns that the rows after a FIELD
// event have. It never changes; a DDL brings a new version. Shards whose
// columns are equal share one.
type Table struct {
	// ID numbers the table versions of a run from 1 on.
	ID             uint32
	Keyspace, Name string
	// Version counts the versions of this keyspace and name, from 1 on.
	Version int
	// Internal says that it is one of Vitess's sidecar tables.
	Internal bool
	Columns  []Column
	// Key indexes the primary key's columns, in the table's order.
	Key []int

	described string // what FieldEvent gives
	partial   bool   // its keyspace is one of Untold.PartialImages
}

// A Column is one column of a table version.
type Column struct {
	Name string
	// Type is Vitess's type, from the FIELD event. A text column with a _bin
	// collation arrives as a binary type; Class tells it apart.
	Type query.Type
	// SQLType is the type as information_schema prints it ("varchar(128)"), ""
	// where VTGate did not say.
	SQLType string
	// Collation is MySQL's collation id; 63 is binary.
	Collation uint32
	// Length is the display length in bytes, for BIT in bits.
	Length uint32
	// Decimals is the number of digits after the point; 31 where it is not fixed.
	Decimals uint32
	// Flags are MySQL's column flags.
	Flags uint32
	// Class says how values read and print.
	Class Class
	// Generated says that MySQL computes it from other columns, as far as that
	// is known.
	Generated bool

	// UpdatedNow says that MySQL sets it to its own time in an UPDATE that does
	// not set it, as far as that is known.
	UpdatedNow bool

	// Masked says that its values were left out of the stream.
	Masked bool

	names []string // ENUM and SET members, where rows hold numbers
	text  decoder  // from the column's character set to UTF-8
}

// IsKey reports whether the column belongs to the primary key.
func (c *Column) IsKey() bool { return c.Flags&flagPrimaryKey != 0 }

// NotNull reports whether the column refuses NULL.
func (c *Column) NotNull() bool { return c.Flags&flagNotNull != 0 }

// FieldEvent is the encoded binlogdatapb.FieldEvent that the version came with, without
// its shard.
func (t *Table) FieldEvent() string { return t.described }

// Column finds a column by its name, without regard to case, as MySQL does.
func (t *Table) Column(name string) (int, bool) {
	for i := range t.Columns {
		if strings.EqualFold(t.Columns[i].Name, name) {
			return i, true
		}
	}
	return 0, false
}
