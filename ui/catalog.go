package ui

import (
	"strings"

	"vtscope/filter"
	"vtscope/stream"
)

// What completion may look at and offer of a column's values.
const (
	recentRecords = 2000
	recentValues  = 20
	recentBytes   = 256 // of one value
)

// catalog is what completion knows of the stream.
func (m *Model) catalog() *filter.Catalog {
	return &filter.Catalog{Tables: m.Tables, Shards: m.Latest.Shards(), Recent: m.recent}
}

// known are the names that a filter's meta names can be.
func (m *Model) known() filter.Known {
	k := filter.Known{SoFar: true}
	for _, s := range m.Latest.Shards() {
		k.Keyspaces, k.Shards = append(k.Keyspaces, s.Keyspace), append(k.Shards, s.Name)
	}
	for _, t := range m.Tables {
		k.Tables = append(k.Tables, t.Name)
	}
	return k
}

// recent gives the values of a column in the newest rows, as they print in SQL.
func (m *Model) recent(name string) (values []string) {
	reader, seen := m.Latest.Reader(), map[string]bool{}
	columns := map[*stream.Table]int{}
	var r stream.Record
	for n, seq := 0, m.Latest.End(); n < recentRecords && len(values) < recentValues; n++ {
		if seq--; !reader.At(seq, &r) {
			break
		}
		if r.Table == nil {
			continue
		}
		column, known := columns[r.Table]
		if !known {
			column = -1
			if i, found := r.Table.Column(name); found {
				column = i
			}
			columns[r.Table] = column
		}
		if column < 0 {
			continue
		}
		if text, ok := m.literal(&r, column); ok && !seen[text] {
			seen[text] = true
			values = append(values, text)
		}
	}
	return values
}

// literal writes a row's value of a column in SQL, after the change or before a
// delete, false where it is none to compare with.
func (m *Model) literal(r *stream.Record, column int) (string, bool) {
	before, after := r.Images()
	if !after.Exists() {
		after = before
	}
	m.Values = after.Values(m.Values[:0])
	if column >= len(m.Values) || m.Values[column].State != stream.Present || len(m.Values[column].Raw) > recentBytes {
		return "", false
	}
	unnamed := r.Table.Columns[column]
	unnamed.Name = "c"
	term, ok := filter.Term(&unnamed, m.Values[column])
	text, compares := strings.CutPrefix(term, "c = ")
	return text, ok && compares
}
