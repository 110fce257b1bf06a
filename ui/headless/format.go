package headless

import "slices"

// A Format is a way to print events: a word of -o with what it prints, what it
// needs, and how it is made.
type Format struct {
	// Name is the word of -o.
	Name string
	// Events are those that it can print.
	Events Events
	// JSON says that programs read it as JSON lines.
	JSON bool
	// OneTable says that it prints the rows of one table a run.
	OneTable bool
	// WholeRows says that it needs every column of a row, and what is known of
	// the columns.
	WholeRows bool
	// Before says that it also needs what a row was before a change.
	Before bool
	// AtEnd says that it prints when the run ends, which so has to end.
	AtEnd bool

	lines func(*Options) lines
}

// formats are all of them, in the order of the help.
var formats = []*Format{Text, JSON, CSV, SQL, UndoSQL}

// String gives the format's word of -o.
func (f *Format) String() string { return f.Name }

// Formats gives all formats.
func Formats() []*Format { return slices.Clone(formats) }

// FormatNamed finds a format by its word of -o, nil where there is none.
func FormatNamed(name string) *Format {
	for _, f := range formats {
		if f.Name == name {
			return f
		}
	}
	return nil
}
