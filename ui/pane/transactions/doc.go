// Package transactions is the pane of the transactions: which came last, and which were
// the largest.
//
// # Data path
//
//	Context.Txns ─► the list in its order ─► lines
//
// # File map
//
//	transactions.go  Pane: arranging, keys, the cursor; its row in the table of views
//	orders.go        by what they are ordered
//	list.go          a line each
//	subject.go       a transaction in full
//
// # Not obvious
//
//   - The list points into Context.Txns, which a frame writes over: it is made anew
//     whenever more have come.
//   - The cursor is a transaction, not a place, and keeps its line: newer ones push it out
//     of nobody's sight. Before it moves it is on the first, whichever that is.
//   - The newest are kept and, of all that came, the largest by each measure. By another
//     order than the newest, both are listed.
package transactions
