package window

import (
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A Window lies over the screen, and has all keys while it is the uppermost.
type Window interface {
	// Draw draws it for a screen so large; it is no larger itself.
	Draw(c *pane.Context, width, height int) []string
	// Press takes a key, by the name that Bubble Tea prints for it and by what it
	// stands for elsewhere. What every window leaves alone, such as ctrl-c, does not
	// reach it.
	Press(c *pane.Context, key string, act pane.Action) Effect
}

// An Effect is what a key does beyond its window.
type Effect struct {
	Close bool // the window
	Quit  bool // the program
	// Copy is to be copied, to a file where ToFile says so; nil for nothing.
	Copy *pane.Clipping
	Run  pane.Action // what a key would do; "" for nothing
	// Export writes the rows shown to a file; nil for nothing.
	Export *ExportRequest
	ToFile bool
	// Columns shows a column otherwise; nil for none.
	Columns *draw.ColumnChange
	// Record is what to record from now on; nil for nothing.
	Record *RecordRequest
	// Jump is the time to go to, Goal the position; nil for none.
	Jump *Moment
	Goal *stream.Goal
	// Selection is what to stream from now on; nil for what is.
	Selection *Selection
}
