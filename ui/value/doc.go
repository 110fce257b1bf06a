// Package value shows one value of a row in full: text by lines, with the characters
// marked that an update changed; documents as trees that fold, with the paths marked;
// bytes in hex; numbers in other bases; times in the local zone.
//
// # File map
//
//	page.go     Page: a column's value before and after a change, as lines
//	text.go     text by lines
//	differ.go   which characters of two texts differ
//	tree.go     documents, parsed and compared
//	fold.go     a document as lines, and what of it is folded
//	hex.go      bytes
//	other.go    the same value in other notations: bases, zones, addresses
//
// # Not obvious
//
//   - A value may be megabytes long. It is shown a part at a time, and its lines are made
//     once for each width.
package value
