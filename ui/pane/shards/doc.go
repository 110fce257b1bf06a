// Package shards is the pane of the shards: what each does, where it stands, and
// what is wrong with it.
//
// # Data path
//
//	Context.Shards ─► order: by key range, or the worst first ─► form ─► lines
//
// A few shards get a box each, more get a line each, and many get a heat map, a
// character each, over a list of the most troubled. The subject under the cursor is
// a shard, with the stream as a whole below it.
//
// # File map
//
//	shards.go    Pane: arranging, keys, the cursor's subject
//	forms.go     which form the shards take; their order by key range
//	grid.go      a box each
//	list.go      a line each
//	heatmap.go   a character each
//	troubles.go  the order of what is wrong with them
//	orders.go    the orders that can be asked for
//	cursor.go    the shard under the cursor
//	find.go      the shard that a text means; narrow.go, only those
//	click.go     the mouse; uses.go, what keys do here
//	phase.go     what a shard does, how far it is behind, in words
//	details.go   what is known of a shard; copies.go, of its copy
//	stream.go    what is known of the stream
//	held.go      the shards as they were when the log was paused
//
// # Not obvious
//
//   - The orders point into Context.Shards, which the next frame replaces: Arrange
//     forgets them.
//   - The cursor is a shard, not a place: it stays when the order changes. The worst stand
//     first, but while the pane has the keys no line moves.
package shards
