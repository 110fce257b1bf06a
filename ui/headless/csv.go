package headless

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vtscope/stream"
)

// CSV prints the row changes of one table, with a header.
var CSV = &Format{Name: "csv", Events: rowEvents, OneTable: true, lines: func(o *Options) lines { return newCSVLines(o) }}

// csvMeta are the columns of the header that say of a change itself, by the
// names that the filter has for them; the table's own follow. Where the table has
// a column of that name, ours gets underscores in front until it has none.
var csvMeta = []string{"_event", "_keyspace", "_shard", "_time", "_gtid"}

// csvLines makes a record of RFC 4180 of each row change: the row after it, or
// before it for a delete. An empty field is NULL, or not in the image; an empty
// text is "".
type csvLines struct {
	layouts
	clock    clock
	images   images
	names    []string // of the table's columns in the header, nil before it
	known    []string // the table's columns, as far as they are known before a row
	terminal bool
	scratch  []byte // a value as text
	safe     []byte // and made safe
	large    overflow
}

func newCSVLines(o *Options) *csvLines {
	c := &csvLines{terminal: o.Terminal, known: o.Columns}
	c.layouts = layouts{makeShard: c.shardFields, makeTable: c.inOrder}
	return c
}

func (c *csvLines) spare(o *overflow) { c.large = *o }

// crlf ends a record, by the letter of RFC 4180.
const crlf = "\r\n"

func (c *csvLines) columns(dst []byte, t *stream.Table) ([]byte, error) {
	names := make([]string, 0, len(t.Columns))
	for i := range t.Columns {
		names = append(names, t.Columns[i].Name)
	}
	if c.names != nil {
		return dst, c.fits(t, names)
	}
	return c.header(dst, names), nil
}

// header appends the names of all columns, each once.
func (c *csvLines) header(dst []byte, names []string) []byte {
	c.names = names
	for i, name := range csvMeta {
		for slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			name = "_" + name
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, name...)
	}
	for _, name := range names {
		dst = c.text(append(dst, ','), []byte(name))
	}
	return append(dst, crlf...)
}

// unfinished appends the header of a run without a row.
func (c *csvLines) unfinished(dst []byte) []byte {
	if c.names != nil || len(c.known) == 0 {
		return dst
	}
	return c.header(dst, c.known)
}

// fits refuses other columns than those of the header. Their order is free.
func (c *csvLines) fits(t *stream.Table, names []string) error {
	more := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(c.names, n) })
	less := slices.DeleteFunc(slices.Clone(c.names), func(n string) bool { return slices.Contains(names, n) })
	if len(more) == 0 && len(less) == 0 {
		return nil
	}
	var parts []string
	if len(more) > 0 {
		parts = append(parts, "it has "+strings.Join(more, ", ")+" too")
	}
	if len(less) > 0 {
		parts = append(parts, "it lacks "+strings.Join(less, ", "))
	}
	text := fmt.Sprintf("-o csv: %s.%s does not fit the header: %s; start anew from where this ends, or choose one keyspace",
		t.Keyspace, t.Name, strings.Join(parts, ", "))
	return errors.New(string(stream.AppendSafe(nil, []byte(text))))
}

func (c *csvLines) shardFields(s *stream.Shard) []byte {
	if s == nil {
		return []byte(",")
	}
	return c.text(append(c.text(nil, []byte(s.Keyspace)), ','), []byte(s.Name))
}

// inOrder finds the columns of the header in a table version.
func (c *csvLines) inOrder(t *stream.Table) *layout {
	l := &layout{}
	for at, name := range c.names {
		if at >= len(t.Columns) || t.Columns[at].Name != name {
			at, _ = t.Column(name)
		}
		l.order = append(l.order, at)
	}
	return l
}

// row appends the record of a row change.
func (c *csvLines) row(dst []byte, r *stream.Record) []byte {
	dst = append(append(dst, r.Kind.String()...), ',')
	dst = append(append(dst, c.ofShard(r.Shard)...), ',')
	if r.Time != 0 {
		dst = c.clock.append(dst, r.Time)
	}
	dst = append(dst, ',')
	if !r.GTID.IsZero() {
		dst = append(c.text(dst, []byte(r.GTID.Server.UUID)), ':')
		dst = strconv.AppendUint(dst, r.GTID.Number, 10)
	}
	if r.Table == nil {
		return append(append(dst, strings.Repeat(",", len(c.names))...), crlf...)
	}
	c.images.read(r)
	for _, column := range c.ofTable(r.Table).order {
		dst = c.value(append(dst, ','), &r.Table.Columns[column], c.images.last(&r.Table.Columns[column], column))
	}
	return append(dst, crlf...)
}

func (c *csvLines) event(dst []byte, _ *stream.Record) []byte { return dst }
