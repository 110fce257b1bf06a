// Package graph is the pane of row changes over time: those of one series large, and the
// others a line each. A series is an event, a table or a shard.
//
// The counts are those that the stream keeps anyway (stream.Rate): the last minute second
// by second, the last quarter of an hour by ten seconds.
//
// # File map
//
//	graph.go   Pane: arranging, keys, drawing
//	series.go  what is counted
//	chart.go   the large graph
package graph
