// Package capture keeps a stream in a file, and reads it again.
//
// # Data path
//
//	Run ── Tap, Sink, Tell ─► Writer ─► chunks ─► Writer.Run ─► file ─► blocks, index
//	file ─► frames ─► zstd ─► Reader ── Next ─► stream.Replay
//
// What is kept is what came off the wire: a replay goes through the same decoder. Beside
// the frames stand the states of the stream, as the run has told them, and the answers to
// what was asked beside it. docs/capture.md describes the format.
//
// # Ownership
//
// The stream's goroutine gives the Writer frames and goes on; it waits only where more
// waits for the disk than Options.Ahead. Writer.Run owns the file. A Reader is for one
// goroutine.
//
// # Files
//
//	format.go message.go   records, and how their parts are written and read
//	header.go untold.go    what a capture is of
//	beside.go              states, facts and answers
//	writer.go              what waits for the file
//	file.go                blocks and segments
//	columns.go             by which columns rows are read
//	index.go               where the blocks are
//	frames.go              zstd frames, one by one
//	reader.go              records, and what is damaged or cut off
//	seek.go                a span of time
//
// # Not obvious
//
//   - A block is a zstd frame. It is written out twice a second while it is open, so
//     that a program that is killed loses little, and still compresses as a whole.
//   - Rows can be read only by the columns that came before them. The index has
//     the columns by the blocks they came in; a reader that begins in the middle puts a
//     frame in front that tells of them, and so does a segment.
//   - The end of a frame is found without unpacking it. Where something is damaged, the
//     next place that looks like a block is tried, until one is.
//   - Without an index nothing says that a capture is whole: it was cut off.
package capture
