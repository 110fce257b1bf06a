// Package problems is the pane of what whoever looks for a cause wants to see: what is
// wrong now, and what has happened, the newest first.
//
// What has happened comes from the store's incidents, which outlive their records. What is
// wrong now is found anew at every frame: shards that are behind, stalled or ahead, and
// tables of which the shards have told different columns last.
//
// # File map
//
//	problems.go  Pane: arranging, keys
//	entries.go   what is listed
//	list.go      drawing
//	subject.go   one of them in full
package problems
