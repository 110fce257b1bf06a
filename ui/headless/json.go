package headless

import (
	"strconv"

	"vtscope/stream"
)

// JSON prints one object a line.
var JSON = &Format{Name: "json", Events: allEvents, JSON: true, lines: func(o *Options) lines { return newJSONLines(o) }}

// jsonLines makes JSON lines. The order of an object's keys is fixed: event,
// keyspace, shard, table, time, gtid, query, then what the event is about.
type jsonLines struct {
	layouts
	clock      clock
	images     images
	comparison stream.Comparison
	scratch    []byte // a value as text, before it is quoted
	large      overflow

	table   *stream.Table // of the row
	shard   *stream.Shard
	problem func(*stream.Shard, string) // may be nil
	broken  map[*stream.Column]bool     // whose values have been told to be no JSON
}

func newJSONLines(o *Options) *jsonLines {
	return &jsonLines{problem: o.Problem, broken: map[*stream.Column]bool{}, layouts: layouts{makeShard: jsonShard, makeTable: jsonTable}}
}

func (j *jsonLines) spare(o *overflow) { j.large = *o }

func jsonShard(s *stream.Shard) []byte {
	if s == nil {
		return nil
	}
	text := appendString([]byte(`,"keyspace":`), []byte(s.Keyspace))
	return appendString(append(text, `,"shard":`...), []byte(s.Name))
}

func jsonTable(t *stream.Table) *layout {
	l := &layout{table: appendString([]byte(`,"table":`), []byte(t.Name))}
	for i := range t.Columns {
		name := appendString(nil, []byte(t.Columns[i].Name))
		l.columns = append(l.columns, append(name, ':'))
	}
	return l
}

// head appends the keys that all events begin with.
func (j *jsonLines) head(dst []byte, r *stream.Record) []byte {
	dst = append(append(append(dst, `{"event":"`...), r.Kind.String()...), '"')
	dst = append(dst, j.ofShard(r.Shard)...)
	if r.Table != nil && r.Kind.IsRow() {
		dst = append(dst, j.ofTable(r.Table).table...)
	}
	if r.Time != 0 {
		dst = append(j.clock.append(append(dst, `,"time":"`...), r.Time), '"')
	}
	if r.GTID.Server != nil {
		dst = append(appendSafeASCII(append(dst, `,"gtid":"`...), r.GTID.Server.UUID), ':')
		dst = append(strconv.AppendUint(dst, r.GTID.Number, 10), '"')
	}
	return dst
}

// event appends the line of what is no row.
func (j *jsonLines) event(dst []byte, r *stream.Record) []byte {
	dst = j.head(dst, r)
	switch r.Kind {
	case stream.DDL:
		dst = appendString(append(dst, `,"statement":`...), r.Payload)
	case stream.Other:
		if string(r.Payload) != plainOther {
			dst = appendString(append(dst, `,"statement":`...), r.Payload)
		}
	case stream.Journal:
		dst = appendJournal(dst, r.Payload)
	case stream.VGTID:
		if position, err := stream.DecodePosition(r.AppendVGTID(nil)); err == nil {
			dst = position.AppendJSON(append(dst, `,"vgtid":`...))
		}
	case stream.Status:
		dst = append(append(append(dst, `,"state":"`...), r.State.String()...), '"')
		if len(r.Payload) > 0 && r.State != stream.Streaming {
			dst = appendString(append(dst, `,"error":`...), r.Payload)
		}
	}
	return append(dst, "}\n"...)
}

// appendSafeASCII appends a string that nearly always needs no escape, and
// where it does, its escaped form.
func appendSafeASCII(dst []byte, s string) []byte {
	for i := range len(s) {
		if s[i] >= 0x80 || !plainASCII[s[i]] {
			quoted := appendString(nil, []byte(s))
			return append(dst, quoted[1:len(quoted)-1]...)
		}
	}
	return append(dst, s...)
}
