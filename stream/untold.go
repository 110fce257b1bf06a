package stream

// Untold is what a stream does not tell of its tables. What is not known of it
// is left out.
type Untold struct {
	// Charsets are the character sets, by MySQL's names, of columns whose
	// collation VTTablet has no number for: their FIELD events say nothing of it.
	Charsets map[ColumnName]string
	// Generated are the columns that MySQL computes from others.
	Generated map[ColumnName]bool
	// UpdatedNow are the columns that MySQL sets to its own time in an UPDATE that
	// does not set them. Only those of the type TIMESTAMP say so in their flags.
	UpdatedNow map[ColumnName]bool
	// PartialImages are the keyspaces whose binlog_row_image is not FULL: where
	// an image before a change has NULL for a BLOB, a TEXT or a document, MySQL
	// may have left the value out.
	PartialImages map[string]bool
	// Silent are the keyspaces that have not said.
	Silent []string
}

// A ColumnName names a column within a VTGate.
type ColumnName struct{ Keyspace, Table, Column string }
