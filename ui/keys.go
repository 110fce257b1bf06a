package ui

import (
	"slices"
	"strings"

	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// The actions of the screen as a whole. What each does stands in actions.go.
const (
	actPane     pane.Action = "next-pane"
	actPaneBack pane.Action = "previous-pane"
	actZoom     pane.Action = "zoom"
	actPalette  pane.Action = "palette"
	actShards   pane.Action = "shards"
	actTheme    pane.Action = "theme"
	actMouse    pane.Action = "mouse"
	actColumns  pane.Action = "columns"
	actStream   pane.Action = "what-to-stream"
	actJump     pane.Action = "jump"
	actRecord   pane.Action = "record"
	actFaster   pane.Action = "faster"
	actSlower   pane.Action = "slower"
	actStep     pane.Action = "step"
)

const (
	groupMove = "Moving"
	groupAll  = "Program"
)

// bindings is the key table. No key stands in it twice.
var bindings = slices.Concat(moving, logKeys, ownKeys(), paneKeys, openKeys(), programKeys)

var moving = []pane.Binding{
	{Keys: []string{"up", "k"}, Action: pane.ActUp, Show: "↑ k", Help: "one row up; stops following", Group: groupMove},
	{Keys: []string{"down", "j"}, Action: pane.ActDown, Show: "↓ j", Help: "one row down", Group: groupMove},
	{Keys: []string{"ctrl+u"}, Action: pane.ActHalfUp, Show: "ctrl-u", Help: "half a page up", Group: groupMove},
	{Keys: []string{"ctrl+d"}, Action: pane.ActHalfDown, Show: "ctrl-d", Help: "half a page down", Group: groupMove},
	{Keys: []string{"pgup", "b", "ctrl+b"}, Action: pane.ActPageUp, Show: "pgup b", Help: "a page up", Group: groupMove},
	{Keys: []string{"pgdown", "ctrl+f"}, Action: pane.ActPageDown, Show: "pgdn", Help: "a page down", Group: groupMove},
	{Keys: []string{"home", "g"}, Action: pane.ActTop, Show: "home g", Help: "the oldest row kept", Group: groupMove},
	{Keys: []string{"left", "h"}, Action: pane.ActLeft, Show: "← h", Help: "scroll the change column left", Group: groupMove},
	{Keys: []string{"right", "l"}, Action: pane.ActRight, Show: "→ l", Help: "scroll the change column right", Group: groupMove},
	{Keys: []string{"shift+left", "H"}, Action: pane.ActFarLeft, Show: "H", Help: "ten columns left", Group: groupMove},
	{Keys: []string{"shift+right", "L"}, Action: pane.ActFarRight, Show: "L", Help: "ten columns right", Group: groupMove},
}

var logKeys = []pane.Binding{
	{Keys: []string{"space"}, Action: pane.ActPause, Show: "space", Help: "pause or resume; events that arrive meanwhile are counted", Group: pane.GroupLog},
	{Keys: []string{"G", "f", "end"}, Action: pane.ActFollow, Show: "G f", Help: "jump to the newest row and follow", Group: pane.GroupLog},
	{Keys: []string{"/"}, Action: pane.ActFilter, Show: "/", Help: "edit the filter: a MySQL expression; ctrl-u clears it", Group: pane.GroupLog},
	{Keys: []string{"!"}, Action: pane.ActToggle, Show: "!", Help: "turn the filter off or on; its text is kept", Group: pane.GroupLog},
	{Keys: []string{"s"}, Action: pane.ActSearch, Show: "s", Help: "search in what is shown; among the shards, find one", Group: pane.GroupLog},
	{Keys: []string{"n"}, Action: pane.ActNext, Show: "n", Help: "the next match, downwards", Group: pane.GroupLog},
	{Keys: []string{"N"}, Action: pane.ActPrevious, Show: "N", Help: "the next match, upwards", Group: pane.GroupLog},
	{Keys: []string{"e"}, Action: pane.ActTrouble, Show: "e", Help: "the next problem, reconnect, DDL or journal, downwards", Group: pane.GroupLog},
	{Keys: []string{"E"}, Action: pane.ActEarlier, Show: "E", Help: "the one before", Group: pane.GroupLog},
	{Keys: []string{"enter"}, Action: pane.ActEnter, Show: "enter", Help: "open: a row's details, a value; a table's changes", Group: pane.GroupLog},
	{Keys: []string{"y"}, Action: pane.ActCopy, Show: "y", Help: "copy: a value, the row, SQL, undo SQL, position, command", Group: pane.GroupLog},
	{Keys: []string{"w"}, Action: pane.ActExport, Show: "w", Help: "write the rows shown to a file: text, JSON, CSV or SQL", Group: pane.GroupLog},
	{Keys: []string{"x"}, Action: pane.ActHex, Show: "x", Help: "the value in full as hex, and back", Group: pane.GroupLog},
	{Keys: []string{"c"}, Action: actColumns, Show: "c", Help: "columns: which are shown, and how wide", Group: pane.GroupLog},
	{Keys: []string{"d"}, Action: pane.ActHide, Show: "d", Help: "hide the column selected in the details, or show it again", Group: pane.GroupLog},
	{Keys: []string{"+"}, Action: pane.ActKeep, Show: "+", Help: "only rows with the value selected in the details", Group: pane.GroupLog},
	{Keys: []string{"-"}, Action: pane.ActDrop, Show: "-", Help: "no rows with the value selected in the details", Group: pane.GroupLog},
}

var paneKeys = []pane.Binding{
	{Keys: []string{"tab"}, Action: actPane, Show: "tab", Help: "next pane", Short: "pane", Group: pane.GroupPanes},
	{Keys: []string{"shift+tab"}, Action: actPaneBack, Show: "shift-tab", Help: "previous pane", Group: pane.GroupPanes},
	{Keys: []string{"o"}, Action: pane.ActOrder, Show: "o", Help: "change the order of the shards, or the tables", Group: pane.GroupPanes},
	{Keys: []string{"O"}, Action: pane.ActReverse, Show: "O", Help: "reverse the order", Group: pane.GroupPanes},
	{Keys: []string{"z", "\\"}, Action: actZoom, Show: "z", Help: "the pane on the whole screen, and back", Group: pane.GroupPanes},
}

var shardsKey = pane.Binding{Keys: []string{"2"}, Action: actShards, Show: "2", Help: "the shards", Group: pane.GroupPanes}

var programKeys = []pane.Binding{
	{Keys: []string{":"}, Action: actPalette, Show: ":", Help: "find an action by a few letters, and do it", Short: "find", Group: groupAll},
	{Keys: []string{"?", "f1"}, Action: pane.ActHelp, Show: "?", Help: "this help", Short: "help", Group: groupAll},
	{Keys: []string{"esc"}, Action: pane.ActBack, Show: "esc", Help: "go back one level; in the log, clear search, then filter", Group: groupAll},
	{Keys: []string{"S"}, Action: actStream, Show: "S", Help: "stream something else: targets, tables, from where", Group: groupAll},
	{Keys: []string{"R"}, Action: actRecord, Show: "R", Help: "record what comes into a file, or stop", Group: groupAll},
	{Keys: []string{"J"}, Action: actJump, Show: "J", Help: "jump to a time, a GTID or a position", Group: groupAll},
	{Keys: []string{">"}, Action: actFaster, Show: ">", Help: "a replay: faster", Group: groupAll},
	{Keys: []string{"<"}, Action: actSlower, Show: "<", Help: "a replay: slower", Group: groupAll},
	{Keys: []string{"]"}, Action: actStep, Show: "]", Help: "a replay: stop, and one message more", Group: groupAll},
	{Keys: []string{"C"}, Action: actTheme, Show: "C", Help: "the next colour theme: dark, light, …", Group: groupAll},
	{Keys: []string{"M"}, Action: actMouse, Show: "M", Help: "the mouse off or on; off, the terminal selects text", Group: groupAll},
	{Keys: []string{"ctrl+l"}, Action: pane.ActRedraw, Show: "ctrl-l", Help: "redraw the screen", Group: groupAll},
	{Keys: []string{"ctrl+z"}, Action: pane.ActSuspend, Show: "ctrl-z", Help: "suspend the program; the stream waits", Group: groupAll},
	{Keys: []string{"q"}, Action: pane.ActClose, Show: "q", Help: "close what is open, or quit", Short: "quit", Group: groupAll},
	{Keys: []string{"ctrl+c"}, Action: pane.ActQuit, Show: "ctrl-c", Help: "quit at once", Group: groupAll},
}

// ownKeys are those that one view alone has.
func ownKeys() (keys []pane.Binding) {
	for _, v := range views {
		keys = append(keys, v.Keys...)
	}
	return keys
}

// openKeys are those that go to a pane.
func openKeys() []pane.Binding {
	keys := []pane.Binding{shardsKey}
	for _, v := range views {
		keys = append(keys, v.Open)
	}
	slices.SortFunc(keys, func(a, b pane.Binding) int { return strings.Compare(a.Show, b.Show) })
	return keys
}

// viewOf is the view that an action shows, -1 for none.
func viewOf(act pane.Action) int {
	return slices.IndexFunc(views, func(v pane.View) bool { return v.Open.Action == act })
}

// Bindings are the key table and that of the line in which a filter is typed, with the
// keys that they come with.
func Bindings() (table, typing []pane.Binding) { return bindings, prompt.Bindings }

// doable are the actions that the palette offers.
func doable(k *pane.Keys) []pane.Binding {
	return slices.DeleteFunc(slices.Clone(k.Bindings), func(b pane.Binding) bool { return b.Help == "" || b.Action == actPalette })
}

// explained are the keys that are explained: first those of a pane, under its name, then
// all others.
func explained(k, typing *pane.Keys, name string, uses []pane.Use) (list []pane.Binding) {
	of := map[pane.Action]bool{}
	for _, use := range uses {
		b := *k.Of(use.Action)
		if viewOf(use.Action) >= 0 {
			continue // it stands with the others that go to a pane
		}
		if b.Group = name; use.Help != "" {
			b.Help = use.Help
		}
		list, of[use.Action] = append(list, b), true
	}
	for _, b := range slices.Concat(k.Bindings, typing.Bindings) {
		if b.Help != "" && (!of[b.Action] || b.Group == prompt.Group) {
			list = append(list, b)
		}
	}
	return list
}
