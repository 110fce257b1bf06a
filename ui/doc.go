// Package ui draws a stream on a terminal.
//
// The store and the progress of the stream are written by the goroutine that
// reads it; the screen takes a snapshot of them at most 20 times a second
// (frames.go) and is drawn from that alone, so a slow terminal never holds up
// the stream. One Bubble Tea model owns everything; its parts are plain structs.
//
// Files:
//
//	model.go, program.go, options.go   the model and how it is run
//	frames.go, facts.go                what comes in: snapshots, answers
//	keys.go, actions.go                the key table and what the keys do
//	layout.go                          how the screen is divided and put together
//	header.go, keyline.go              first line, key line
//	notice.go                          what is wrong with the most troubled shard
//	pane                               the panes: changes, shards, details
//	copyfacts.go, tablets.go           asking how far copies are, and the tablets
//	window                             what lies over the screen: help, the question before a copy
//	widerows.go                        rows that are not painted twice
//	refilter.go                        another filter, off and on; asking for scans
//	rows                               which rows the log shows, a package
//	search.go                          the next row with some text
//	prompt                             the line in which a filter or a search is typed
//	cellterm.go                        a value of the details put into the filter
//	draw                               what all of it is drawn with, a package
//
// Not obvious: every byte of row data goes through draw.Safe. View returns the screen drawn last
// until something marks it dirty; a frame stays for as long as what it has changed
// takes to read, but holds no more than an eighth of the store (frames.go).
package ui
