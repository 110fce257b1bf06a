// Package tables is the pane of the tables: the changes seen in each, how its
// columns have changed, and how large it is.
//
// # Data path
//
//	Context.ByTable ─► entries, with rows kept and sizes ─► order ─► lines
//
// The subject under the cursor is a table with its columns, and its versions
// between the statements that changed it.
//
// # File map
//
//	tables.go    Pane: arranging, keys, the cursor; its row in the table of views
//	entry.go     what is known of a table, put together from the context
//	columns.go   the list's columns: their widths, texts and orders
//	list.go      a line each
//	copy.go      how far its copy is
//	subject.go   a table in full
//	history.go   its versions and what lies between them
//	versions.go  what tells one version from another
//
// # Not obvious
//
//   - Entries point into Context.ByTable, which the next frame replaces: they are
//     made anew whenever they are asked for.
//   - The cursor is a table, not a place: it stays when the order changes.
//   - What a DDL has changed is seen in the next version, which comes with the first
//     row after it. It is not certain which statement caused a version, so
//     both are listed in the order in which they came.
package tables
