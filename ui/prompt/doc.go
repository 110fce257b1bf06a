// Package prompt is the line in which a filter or a search is typed. While it is
// open it has all keys, and stands in the place of the log's title.
//
// # Data path
//
//	key ─► Prompt.Press ─► editor ─► check, proposals ─► Effect: a filter to set, a text to search for
//
// # File map
//
//	prompt.go       Prompt: opening, keys, their effects
//	keys.go         the key table
//	editor.go       text with a caret
//	apply.go        what is wrong with the text, enter and esc
//	draw.go         the line, carets under what is wrong, the list of proposals
//	popup.go        proposals; catalog.go, what they are made of
//	history.go      filters used before; historyfile.go, the file that keeps them
//
// # Not obvious
//
//   - No row is looked at before enter, so typing costs the same however much is
//     kept.
//   - A text that is wrong says so at once, but where it may only be unfinished, in
//     a lower voice.
package prompt
