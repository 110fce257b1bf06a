package headless

import (
	"bytes"

	"vtscope/stream"
)

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
		dst = j.image(append(dst, `,"before":`...), r.Table, layout, j.images.before, 0)
	}
	if j.images.hasAfter {
		dst = j.image(append(dst, `,"after":`...), r.Table, layout, j.images.after, 1)
	}
	if r.Kind == stream.Update {
		dst = j.changes(dst, layout)
	}
	return append(dst, "}\n"...)
}

// key appends the primary key, nothing for a table without one.
func (j *jsonLines) key(dst []byte, t *stream.Table, l *layout) []byte {
	if len(t.Key) == 0 {
		return dst
	}
	dst = append(dst, `,"key":{`...)
	open := len(dst)
	for _, column := range t.Key {
		value := j.images.key(column)
		if !shows(value) {
			continue
		}
		if len(dst) > open {
			dst = append(dst, ',')
		}
		dst = j.value(append(dst, l.columns[column]...), &t.Columns[column], value)
	}
	return append(dst, '}')
}

// image appends an image as an object of its columns, and notes where their
// values stand.
func (j *jsonLines) image(dst []byte, t *stream.Table, l *layout, values []stream.Value, which int) []byte {
	spans := j.spans[which][:0]
	dst = append(dst, '{')
	open := len(dst)
	for i := range values {
		if !shows(values[i]) {
			spans = append(spans, span{})
			continue
		}
		if len(dst) > open {
			dst = append(dst, ',')
		}
		dst = append(dst, l.columns[i]...)
		start := len(dst)
		dst = j.value(dst, &t.Columns[i], values[i])
		spans = append(spans, span{start, len(dst)})
	}
	j.spans[which] = spans
	return append(dst, '}')
}

// changes appends the names of the columns that print differently before and
// after. Where only the image after holds a column, the change has set it: so
// MySQL logs BLOB and TEXT with binlog_row_image=NOBLOB.
func (j *jsonLines) changes(dst []byte, l *layout) []byte {
	dst = append(dst, `,"changed":[`...)
	open := len(dst)
	before, after := j.spans[0], j.spans[1]
	for i := range min(len(before), len(after)) {
		b, a := before[i], after[i]
		printed := dst[a.start:a.end]
		if a.end == 0 || b.end == 0 && string(printed) == "null" || b.end > 0 && bytes.Equal(dst[b.start:b.end], printed) {
			continue
		}
		if len(dst) > open {
			dst = append(dst, ',')
		}
		name := l.columns[i]
		dst = append(dst, name[:len(name)-1]...)
	}
	return append(dst, ']')
}

// shows reports whether an image says what the column holds.
func shows(v stream.Value) bool {
	return v.State == stream.Null || v.State == stream.Present
}
