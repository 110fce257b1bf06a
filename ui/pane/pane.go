package pane

import (
	"vtscope/stream"
	"vtscope/ui/draw"
)

// A Room is the part of the screen that a pane gets.
type Room struct {
	Width  int
	Height int  // lines, at most
	Whole  bool // it has the screen for itself, and takes all lines
	// Focused says that the keys go to it, Detailed that the details show what is
	// under its cursor.
	Focused, Detailed bool
}

// A Pane is a part of the screen. It is changed by its keys and by Arrange alone,
// which comes after every frame and every key.
type Pane interface {
	// Arrange fits the pane into a room, and gives the lines that it takes.
	Arrange(c *Context, room Room) (height int)
	// Draw draws as many lines as Arrange has given, none wider than the room.
	Draw(c *Context) []string
	// Press does what a key stands for.
	Press(c *Context, act Action) Effect
	// Click puts the cursor on what stands at a place of the pane, counted from its upper
	// left corner, and reports whether something does, and whether the cursor was on it
	// before.
	Click(c *Context, x, y int) (hit, again bool)
	// Subject is what is under the cursor, nil where nothing is.
	Subject(c *Context) Subject
}

// An Effect is what a key does beyond the pane that it goes to.
type Effect struct {
	Say    string // for the last line
	Resume bool   // ends a pause
	// Top says that what is under the cursor is another thing, whose details begin
	// at their first line.
	Top bool
	// Details shows what is under the cursor in full; where that is done already, on
	// the whole screen.
	Details bool
	// Hold keeps what is shown: the log no longer follows.
	Hold bool
	// Filter is an expression by which the log is to be filtered, and shown; "" for
	// none.
	Filter string
	// Aside is an expression by which the log is to be filtered, and shown, for a while:
	// Return brings back what was there before.
	Aside  string
	Return bool
	// Jump is a row of the log to go to, 0 for none.
	Jump uint64
	// Mark is a row that was marked, or has lost its mark; nil for none.
	Mark *stream.Mark
}

// A Subject is what details are of: a row, a shard.
type Subject interface {
	Title(c *Context) string
	// Height is how many lines show the most of it.
	Height(c *Context, width int) int
	// Lines are all that is to be said; with choosing, also what is there to be
	// chosen.
	Lines(c *Context, width int, choosing bool) []Line
}

// A Presser is a subject that has keys of its own.
type Presser interface {
	// Press does what a key stands for, and reports whether it means anything there.
	Press(act Action) bool
}

// A Columned is a subject that is about a column of a table.
type Columned interface{ Column() string }

// A Line is one line of details.
type Line struct {
	// Put writes it.
	Put func(l *draw.Line)
	// Term is what a filter says of its value, or why it can say nothing. It is nil
	// where the line has no value.
	Term func() (term, refusal string)
	// Open is what the line stands for in full, nil where it is all there is.
	Open func() Subject
	// Clippings are what can be copied of it alone; nil for nothing.
	Clippings func() []Clipping
	// Column is the name of the table's column that it is about, "" for none.
	Column string
	// Press is what enter does to it, such as folding what is in it; nil for nothing.
	Press func()
	// Worth is how likely it is that a filter is made of it: 2 for a column that an
	// update changed, 1 for another.
	Worth int
}
