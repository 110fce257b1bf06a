package filter

import (
	"strings"

	"vtscope/stream"
)

// Term writes a comparison of a column with a value, as in "email = 'a@b.c'",
// for a filter that shall match the row; NULL is compared with IS NULL. It
// reports false for what cannot be written as SQL: a value that is absent, a
// document that came as a change of another, and what is longer than an
// expression may be.
func Term(c *stream.Column, v stream.Value) (string, bool) {
	name := quoteColumn(c.Name)
	switch {
	case v.State == stream.Null:
		return name + " is null", true
	case v.State != stream.Present || len(v.Raw) > maxText:
		return "", false
	}
	value := literal(c, v.Raw)
	if c.Class == stream.ClassText && isHex(value) {
		// MySQL compares text with no bytes that are none.
		name = "cast(" + name + " as binary)"
	}
	return fitting(name + " = " + value)
}

// isHex reports whether a literal is one of bytes.
func isHex(literal string) bool { return strings.HasPrefix(literal, "x'") }

// MetaTerm writes a comparison of a meta name (_table, _shard, _event …) with
// its value in a record, false where it has none.
func MetaTerm(name string, r *stream.Record) (string, bool) {
	i, ok := metaByName(name)
	if !ok {
		return "", false
	}
	meta := metaNames[i]
	if meta.name == "_copy" {
		if r.Kind == stream.Copy {
			return meta.name + " = true", true
		}
		return meta.name + " = false", true
	}
	value := meta.value(&Matcher{}, r)
	if value.IsNull() || value.Len() > maxText {
		return "", false
	}
	return fitting(meta.name + " = " + textLiteral(value.ToString()))
}

// fitting refuses a term that no expression can hold.
func fitting(term string) (string, bool) {
	if len(term) > maxText {
		return "", false
	}
	return term, true
}
