package stream

import (
	"slices"
	"strings"
)

// A Shape is a kind of transaction: what it does to which tables. How many rows it is does
// not matter to it.
type Shape struct {
	// Text names it, as "insert corder, insert order_item, update product".
	Text string
	// Times is how many transactions had it; Least and Most rows, Rows in all.
	Times, Least, Most, Rows uint64
	// Example is the GTID of the first.
	Example string
}

// A shapePart is something that a transaction does to a table.
type shapePart struct {
	kind  Kind
	table string
}

// shapeParts bounds the parts of a shape that are named.
const shapeParts = 8

// addPart adds what rows of a transaction are, once.
func addPart(parts []shapePart, p *pendingRow) []shapePart {
	part := shapePart{p.kind, p.table.Name}
	if slices.Contains(parts, part) {
		return parts
	}
	return append(parts, part)
}

// shapeOf writes the parts, in their order.
func shapeOf(parts []shapePart) string {
	var b strings.Builder
	for i, p := range parts {
		if i == shapeParts {
			b.WriteString(", …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.kind.String() + " " + p.table)
	}
	return b.String()
}

// shape counts a transaction by its shape.
func (d *Digest) shape(t *TxnCount) {
	s := d.shapes[t.Shape]
	if s == nil {
		if len(d.shapes) == shapesKept {
			d.left++
			return
		}
		s = &Shape{Text: t.Shape, Least: t.Rows, Example: t.GTID}
		d.shapes[t.Shape] = s
	}
	s.Times++
	s.Rows += t.Rows
	s.Least, s.Most = min(s.Least, t.Rows), max(s.Most, t.Rows)
}
