package headless

import (
	"bytes"
	"encoding/hex"

	"vtscope/stream"
)

// row appends the line of a row change: table, key, and the columns that
// changed as "col: old → new", or of a row that came or went as "col=value".
func (t *textLines) row(dst []byte, r *stream.Record) []byte {
	dst = append(t.head(dst, r), ' ')
	if r.Table == nil {
		return append(trimSpaces(dst), '\n')
	}
	layout := t.ofTable(r.Table)
	t.images.read(r)
	dst = append(append(dst, layout.table...), ' ')
	dst = t.key(dst, r.Table, layout)
	switch {
	case r.Kind == stream.Update:
		dst = t.changes(dst, r.Table, layout)
	case t.images.hasAfter:
		dst = t.columns(dst, r.Table, layout, t.images.after)
	default:
		dst = t.columns(dst, r.Table, layout, t.images.before)
	}
	return append(dst, '\n')
}

// key appends "a=1,b=2", or "-" for a table without a primary key.
func (t *textLines) key(dst []byte, table *stream.Table, l *layout) []byte {
	if len(table.Key) == 0 {
		return append(dst, '-')
	}
	for i, column := range table.Key {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(append(dst, l.columns[column]...), '=')
		dst = t.value(dst, &table.Columns[column], t.images.key(column))
	}
	return dst
}

// columns appends the columns outside of the key.
func (t *textLines) columns(dst []byte, table *stream.Table, l *layout, values []stream.Value) []byte {
	for i := range values {
		if table.Columns[i].IsKey() || !shows(values[i]) {
			continue
		}
		dst = append(append(append(dst, ' '), l.columns[i]...), '=')
		dst = t.value(dst, &table.Columns[i], values[i])
	}
	return dst
}

// changes appends the columns that differ, with "?" for a value that an image does
// not hold.
func (t *textLines) changes(dst []byte, table *stream.Table, l *layout) []byte {
	for i := range min(len(t.images.before), len(t.images.after)) {
		c, before, after := &table.Columns[i], t.images.before[i], t.images.after[i]
		if !t.comparison.Differs(c, before, after) {
			continue
		}
		dst = append(append(append(dst, ' '), l.columns[i]...), ": "...)
		dst = append(t.value(dst, c, before), " → "...)
		dst = t.value(dst, c, after)
	}
	return dst
}

// value appends a value: numbers and JSON as they are, bytes in hexadecimal,
// anything else in single quotes, of which one within is written as two.
func (t *textLines) value(dst []byte, c *stream.Column, v stream.Value) []byte {
	switch v.State {
	case stream.Null:
		return append(dst, "NULL"...)
	case stream.Absent, stream.PartialJSON:
		return append(dst, '?')
	}
	switch c.Class {
	case stream.ClassInteger, stream.ClassFloat, stream.ClassBit, stream.ClassDecimal, stream.ClassJSON:
		return t.text(dst, c, v.Raw)
	case stream.ClassBinary:
		return t.large.bytes(append(dst, "0x"...), v.Raw, hex.AppendEncode)
	}
	return append(t.printText(append(dst, '\''), c, v.Raw, appendQuoted), '\'')
}

// appendQuoted appends text, made safe, with a quote in it as two.
func appendQuoted(dst, text []byte) []byte {
	start := len(dst)
	dst = stream.AppendSafe(dst, text)
	if bytes.IndexByte(dst[start:], '\'') >= 0 {
		dst = append(dst[:start], bytes.ReplaceAll(dst[start:], []byte("'"), []byte("''"))...)
	}
	return dst
}

// text appends a value's text, made safe.
func (t *textLines) text(dst []byte, c *stream.Column, raw []byte) []byte {
	return t.printText(dst, c, raw, stream.AppendSafe)
}

// printText appends a value's text by what appends a text.
func (t *textLines) printText(dst []byte, c *stream.Column, raw []byte, add func(dst, text []byte) []byte) []byte {
	switch large := isLarge(raw); {
	case large && c.IsUTF8():
		return t.large.text(dst, raw, add)
	case large:
		return t.large.decoded(dst, c, raw, add)
	case c.IsUTF8():
		return add(dst, raw)
	}
	t.scratch = c.AppendText(t.scratch[:0], raw)
	return add(dst, t.scratch)
}
