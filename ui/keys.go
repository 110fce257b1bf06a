package ui

// action names what a key does.
type action string

// The actions. What each does stands in actions.go.
const (
	actUp       action = "up"
	actDown     action = "down"
	actHalfUp   action = "half-page-up"
	actHalfDown action = "half-page-down"
	actPageUp   action = "page-up"
	actPageDown action = "page-down"
	actTop      action = "oldest"
	actFollow   action = "follow"
	actLeft     action = "left"
	actRight    action = "right"
	actFarLeft  action = "far-left"
	actFarRight action = "far-right"
	actPause    action = "pause"
	actFilter   action = "filter"
	actSearch   action = "search"
	actKeep     action = "keep-value"
	actDrop     action = "drop-value"
	actToggle   action = "toggle-filter"
	actNext     action = "next-match"
	actPrevious action = "previous-match"
	actTimes    action = "times"
	actDetails  action = "details"
	actBack     action = "back"
	actPane     action = "next-pane"
	actPaneBack action = "previous-pane"
	actZoom     action = "zoom"
	actHelp     action = "help"
	actRedraw   action = "redraw"
	actSuspend  action = "suspend"
	actClose    action = "close"
	actQuit     action = "quit"
)

// A binding is one line of the key table: the key line, the help and the
// README are made from it.
type binding struct {
	keys   []string // as Bubble Tea names keystrokes
	action action
	// show is how the keys are written for people.
	show string
	help string
	// short is the word in the key line, "" where the key is not in it.
	short string
	group string
}

const (
	groupMove = "Moving"
	groupLog  = "Change log"
	groupView = "Panes"
	groupAll  = "Program"
)

// bindings is the key table. No key stands in it twice.
var bindings = []binding{
	{[]string{"up", "k"}, actUp, "↑ k", "one row up; leaves follow", "", groupMove},
	{[]string{"down", "j"}, actDown, "↓ j", "one row down", "", groupMove},
	{[]string{"ctrl+u"}, actHalfUp, "ctrl-u", "half a page up", "", groupMove},
	{[]string{"ctrl+d"}, actHalfDown, "ctrl-d", "half a page down", "", groupMove},
	{[]string{"pgup", "b", "ctrl+b"}, actPageUp, "pgup b", "a page up", "", groupMove},
	{[]string{"pgdown", "ctrl+f"}, actPageDown, "pgdn", "a page down", "", groupMove},
	{[]string{"home", "g"}, actTop, "home g", "the oldest row kept", "", groupMove},
	{[]string{"left", "h"}, actLeft, "← h", "scroll the change column left", "", groupMove},
	{[]string{"right", "l"}, actRight, "→ l", "scroll the change column right", "", groupMove},
	{[]string{"shift+left", "H"}, actFarLeft, "H", "ten columns left", "", groupMove},
	{[]string{"shift+right", "L"}, actFarRight, "L", "ten columns right", "", groupMove},

	{[]string{"space"}, actPause, "space", "pause or resume; what arrives is counted", "pause", groupLog},
	{[]string{"end", "G", "f"}, actFollow, "f G", "to the newest row, and follow", "", groupLog},
	{[]string{"/"}, actFilter, "/", "edit the filter: a MySQL expression", "filter", groupLog},
	{[]string{"!"}, actToggle, "!", "the filter off or on, without losing it", "", groupLog},
	{[]string{"s"}, actSearch, "s", "search in what is shown", "search", groupLog},
	{[]string{"n"}, actNext, "n", "the next match, downwards", "", groupLog},
	{[]string{"N"}, actPrevious, "N", "the next match, upwards", "", groupLog},
	{[]string{"t"}, actTimes, "t", "when rows were committed, or when they arrived", "", groupLog},
	{[]string{"enter"}, actDetails, "enter", "details of the row, or of the shard; again: whole screen", "details", groupLog},
	{[]string{"+"}, actKeep, "+", "only rows with the value chosen in the details", "", groupLog},
	{[]string{"-"}, actDrop, "-", "no rows with the value chosen in the details", "", groupLog},

	{[]string{"tab"}, actPane, "tab", "next pane", "pane", groupView},
	{[]string{"shift+tab"}, actPaneBack, "shift-tab", "previous pane", "", groupView},
	{[]string{"z", "\\"}, actZoom, "z", "the pane on the whole screen, and back", "", groupView},

	{[]string{"?", "f1"}, actHelp, "?", "this help", "help", groupAll},
	{[]string{"esc"}, actBack, "esc", "one level back; in the log, the search goes, then the filter", "", groupAll},
	{[]string{"ctrl+l"}, actRedraw, "ctrl-l", "draw the screen anew", "", groupAll},
	{[]string{"ctrl+z"}, actSuspend, "ctrl-z", "suspend; the stream waits meanwhile", "", groupAll},
	{[]string{"q"}, actClose, "q", "close what is open, or quit", "quit", groupAll},
	{[]string{"ctrl+c"}, actQuit, "ctrl-c", "quit at once", "", groupAll},
}

// actionOf finds the action of a key, by the name that Bubble Tea prints for it.
var actionOf = byKey(bindings)

func byKey(bindings []binding) map[string]action {
	table := make(map[string]action)
	for _, b := range bindings {
		for _, key := range b.keys {
			table[key] = b.action
		}
	}
	return table
}
