// Package ui draws a stream on a terminal.
//
// The store and the progress of the stream are written by the goroutine that
// reads it; the screen takes a snapshot of them at most 20 times a second
// (frames.go) and is drawn from that alone, so a slow terminal never holds up
// the stream. One Bubble Tea model owns everything; its parts are plain structs.
//
// Files:
//
//	model.go, options.go, program.go   the model, what it needs, how it is run
//	frames.go, questions.go            what comes in: snapshots, answers
//	keys.go, actions.go                the key table and what the keys do (pane.Keys: with the user's own)
//	panes.go                           the table of views; which panes are open, which has the keys
//	layout.go                          how the screen is divided and put together
//	header.go, notice.go               the first line, what is wrong with a shard
//	filter.go, search.go               another filter, a search, and scans for them
//	clippings.go, export.go            what can be copied, rows to a file
//	catalog.go                         what VTGate has, for the question what to stream
//	columns.go                         how columns are shown, kept between programs
//	replay.go, record.go               a recording in a VTGate's place; one that is made
//	windows.go                         which key opens which window, and what comes of it
//	look.go, mouse.go                  the theme; clicks and the wheel
//	widerows.go                        rows that are not painted twice
//
// and packages below, which know no model:
//
//	draw     what all of it is drawn with
//	rows     which rows the log shows
//	pane     the panes: changes, tables, transactions, problems, graph, summary, shards, details
//	window   overlays: help, palette, what can be copied, the question before a copy
//	prompt   the line in which a filter or a search is typed
//
// Not obvious: every byte of row data goes through draw.Safe. View returns the screen drawn last
// until something marks it dirty; a frame stays long enough for what it has changed
// to be read, but holds no more than an eighth of the store (frames.go).
package ui
