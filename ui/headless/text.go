package headless

import (
	"vtscope/stream"
)

// Text prints one line an event, for people.
var Text = &Format{Name: "text", Events: allEvents, lines: func(*Options) lines { return newTextLines() }}

// textLines makes lines for people: time, keyspace/shard, event, then what the
// event is about. "-" stands for a part that the event does not have.
type textLines struct {
	layouts
	clock      clock
	images     images
	comparison stream.Comparison
	scratch    []byte // a value as text, before it is made safe
	large      overflow
}

func newTextLines() *textLines {
	return &textLines{layouts: layouts{makeShard: textShard, makeTable: textTable}}
}

func (t *textLines) spare(o *overflow) { t.large = *o }

func textShard(s *stream.Shard) []byte {
	if s == nil {
		return []byte("-")
	}
	text := stream.AppendSafe(nil, []byte(s.Keyspace))
	return stream.AppendSafe(append(text, '/'), []byte(s.Name))
}

func textTable(t *stream.Table) *layout {
	l := &layout{table: stream.AppendSafe(nil, []byte(t.Name))}
	for i := range t.Columns {
		l.columns = append(l.columns, stream.AppendSafe(nil, []byte(t.Columns[i].Name)))
	}
	return l
}

// timeWidth is that of a time, which what has none fills up to.
const timeWidth = len("2006-01-02T15:04:05Z")

// plainOther is what an event of Kind Other says that has no statement.
const plainOther = "OTHER"

// eventWidth is that of the longest row event.
const eventWidth = len("update")

// head appends the parts that all lines begin with.
func (t *textLines) head(dst []byte, r *stream.Record) []byte {
	if r.Time != 0 {
		dst = t.clock.append(dst, r.Time)
	} else {
		dst = pad(append(dst, '-'), 1, timeWidth)
	}
	dst = append(append(dst, ' '), t.ofShard(r.Shard)...)
	name := r.Kind.String()
	return pad(append(append(dst, ' '), name...), len(name), eventWidth)
}

// event appends the line of what is no row.
func (t *textLines) event(dst []byte, r *stream.Record) []byte {
	dst = t.head(dst, r)
	switch r.Kind {
	case stream.DDL:
		dst = stream.AppendSafe(append(dst, ' '), r.Payload)
	case stream.Other:
		if string(r.Payload) != plainOther {
			dst = stream.AppendSafe(append(dst, ' '), r.Payload)
		}
	case stream.Journal:
		if text := stream.JournalText(r.Payload); text != "" {
			dst = stream.AppendSafe(append(dst, ' '), []byte(text))
		}
	case stream.Begin, stream.Commit:
		if !r.GTID.IsZero() {
			dst = stream.AppendSafe(append(dst, ' '), []byte(r.GTID.String()))
		}
	case stream.VGTID:
		if position, err := stream.DecodePosition(r.AppendVGTID(nil)); err == nil {
			dst = stream.AppendSafe(append(dst, ' '), position.AppendJSON(nil))
		}
	case stream.Status:
		dst = append(append(dst, ' '), r.State.String()...)
		if len(r.Payload) > 0 {
			dst = stream.AppendSafe(append(dst, ": "...), r.Payload)
		}
	}
	return append(trimSpaces(dst), '\n')
}

// pad appends spaces up to a width.
func pad(dst []byte, have, width int) []byte {
	for ; have < width; have++ {
		dst = append(dst, ' ')
	}
	return dst
}

// trimSpaces takes off what padded a line's last word.
func trimSpaces(line []byte) []byte {
	for len(line) > 0 && line[len(line)-1] == ' ' {
		line = line[:len(line)-1]
	}
	return line
}
