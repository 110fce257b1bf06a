package stream

import (
	"encoding/binary"
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
	Example GTID
}

// A shapePart is something that a transaction does to a table.
type shapePart struct {
	kind  Kind
	table *TableCount
}

// shapeParts bounds the parts of a shape that are named.
const shapeParts = 8

// addPart adds what rows of a transaction are, once.
func (o *openDigest) addPart(kind Kind, table *TableCount) {
	part := shapePart{kind, table}
	if len(o.parts) <= shapeParts && !slices.Contains(o.parts, part) {
		o.parts = append(o.parts, part)
	}
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
		b.WriteString(p.kind.String() + " " + p.table.Name)
	}
	return b.String()
}

// shape counts a transaction by its shape, and names that.
func (d *Digest) shape(o *openDigest, r *Record) string {
	d.key = d.key[:0]
	for _, p := range o.parts {
		d.key = append(binary.LittleEndian.AppendUint32(d.key, p.table.number), byte(p.kind))
	}
	s := d.byParts[string(d.key)]
	if s == nil {
		text := shapeOf(o.parts)
		if s = d.shapes[text]; s == nil && len(d.shapes) == shapesKept {
			d.left++
			return text
		}
		if s == nil {
			s = &Shape{Text: text, Least: o.rows, Example: r.GTID}
			d.shapes[text] = s
		}
		if len(d.byParts) < shapesKept {
			d.byParts[string(d.key)] = s
		}
	}
	s.Times++
	s.Rows += o.rows
	s.Least, s.Most = min(s.Least, o.rows), max(s.Most, o.rows)
	return s.Text
}
