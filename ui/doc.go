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
//	header.go, help.go                 first line, key line, help window
//	shards.go                          which form the shards take; then
//	shardpane.go, shardlist.go, heatmap.go
//	log.go, row.go, journal.go         the change log
//	details.go                         one row in full
//	cell.go                            row data made safe for the terminal
//	line.go, box.go, spark.go, format.go, theme.go   what the drawing is made of
//
// Not obvious: rows are named by sequence numbers, never by places, so the view
// survives that the store drops its oldest. Every byte of row data goes through
// safe (cell.go). View returns the screen drawn last until something marks it
// dirty.
package ui
