package headless

import "vtscope/stream"

// row appends the line of a row change.
func (j *jsonLines) row(dst []byte, r *stream.Record) []byte {
	dst = j.head(dst, r)
	if len(r.Query) > 0 {
		dst = appendString(append(dst, `,"query":`...), r.Query)
	}
	if r.Table == nil {
		return append(dst, "}\n"...)
	}
	j.table, j.shard = r.Table, r.Shard
	layout := j.ofTable(r.Table)
	j.images.read(r)
	dst = j.key(dst, r.Table, layout)
	if j.images.hasBefore {
		dst = j.image(append(dst, `,"before":`...), r.Table, layout, j.images.before)
	}
	if j.images.hasAfter {
		dst = j.image(append(dst, `,"after":`...), r.Table, layout, j.images.after)
	}
	if r.Kind == stream.Update {
		dst = j.changes(dst, r.Table, layout)
	}
	return append(dst, "}\n"...)
}

// key appends the primary key, nothing for a table without one.
func (j *jsonLines) key(dst []byte, t *stream.Table, l *layout) []byte {
	if len(t.Key) == 0 {
		return dst
	}
	dst = append(dst, `,"key":{`...)
	first := true
	for _, column := range t.Key {
		value := j.images.key(column)
		if !shows(value) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = j.value(append(dst, l.columns[column]...), &t.Columns[column], value)
	}
	return append(dst, '}')
}

// image appends an image as an object of its columns.
func (j *jsonLines) image(dst []byte, t *stream.Table, l *layout, values []stream.Value) []byte {
	dst = append(dst, '{')
	first := true
	for i := range values {
		if !shows(values[i]) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = j.value(append(dst, l.columns[i]...), &t.Columns[i], values[i])
	}
	return append(dst, '}')
}

// changes appends the names of the columns that differ.
func (j *jsonLines) changes(dst []byte, t *stream.Table, l *layout) []byte {
	dst = append(dst, `,"changed":[`...)
	first := true
	for i := range min(len(j.images.before), len(j.images.after)) {
		if !j.comparison.Differs(&t.Columns[i], j.images.before[i], j.images.after[i]) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		name := l.columns[i]
		dst = append(dst, name[:len(name)-1]...)
	}
	return append(dst, ']')
}

// shows reports whether an image says what the column holds.
func shows(v stream.Value) bool {
	return v.State == stream.Null || v.State == stream.Present
}
