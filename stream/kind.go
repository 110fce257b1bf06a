package stream

// Kind says what a record is. The names are those of JSON lines.
type Kind uint8

// The kinds of records. Copy is a row read by the copy; Problem is something
// in the stream that could not be used; Columns says that the rows to come have
// the columns of the record's Table; Abandoned ends a transaction whose COMMIT
// will not come.
const (
	Unknown Kind = iota
	Copy
	Insert
	Update
	Delete
	DDL
	Journal
	CopyCompleted
	Begin
	Commit
	VGTID
	Heartbeat
	Other
	Status
	Problem
	Columns
	Abandoned
	kinds
)

var kindNames = [kinds]string{
	Unknown: "unknown", Copy: "copy", Insert: "insert", Update: "update", Delete: "delete",
	DDL: "ddl", Journal: "journal", CopyCompleted: "copy_completed", Begin: "begin",
	Commit: "commit", VGTID: "position", Heartbeat: "heartbeat", Other: "other",
	Status: "status", Problem: "problem", Columns: "columns", Abandoned: "abandoned",
}

// String gives the name that JSON lines use.
func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return kindNames[Unknown]
}

// IsRow reports whether records of this kind hold a row's images.
func (k Kind) IsRow() bool { return k >= Copy && k <= Delete }
