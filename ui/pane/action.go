package pane

// Action names what a key does.
type Action string

// The actions that move within a pane. In each they do what comes nearest.
const (
	ActUp       Action = "up"
	ActDown     Action = "down"
	ActHalfUp   Action = "half-page-up"
	ActHalfDown Action = "half-page-down"
	ActPageUp   Action = "page-up"
	ActPageDown Action = "page-down"
	ActTop      Action = "oldest"
	ActFollow   Action = "follow"
	ActLeft     Action = "left"
	ActRight    Action = "right"
	ActFarLeft  Action = "far-left"
	ActFarRight Action = "far-right"
)

// Turning the mouse's wheel scrolls by some lines.
const (
	ActWheelUp   Action = "wheel-up"
	ActWheelDown Action = "wheel-down"
	WheelLines          = 3
)

// The actions of the log that any pane may speak of. Whatever has the keys, they do the
// same.
const (
	ActPause    Action = "pause"
	ActFilter   Action = "filter"
	ActSearch   Action = "search"
	ActKeep     Action = "keep-value"
	ActDrop     Action = "drop-value"
	ActToggle   Action = "toggle-filter"
	ActNext     Action = "next-match"
	ActPrevious Action = "previous-match"
	ActTrouble  Action = "next-problem"
	ActEarlier  Action = "previous-problem"
	ActExport   Action = "write-rows"
	ActHide     Action = "hide-column"
)

// ActOrder orders what is listed by something else, ActReverse the other way round.
const (
	ActOrder   Action = "order"
	ActReverse Action = "reverse-order"
)

// ActEnter goes into what is under the cursor, ActCopy copies it; ActHex shows the bytes
// of a value that is shown in full.
const (
	ActCopy  Action = "copy"
	ActEnter Action = "enter"
	ActHex   Action = "hex"
)

// The groups of the keys in the help that panes add to.
const (
	GroupLog   = "Change log"
	GroupPanes = "Panes"
)

// The actions that windows know, too.
const (
	ActApply Action = "apply"
	ActBack  Action = "back"
	ActClose Action = "close"
	ActHelp  Action = "help"
)

// The actions of keys that do the same whatever is open.
const (
	ActRedraw  Action = "redraw"
	ActSuspend Action = "suspend"
	ActQuit    Action = "quit"
)

// A Use is what a key of the key table does in one pane: the key line, and the first keys
// of the help, are those of the pane that has them.
type Use struct {
	Action Action
	// Short is the word in the key line, "" where the key is not in it.
	Short string
	// Help says what it does there, "" for what the key table says.
	Help string
}

// Scrolled gives the offset of lines after a key, of which a page is in sight.
func Scrolled(offset int, act Action, page, lines int) int {
	switch act {
	case ActUp:
		offset--
	case ActDown:
		offset++
	case ActWheelUp:
		offset -= WheelLines
	case ActWheelDown:
		offset += WheelLines
	case ActHalfUp:
		offset -= page / 2
	case ActHalfDown:
		offset += page / 2
	case ActPageUp:
		offset -= page
	case ActPageDown:
		offset += page
	case ActTop:
		offset = 0
	case ActFollow:
		offset = lines
	}
	return max(min(offset, lines-page), 0)
}
