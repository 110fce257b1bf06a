// Package report says what a stream has brought: as text for a terminal, as Markdown for a
// ticket, as JSON for programs, and what differs from another.
//
// # Data path
//
//	stream.Digest ─► stream.StreamSummary ─► Sections ─► Text, Markdown, and the screen's pane
//	                                      └► JSON
//
// # Files
//
//	sections.go  what is said, in parts
//	against.go   what differs
//	text.go markdown.go json.go   how it is written
//
// Everything that came from outside is made safe where a section is made.
package report
