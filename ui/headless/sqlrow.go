package headless

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/query"
)

// An image is one side of a change, as far as it is there.
type image struct {
	values []stream.Value
	exists bool
}

// statement appends the statement, without its end, that brings a row from the
// image before the change to the one after it, or back. Where the images do not
// hold what that takes, it says so.
func (s *sqlLines) statement(dst []byte, r *stream.Record) (statement []byte, reason string) {
	if r.Table == nil {
		return dst, "its columns are not known"
	}
	l := s.layoutOf(r)
	if l.refused != "" {
		return dst, l.refused
	}
	s.images.read(r)
	if anyLarge(s.images.before) || anyLarge(s.images.after) {
		s.checking = true
		s.scratch, reason = s.change(s.scratch[:0], r.Table, l)
		s.checking = false
	}
	if reason != "" {
		return dst, reason
	}
	return s.change(dst, r.Table, l)
}

// change is statement for images that are read.
func (s *sqlLines) change(dst []byte, t *stream.Table, l *layout) (statement []byte, reason string) {
	from, to := image{s.images.before, s.images.hasBefore}, image{s.images.after, s.images.hasAfter}
	if s.undo {
		from, to = to, from
	}
	switch {
	case from.exists && to.exists:
		return s.update(dst, t, l, from.values, to.values)
	case to.exists:
		return s.insert(dst, t, l, to.values)
	case from.exists:
		return s.where(append(append(dst, "DELETE FROM "...), l.table...), t, l, from.values)
	}
	return dst, "the row cannot be read"
}

// insert names its columns: the table may have got more since. What an image
// after an insert leaves out has its default.
func (s *sqlLines) insert(dst []byte, t *stream.Table, l *layout, to []stream.Value) (statement []byte, reason string) {
	dst = append(append(append(dst, "INSERT INTO "...), l.table...), " ("...)
	separator := ""
	for i := range to {
		if l.computed[i] {
			continue
		}
		if !shows(to[i]) {
			if s.undo || s.images.unresolved || l.clocked[i] {
				return dst, s.missing(t, i)
			}
			continue
		}
		dst = append(append(dst, separator...), l.columns[i]...)
		separator = ", "
	}
	dst = append(dst, ") VALUES ("...)
	separator = ""
	for i := range to {
		if !l.computed[i] && shows(to[i]) {
			if reason := s.unsayable(&t.Columns[i], to[i]); reason != "" {
				return dst, reason
			}
			dst = s.value(append(dst, separator...), &t.Columns[i], to[i])
			separator = ", "
		}
	}
	return append(dst, ')'), ""
}

// update sets the columns that differ, and those that MySQL would set to its own
// time. What the image after a change leaves out has not changed.
func (s *sqlLines) update(dst []byte, t *stream.Table, l *layout, from, to []stream.Value) (statement []byte, reason string) {
	dst = append(append(append(dst, "UPDATE "...), l.table...), " SET "...)
	separator, differs := "", false
	for i := range to {
		c := &t.Columns[i]
		same := shows(from[i]) && sameValue(from[i], to[i])
		switch {
		case l.computed[i] || same && !l.clocked[i]:
			continue
		case l.clocked[i] && !shows(to[i]) && !shows(from[i]):
			return dst, s.missing(t, i)
		case l.clocked[i] && !shows(to[i]) && !s.undo:
			dst = append(append(append(dst, separator...), l.columns[i]...), " = "...)
			dst = s.value(dst, c, from[i])
			separator = ", "
			continue
		case !shows(to[i]):
			if s.undo && shows(from[i]) || !s.undo && s.images.unresolved && c.Class == stream.ClassJSON {
				return dst, s.missing(t, i)
			}
			continue
		}
		dst = append(append(append(dst, separator...), l.columns[i]...), " = "...)
		if reason := s.unsayable(c, to[i]); reason != "" {
			return dst, reason
		}
		dst = s.value(dst, c, to[i])
		separator = ", "
		differs = differs || !same
	}
	if !differs {
		return dst, nothingToDo
	}
	return s.where(dst, t, l, from)
}

// nothingToDo is where the statement would change nothing that is its own: the
// images are equal, or differ in what MySQL computes.
const nothingToDo = "the images do not differ"

func sameValue(a, b stream.Value) bool { return a.State == b.State && bytes.Equal(a.Raw, b.Raw) }

