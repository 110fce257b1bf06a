package demo

import (
	"regexp"
	"strings"

	querypb "vitess.io/vitess/go/vt/proto/query"
)

// null marks a NULL in the rows given to newResult.
const null = "\x00NULL"

// newResult makes a result of text columns; numbers names those that are integers.
func newResult(names []string, rows [][]string, numbers ...string) *querypb.QueryResult {
	r := &querypb.QueryResult{}
	for _, name := range names {
		f := &querypb.Field{Name: name, Type: querypb.Type_VARCHAR, Charset: utf8mb4AI, ColumnLength: 1024}
		for _, n := range numbers {
			if n == name {
				f.Type, f.Charset, f.ColumnLength, f.Flags = querypb.Type_INT64, binaryCharset, 21, flagNumber|flagBinary
			}
		}
		r.Fields = append(r.Fields, f)
	}
	for _, row := range rows {
		out := &querypb.Row{}
		for _, v := range row {
			if v == null {
				out.Lengths = append(out.Lengths, -1)
				continue
			}
			out.Lengths = append(out.Lengths, int64(len(v)))
			out.Values = append(out.Values, v...)
		}
		r.Rows = append(r.Rows, out)
	}
	return r
}

// matchesLike reports whether s matches a LIKE pattern; an empty pattern matches everything.
func matchesLike(s, like string) bool {
	if like == "" {
		return true
	}
	re := regexp.QuoteMeta(like)
	re = strings.ReplaceAll(strings.ReplaceAll(re, "%", ".*"), "_", ".")
	ok, err := regexp.MatchString("(?is)^"+re+"$", s)
	return err == nil && ok
}
