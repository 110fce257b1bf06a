package prompt

import (
	"vtscope/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// The actions of the line in which a filter or a search is typed. Where a name
// stands in keys.go too, it is that action.
const (
	actLeave        pane.Action = "leave"
	ActComplete     pane.Action = "complete"
	actCompleteBack pane.Action = "complete-back"
	actOlder        pane.Action = "older"
	actNewer        pane.Action = "newer"
	actCharLeft     pane.Action = "character-left"
	actCharRight    pane.Action = "character-right"
	actWordLeft     pane.Action = "word-left"
	actWordRight    pane.Action = "word-right"
	actLineStart    pane.Action = "line-start"
	actLineEnd      pane.Action = "line-end"
	actEraseLeft    pane.Action = "erase-left"
	actEraseRight   pane.Action = "erase-right"
	actEraseBlank   pane.Action = "erase-to-space"
	actEraseWord    pane.Action = "erase-word"
	actEraseNext    pane.Action = "erase-next-word"
	actEraseBefore  pane.Action = "erase-before"
	actEraseAfter   pane.Action = "erase-after"
)

// Group is the heading of its keys.
const Group = "Typing a filter or a search"

// Bindings is the key table of that line; what is not in it is typed. A
// key without a help is one that everybody knows, or stands with its opposite.
// Backspace is ctrl-h on some terminals.
var Bindings = []pane.Binding{
	{Keys: []string{"enter"}, Action: pane.ActApply, Show: "enter", Help: "apply it; an empty filter shows every row", Short: "apply", Group: Group},
	{Keys: []string{"esc"}, Action: actLeave, Show: "esc", Help: "cancel", Short: "cancel", Group: Group},
	{Keys: []string{"tab"}, Action: ActComplete, Show: "tab", Help: "complete; again: the next suggestion", Short: "complete", Group: Group},
	{Keys: []string{"shift+tab"}, Action: actCompleteBack, Show: "shift-tab", Help: "the previous suggestion", Group: Group},
	{Keys: []string{"up", "ctrl+p"}, Action: actOlder, Show: "↑", Help: "an earlier one with this beginning; the suggestion above", Short: "history", Group: Group},
	{Keys: []string{"down", "ctrl+n"}, Action: actNewer, Show: "↓", Help: "back to what was typed; the suggestion below", Group: Group},
	{Keys: []string{"alt+b", "alt+left", "ctrl+left"}, Action: actWordLeft, Show: "alt-b alt-f", Help: "a word left, a word right; also ctrl-←, ctrl-→", Group: Group},
	{Keys: []string{"home", "ctrl+a"}, Action: actLineStart, Show: "ctrl-a ctrl-e", Help: "to the beginning, to the end; also home, end", Group: Group},
	{Keys: []string{"ctrl+w"}, Action: actEraseBlank, Show: "ctrl-w alt-d", Help: "erase back to a space, erase the word after the caret", Group: Group},
	{Keys: []string{"ctrl+u"}, Action: actEraseBefore, Show: "ctrl-u ctrl-k", Help: "erase all before the caret, all after it", Group: Group},
	{Keys: []string{"alt+f", "alt+right", "ctrl+right"}, Action: actWordRight},
	{Keys: []string{"end", "ctrl+e"}, Action: actLineEnd},
	{Keys: []string{"alt+d", "alt+delete", "ctrl+delete"}, Action: actEraseNext},
	{Keys: []string{"ctrl+k"}, Action: actEraseAfter},
	{Keys: []string{"left", "ctrl+b"}, Action: actCharLeft},
	{Keys: []string{"right", "ctrl+f"}, Action: actCharRight},
	{Keys: []string{"backspace", "ctrl+h"}, Action: actEraseLeft},
	{Keys: []string{"delete", "ctrl+d"}, Action: actEraseRight},
	{Keys: []string{"alt+backspace", "ctrl+backspace"}, Action: actEraseWord},
	{Keys: []string{"ctrl+l"}, Action: pane.ActRedraw},
	{Keys: []string{"ctrl+z"}, Action: pane.ActSuspend},
	{Keys: []string{"ctrl+c"}, Action: pane.ActQuit},
}

// ActionOf is what a key does in the line, "" where it is typed.
func (p *Prompt) ActionOf(key tea.KeyPressMsg) pane.Action { return p.Keys.Action(key.Keystroke()) }
