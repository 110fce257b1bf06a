package changes

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/headless"
	"vtscope/ui/pane"
)

// Clippings are what can be copied of a record.
func (s *subject) Clippings(*pane.Context) (list []pane.Clipping) {
	if !s.Kind.IsRow() {
		return append(list, pane.Plainly("t", "the text", string(s.Payload)))
	}
	printed := func(key, name, ext string, format *headless.Format) {
		list = append(list, pane.Clipping{Key: key, Name: name, Ext: ext, Text: func() (string, error) {
			return headless.Rows(format, s.Record)
		}})
	}
	printed("a", "the row as JSON", "json", headless.JSON)
	printed("s", "SQL that repeats the change", "sql", headless.SQL)
	printed("u", "SQL that undoes the change", "undo.sql", headless.UndoSQL)
	if term := s.keyTerm(); term != "" {
		list = append(list, pane.Plainly("i", "the key, as a condition", term))
	}
	if !s.GTID.IsZero() {
		list = append(list, pane.Plainly("x", "the GTID", string(s.GTID.AppendTo(nil))))
	}
	if len(s.Query) > 0 {
		list = append(list, pane.Plainly("t", "the statement", string(s.Query)))
	}
	return list
}

// keyTerm is the condition that finds the row by its key, "" where there is none.
func (s *subject) keyTerm() string {
	s.writer.Take(s.Record)
	var terms []string
	for _, i := range s.Table.Key {
		term, known := filter.Term(&s.Table.Columns[i], s.value(i))
		if !known {
			return ""
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, " AND ")
}

// plain is a value as it is copied: as MySQL prints it, bytes that are no text in hex.
func plain(c *stream.Column, v stream.Value) string {
	switch {
	case v.State != stream.Present:
		return "NULL"
	case c.Class == stream.ClassBinary && !utf8.Valid(v.Raw):
		return "0x" + hex.EncodeToString(v.Raw)
	case c.Class == stream.ClassBinary:
		return string(v.Raw)
	}
	return string(c.AppendText(nil, v.Raw))
}

// valueClippings are what can be copied of a column's value.
func (s *subject) valueClippings(i int) (list []pane.Clipping) {
	column := &s.Table.Columns[i]
	s.writer.Take(s.Record)
	list = append(list, pane.Plainly("v", "the value", plain(column, s.value(i))))
	if s.changed(i) {
		list = append(list, pane.Plainly("b", "the value before", plain(column, s.writer.Before[i])))
	}
	return list
}

// Clippings are what can be copied of a value, and of its row.
func (v *valueSubject) Clippings(c *pane.Context) []pane.Clipping {
	return append(v.row.valueClippings(v.column), v.row.Clippings(c)...)
}
