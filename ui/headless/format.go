package headless

import "slices"

// Format is how events print.
type Format uint8

// The formats.
const (
	// JSON prints one object a line.
	JSON Format = iota
	// Text prints one line an event, for people.
	Text
	// CSV prints the row changes of one table, with a header.
	CSV
	// SQL prints statements that repeat the changes.
	SQL
	// UndoSQL prints, by End, statements that undo the changes, the newest first.
	UndoSQL
)

// formatNames are the words of -o.
var formatNames = []string{JSON: "json", Text: "text", CSV: "csv", SQL: "sql", UndoSQL: "undo-sql"}

// String gives the format's word of -o.
func (f Format) String() string { return formatNames[f] }

// Formats gives the words of -o.
func Formats() []string { return slices.Clone(formatNames) }

// ParseFormat reads a word of -o.
func ParseFormat(name string) (Format, bool) {
	i := slices.Index(formatNames, name)
	return Format(max(i, 0)), i >= 0
}

// Events are those that the format can print.
func (f Format) Events() Events {
	switch f {
	case CSV:
		return rowEvents
	case UndoSQL:
		return allEvents &^ copyEvents // what was there before is not undone
	}
	return allEvents
}

// newLines makes what prints in the format of the options.
func newLines(o *Options) lines {
	switch o.Format {
	case Text:
		return newTextLines()
	case CSV:
		return newCSVLines(o)
	case SQL, UndoSQL:
		return newSQLLines(o)
	}
	return newJSONLines(o)
}
