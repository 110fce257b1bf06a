package ui

import (
	"context"
	"errors"
	"io"
	"time"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/pane"
	"vtscope/ui/window"
)

// Options is what the screen needs. Store and Progress have to be set.
type Options struct {
	Store    *stream.Store
	Progress *stream.Progress
	// Inquirer answers side questions; nil where there is nobody to ask.
	Inquirer Inquirer
	// Target names what is streamed, Address where from, for the header.
	Target, Address string
	// Table is the one table that is streamed, "" where it may be several.
	Table string
	// Message is said in the last line at the start, "" for nothing.
	Message string
	// Filter is the one at the start, nil without one; Kept what else was chosen on the
	// screen before this one.
	Filter *filter.Filter
	Kept   Kept
	// Tables are, by keyspace, those that the copy goes through, in its order; nil
	// where there is no copy or they are not known.
	Tables map[string][]string
	// Copy is what the stream begins with, nil where it is no copy: the screen
	// asks before it.
	Copy *window.Copy
	// Picks says how another target is chosen, nil where none can be.
	Picks *Picks
	// Command gives the command line that prints what is shown, filtered by an
	// expression and from a position, "" for none; nil where there is none.
	Command func(where, from string) string
	// History is the file in which the filters used are kept, "" for none.
	History string
	// Columns is the file in which is kept how columns are shown, "" for none; Hidden are
	// those that are hidden where it says nothing, by name or as keyspace.table.column.
	Columns string
	Hidden  []string
	// Times is one of changes.TimeNames, "" for the first.
	Times string
	// Theme is one of draw.ThemeNames, "" for auto. Colour is off for NO_COLOR, whatever
	// the theme.
	Theme  string
	Colour bool
	// Keys are other keys than the key table comes with, by the action; Typing the same
	// for the line in which a filter is typed. No key may stand for two actions.
	Keys, Typing map[pane.Action][]string
	// NoMouse leaves the mouse to the terminal at the start.
	NoMouse bool
	// Usage tells what the program has taken: processor time, and the memory that it
	// holds, in bytes; nil where nobody tells.
	Usage func() (cpu time.Duration, memory uint64)
	// Report gives what the stream has brought so far, nil where nobody counts it.
	Report func() pane.Report
	// Recorder records what the screen shows, nil where nothing can.
	Recorder Recorder
	// Replay is the recording that is replayed, nil where the stream is live.
	Replay *Replay
	// Now is the clock, time.Now where it is nil.
	Now func() time.Time
	// Input and Output are the terminal, where they are set; nil takes the
	// process's own.
	Input  io.Reader
	Output io.Writer
	// Environment is the process's where it is nil.
	Environment []string
}

// Picks is how the user chooses what to stream.
type Picks struct {
	// First says that nothing is streamed yet: the screen begins with the question.
	First bool
	// Command writes the command line that streams a selection, filtered by an expression,
	// "" for none; Check says what is wrong with one.
	Command func(s window.Selection, where string) string
	Check   func(window.Selection) error
	// Positions are files with positions, the newest first.
	Positions []string
	// Now is what is streamed, as it was typed or chosen.
	Now window.Selection
	// Choose takes the selection, and what the next screen begins with. The screen ends
	// after it.
	Choose func(window.Selection, Kept)
}

// Kept is what a screen takes over from the one before.
type Kept struct {
	Filter *filter.Filter // nil for none
	look   look
	mouse  bool
	known  bool // there was one before
}

// A Recorder keeps what comes in a file.
type Recorder interface {
	// Start begins a recording, with what is kept already where that is wanted. A file that
	// is there is ErrExists, unless it may be replaced.
	Start(path string, buffer, replace bool) error
	// Stop ends it, and waits until it is written.
	Stop() error
	State() Recording
	// Name proposes a file's name.
	Name(now time.Time) string
}

// A Recording is how far one is.
type Recording struct {
	Path    string        // "" while there is none
	Written int64         // bytes in the file
	Held    time.Duration // how long the stream has waited for the disk
	Err     error         // why it has ended, nil while it goes on
}

// ErrExists is a file that is there already.
var ErrExists = errors.New("it exists")

// An Inquirer answers questions beside the stream. Every answer is optional:
// an error leaves a fact unknown.
type Inquirer interface {
	// Version is VTGate's, as "24.0.2".
	Version(ctx context.Context) (string, error)
	// Shards gives the shards of every keyspace, Tables the tables of one.
	Shards(ctx context.Context) (map[string][]string, error)
	Tables(ctx context.Context, keyspace string) ([]string, error)
	// Sizes gives what MySQL believes each table of a shard to hold, by name.
	Sizes(ctx context.Context, keyspace, shard string) (map[string]stream.TableSize, error)
	// KeyRange gives the least and the greatest value of a column of a shard's
	// table, "" where the table is empty.
	KeyRange(ctx context.Context, keyspace, shard, table, column string) (least, greatest string, err error)
	// Tablets gives the tablets of a shard with what each has executed.
	Tablets(ctx context.Context, keyspace, shard string) ([]stream.Tablet, error)
}