// where appends what finds the row: its primary key, or without one all columns
// that the image holds, and then not more than one such row.
func (s *sqlLines) where(dst []byte, t *stream.Table, l *layout, from []stream.Value) (statement []byte, reason string) {
	dst = append(dst, " WHERE "...)
	separator := ""
	for _, column := range t.Key {
		if from[column].State != stream.Present {
			return dst, s.missing(t, column)
		}
		dst = append(append(append(dst, separator...), l.columns[column]...), " = "...)
		dst = s.operand(dst, &t.Columns[column], from[column].Raw)
		separator = " AND "
	}
	if len(t.Key) > 0 {
		return dst, ""
	}
	for i := range from {
		if l.computed[i] || !shows(from[i]) {
			continue
		}
		if reason := s.unsayable(&t.Columns[i], from[i]); reason != "" {
			return dst, reason
		}
		dst = s.match(append(dst, separator...), &t.Columns[i], l.columns[i], from[i])
		separator = " AND "
	}
	if separator == "" {
		return dst, "the image holds no column"
	}
	return append(dst, " LIMIT 1"...), ""
}

// match compares a column with a value, to the letter: MySQL's = takes texts for
// equal that differ in case, accents or trailing spaces.
func (s *sqlLines) match(dst []byte, c *stream.Column, name []byte, v stream.Value) []byte {
	if v.State == stream.Null {
		return append(append(dst, name...), " IS NULL"...)
	}
	cast := c.Type == query.Type_VECTOR
	if c.Class == stream.ClassText {
		begin, _ := s.literalOf(c, v.Raw)
		cast = begin == "x'"
	}
	switch {
	case cast:
		dst = append(append(append(dst, "CAST("...), name...), " AS BINARY) = "...)
		return s.operand(dst, c, v.Raw)
	case c.Class == stream.ClassJSON:
		dst = append(append(dst, name...), " = CAST("...)
		return append(s.operand(dst, c, v.Raw), " AS JSON)"...)
	}
	dst = s.operand(append(append(dst, name...), " = "...), c, v.Raw)
	if c.Class == stream.ClassText {
		dst = append(dst, " COLLATE utf8mb4_0900_bin"...)
	}
	return dst
}

// literalOf says how a text is written, as stream.TextLiteral does.
func (s *sqlLines) literalOf(c *stream.Column, raw []byte) (begin string, part func(dst, text []byte) []byte) {
	if c.IsUTF8() {
		return stream.TextLiteral(raw)
	}
	eachPart(c, raw, &s.large.scratch, func(text []byte) {
		if b, p := stream.TextLiteral(text); begin == "" || begin == "'" {
			begin, part = b, p
		}
	})
	s.large.scratch = emptied(s.large.scratch)
	if begin == "" {
		return stream.TextLiteral(nil)
	}
	return begin, part
}

func (s *sqlLines) value(dst []byte, c *stream.Column, v stream.Value) []byte {
	switch {
	case v.State == stream.Null:
		return append(dst, "NULL"...)
	case isLarge(v.Raw):
		return s.largeLiteral(dst, c, v.Raw)
	}
	return c.AppendLiteral(dst, v.Raw)
}

func (s *sqlLines) operand(dst []byte, c *stream.Column, raw []byte) []byte {
	if isLarge(raw) {
		return s.largeLiteral(dst, c, raw)
	}
	return c.AppendOperand(dst, raw)
}

// largeLiteral is AppendLiteral by segments, and nothing in a check.
func (s *sqlLines) largeLiteral(dst []byte, c *stream.Column, raw []byte) []byte {
	switch {
	case s.checking:
		return dst
	case c.Class == stream.ClassBinary:
		return append(s.large.bytes(append(dst, "x'"...), raw, hex.AppendEncode), '\'')
	case c.Class != stream.ClassText && c.Class != stream.ClassTemporal && c.Class != stream.ClassJSON:
		return c.AppendLiteral(dst, raw)
	}
	begin, part := s.literalOf(c, raw)
	if dst = append(dst, begin...); c.IsUTF8() {
		return append(s.large.text(dst, raw, part), '\'')
	}
	return append(s.large.decoded(dst, c, raw, part), '\'')
}

// opaque is how MySQL and VTTablet begin what JSON has no form for: bytes among
// the values of a document.
var opaque = []byte(`"base64:type`)

// unsayable says why no literal makes a column's value, "" where one does.
func (s *sqlLines) unsayable(c *stream.Column, v stream.Value) string {
	if c.Class != stream.ClassJSON || v.State != stream.Present {
		return ""
	}
	document, valid := stream.JSONDocument(v.Raw)
	switch {
	case !valid:
		return c.Name + " is no JSON as the tablet sends it"
	case bytes.Contains(document, opaque):
		return c.Name + " may hold bytes for which JSON has no form"
	}
	return ""
}

// missing says that an image does not hold a column.
func (s *sqlLines) missing(t *stream.Table, column int) string {
	return "the binary log does not hold all of " + t.Columns[column].Name
}

// numberedName is what VTTablet calls a column whose name it does not know
// (go/vt/vttablet/tabletserver/vstreamer/vstreamer.go).
func numberedName(column int) string { return "@" + strconv.Itoa(column+1) }
