package pane

// A View is a pane that can stand in the middle of the screen, as the table of
// views has it (ui/panes.go).
type View struct {
	// Open is the key that shows it.
	Open Binding
	// Keys are those that it alone has.
	Keys []Binding
	// Uses are what keys do while it has them, those of the key line first.
	Uses []Use
	// New makes the pane.
	New func() Pane
	// Detailed says that the details of what is under its cursor are open from the
	// start.
	Detailed bool
	// Sizes says that it shows how large tables are: VTGate is asked for that while
	// it is on screen.
	Sizes bool
	// Transactions says that it shows those: they are taken while it is on screen.
	Transactions bool
	// Incidents says the same of those.
	Incidents bool
	// Report says the same of what the stream has brought.
	Report bool
}
