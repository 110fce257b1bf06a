package ui

// The actions of the line in which a filter or a search is typed. Where a name
// stands in keys.go too, it is that action.
const (
	actApply        action = "apply"
	actLeave        action = "leave"
	actComplete     action = "complete"
	actCompleteBack action = "complete-back"
	actOlder        action = "older"
	actNewer        action = "newer"
	actCharLeft     action = "character-left"
	actCharRight    action = "character-right"
	actWordLeft     action = "word-left"
	actWordRight    action = "word-right"
	actLineStart    action = "line-start"
	actLineEnd      action = "line-end"
	actEraseLeft    action = "erase-left"
	actEraseRight   action = "erase-right"
	actEraseBlank   action = "erase-to-space"
	actEraseWord    action = "erase-word"
	actEraseNext    action = "erase-next-word"
	actEraseBefore  action = "erase-before"
	actEraseAfter   action = "erase-after"
)

const groupPrompt = "Typing a filter or a search"

// promptBindings is the key table of that line; what is not in it is typed. A
// key without a help is one that everybody knows, or stands with its opposite.
// Backspace is ctrl-h on some terminals.
var promptBindings = []binding{
	{[]string{"enter"}, actApply, "enter", "apply it; an empty filter shows every row", "apply", groupPrompt},
	{[]string{"esc"}, actLeave, "esc", "leave it as it was", "leave", groupPrompt},
	{[]string{"tab"}, actComplete, "tab", "complete; again: the next proposal", "complete", groupPrompt},
	{[]string{"shift+tab"}, actCompleteBack, "shift-tab", "the proposal before", "", groupPrompt},
	{[]string{"up", "ctrl+p"}, actOlder, "↑", "an earlier one that begins so, or the proposal above", "history", groupPrompt},
	{[]string{"down", "ctrl+n"}, actNewer, "↓", "back to what was typed, or the proposal below", "", groupPrompt},
	{[]string{"alt+b", "alt+left", "ctrl+left"}, actWordLeft, "alt-b alt-f", "a word left, a word right; also ctrl-← ctrl-→", "", groupPrompt},
	{[]string{"home", "ctrl+a"}, actLineStart, "ctrl-a ctrl-e", "to the beginning, to the end; also home end", "", groupPrompt},
	{[]string{"ctrl+w"}, actEraseBlank, "ctrl-w alt-d", "erase back to a space, erase the word after the caret", "", groupPrompt},
	{[]string{"ctrl+u"}, actEraseBefore, "ctrl-u ctrl-k", "erase all before the caret, all after it", "", groupPrompt},
	{keys: []string{"alt+f", "alt+right", "ctrl+right"}, action: actWordRight},
	{keys: []string{"end", "ctrl+e"}, action: actLineEnd},
	{keys: []string{"alt+d", "alt+delete", "ctrl+delete"}, action: actEraseNext},
	{keys: []string{"ctrl+k"}, action: actEraseAfter},
	{keys: []string{"left", "ctrl+b"}, action: actCharLeft},
	{keys: []string{"right", "ctrl+f"}, action: actCharRight},
	{keys: []string{"backspace", "ctrl+h"}, action: actEraseLeft},
	{keys: []string{"delete", "ctrl+d"}, action: actEraseRight},
	{keys: []string{"alt+backspace", "ctrl+backspace"}, action: actEraseWord},
	{keys: []string{"ctrl+l"}, action: actRedraw},
	{keys: []string{"ctrl+z"}, action: actSuspend},
	{keys: []string{"ctrl+c"}, action: actQuit},
}

var promptActionOf = byKey(promptBindings)
