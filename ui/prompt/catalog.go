package prompt

import (
	"strings"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// What completion may look at and offer of a column's values.
const (
	recentRecords = 2000
	recentValues  = 20
	recentBytes   = 256 // of one value
)

// catalog is what completion knows of the stream.
func (m *typing) catalog() *filter.Catalog {
	return &filter.Catalog{Tables: m.Tables, Shards: m.Latest.Shards(), Recent: func(column string) []string { return Recent(m.Context, column) }}
}

// Recent gives the values of a column in the newest rows, as they print in SQL.
func Recent(c *pane.Context, name string) (values []string) {
	reader, seen := c.Latest.Reader(), map[string]bool{}
	columns := map[*stream.Table]int{}
	var r stream.Record
	for n, seq := 0, c.Latest.End(); n < recentRecords && len(values) < recentValues; n++ {
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
		if text, ok := literal(&c.Writer, &r, column); ok && !seen[text] {
			seen[text] = true
			values = append(values, text)
		}
	}
	return values
}

// literal writes a row's value of a column in SQL, after the change or before a
// delete, false where it is none to compare with.
func literal(w *draw.Writer, r *stream.Record, column int) (string, bool) {
	before, after := r.Images()
	if !after.Exists() {
		after = before
	}
	w.Values = after.Values(w.Values[:0])
	if column >= len(w.Values) || w.Values[column].State != stream.Present || len(w.Values[column].Raw) > recentBytes {
		return "", false
	}
	unnamed := r.Table.Columns[column]
	unnamed.Name = "c"
	term, ok := filter.Term(&unnamed, w.Values[column])
	text, compares := strings.CutPrefix(term, "c = ")
	return text, ok && compares
}
