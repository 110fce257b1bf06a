// Package summary is the pane of what the stream has brought since it began: the report
// that --summary prints (ui/report), with what its lines lead to in the log. It counts
// everything that came, whatever the filter shows and the buffer keeps.
//
// # File map
//
//	summary.go  Pane: arranging, keys, drawing
//	subject.go  a line in full, and what can be copied
package summary
