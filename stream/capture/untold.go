package capture

import (
	"cmp"
	"maps"
	"slices"

	"vtscope/stream"
)

// Fields of what the stream does not tell of a column.
const (
	columnKeyspace = iota + 1
	columnTable
	columnName
	columnCharset
	columnGenerated
	columnUpdatedNow
)

// encodeUntold writes what the stream does not tell into a header.
func encodeUntold(m *message, u *stream.Untold) {
	if u == nil {
		return
	}
	columns := map[stream.ColumnName]bool{}
	for name := range u.Charsets {
		columns[name] = true
	}
	for _, set := range []map[stream.ColumnName]bool{u.Generated, u.UpdatedNow} {
		maps.Copy(columns, set)
	}
	names := slices.SortedFunc(maps.Keys(columns), func(a, b stream.ColumnName) int {
		return cmp.Or(cmp.Compare(a.Keyspace, b.Keyspace), cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
	for _, name := range names {
		var c message
		c.text(columnKeyspace, name.Keyspace)
		c.text(columnTable, name.Table)
		c.text(columnName, name.Column)
		c.text(columnCharset, u.Charsets[name])
		c.bool(columnGenerated, u.Generated[name])
		c.bool(columnUpdatedNow, u.UpdatedNow[name])
		m.bytes(headerColumn, c)
	}
	for _, keyspace := range slices.Sorted(maps.Keys(u.PartialImages)) {
		if u.PartialImages[keyspace] {
			m.text(headerPartial, keyspace)
		}
	}
	for _, keyspace := range u.Silent {
		m.text(headerSilent, keyspace)
	}
}

// decodeColumn reads what the stream does not tell of one column.
func decodeColumn(u *stream.Untold, b []byte) error {
	var name stream.ColumnName
	var charset string
	var generated, updatedNow bool
	err := eachPart(b, func(p *part) error {
		switch p.field {
		case columnKeyspace:
			name.Keyspace = p.text()
		case columnTable:
			name.Table = p.text()
		case columnName:
			name.Column = p.text()
		case columnCharset:
			charset = p.text()
		case columnGenerated:
			generated = p.number != 0
		case columnUpdatedNow:
			updatedNow = p.number != 0
		}
		return nil
	})
	if charset != "" {
		u.Charsets = with(u.Charsets, name, charset)
	}
	if generated {
		u.Generated = with(u.Generated, name, true)
	}
	if updatedNow {
		u.UpdatedNow = with(u.UpdatedNow, name, true)
	}
	return err
}

// with sets a key of a map that may be nil.
func with[K comparable, V any](m map[K]V, key K, value V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[key] = value
	return m
}
