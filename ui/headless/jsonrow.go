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

// image appends an image as an object of its columns, and notes where their
// values stand.
func (j *jsonLines) image(dst []byte, t *stream.Table, l *layout, values []stream.Value, which int) []byte {
	spans := j.spans[which][:0]
	dst = append(dst, '{')
	first := true
	for i := range values {
		if !shows(values[i]) {
			spans = append(spans, span{})
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
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
func (j *jsonLines) changes(dst []byte, t *stream.Table, l *layout) []byte {
	differ := j.printsDifferently
	if anyLarge(j.images.before) || anyLarge(j.images.after) {
		differ = func(_ []byte, i int) bool { return j.differs(&t.Columns[i], i) }
	}
	dst = append(dst, `,"changed":[`...)
	first := true
	for i := range min(len(j.spans[0]), len(j.spans[1])) {
		if !differ(dst, i) {
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

// printsDifferently compares how a column stands in the line before and after.
func (j *jsonLines) printsDifferently(line []byte, column int) bool {
	b, a := j.spans[0][column], j.spans[1][column]
	printed := line[a.start:a.end]
	return a.end > 0 && (b.end > 0 || string(printed) != "null") && (b.end == 0 || !bytes.Equal(line[b.start:b.end], printed))
}

// differs is printsDifferently for a row of which parts of the line may be gone:
// large values are compared as they came, others are printed again.
func (j *jsonLines) differs(c *stream.Column, column int) bool {
	before, after := j.images.before[column], j.images.after[column]
	switch {
	case !shows(after) || !shows(before) && after.State == stream.Null:
		return false
	case !shows(before):
		return true
	case isLarge(before.Raw) || isLarge(after.Raw):
		return !sameValue(before, after)
	}
	for i, value := range []stream.Value{before, after} {
		j.printed[i] = j.value(j.printed[i][:0], c, value)
	}
	return !bytes.Equal(j.printed[0], j.printed[1])
}

// shows reports whether an image says what the column holds.
func shows(v stream.Value) bool {
	return v.State == stream.Null || v.State == stream.Present
}
