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

// A Binding is one line of the key table: the key line, the help and the
// manual are made from it.
type Binding struct {
	Keys   []string // as Bubble Tea names keystrokes
	Action Action
	// Show is how the keys are written for people.
	Show string
	Help string
	// Short is the word in the key line, "" where the key is not in it.
	Short string
	Group string
}

// ByKey gives the action of each key.
func ByKey(bindings []Binding) map[string]Action {
	table := make(map[string]Action)
	for _, b := range bindings {
		for _, key := range b.Keys {
			table[key] = b.Action
		}
	}
	return table
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
