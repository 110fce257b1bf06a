package stream

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"

	"vitess.io/vitess/go/vt/proto/binlogdata"
	"vitess.io/vitess/go/vt/proto/query"
)

// AppendJSON appends the position as Debezium stores it, so that either can
// start where the other stopped: Debezium's connector for Vitess keeps of a
// key's columns the name, type, charset and flags, and its values as text.
// Where a value is no text, the whole position takes the protobuf JSON form.
func (p Position) AppendJSON(dst []byte) []byte {
	if !p.isText() {
		return appendProtoJSON(dst, p)
	}
	dst = append(dst, '[')
	for i, s := range p.Shards {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuoted(append(dst, `{"keyspace":`...), s.Keyspace)
		dst = appendQuoted(append(dst, `,"shard":`...), s.Shard)
		dst = appendQuoted(append(dst, `,"gtid":`...), s.Gtid)
		dst = appendTablePKs(append(dst, `,"table_p_ks":[`...), s.TablePKs)
		dst = append(dst, "]}"...)
	}
	return append(dst, ']')
}

// isText reports whether all of a position can stand in a JSON string.
func (p Position) isText() bool {
	for _, s := range p.Shards {
		for _, table := range s.TablePKs {
			for _, row := range table.GetLastpk().GetRows() {
				if !utf8.Valid(row.Values) {
					return false
				}
			}
		}
	}
	return true
}

func appendTablePKs(dst []byte, tables []*binlogdata.TableLastPK) []byte {
	for i, table := range tables {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuoted(append(dst, `{"table_name":`...), table.TableName)
		dst = append(dst, `,"lastpk":{"fields":[`...)
		for j, f := range table.GetLastpk().GetFields() {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendKeyField(dst, f)
		}
		dst = append(dst, `],"rows":[`...)
		for j, row := range table.GetLastpk().GetRows() {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendKeyRow(dst, row)
		}
		dst = append(dst, "]}}"...)
	}
	return dst
}

func appendKeyField(dst []byte, f *query.Field) []byte {
	dst = appendQuoted(append(dst, `{"name":`...), f.Name)
	dst = appendQuoted(append(dst, `,"type":`...), f.Type.String())
	dst = strconv.AppendUint(append(dst, `,"charset":`...), uint64(f.Charset), 10)
	dst = strconv.AppendUint(append(dst, `,"flags":`...), uint64(f.Flags), 10)
	return append(dst, '}')
}

func appendKeyRow(dst []byte, row *query.Row) []byte {
	dst = append(dst, `{"lengths":[`...)
	for i, length := range row.Lengths {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(strconv.AppendInt(append(dst, '"'), length, 10), '"')
	}
	dst = appendQuoted(append(dst, `],"values":`...), string(row.Values))
	return append(dst, '}')
}

// appendProtoJSON appends the protobuf JSON form without the spaces that
// protojson varies on purpose.
func appendProtoJSON(dst []byte, p Position) []byte {
	spaced, err := protojson.Marshal(p.VGtid())
	if err != nil {
		return append(dst, "null"...) // a name that is no UTF-8, which no stream has
	}
	out := bytes.NewBuffer(dst)
	start := out.Len()
	if json.Compact(out, spaced) != nil {
		return append(dst, "null"...)
	}
	dst = out.Bytes()
	text := string(dst[start:])
	dst = dst[:start]
	for _, r := range text { // what is unsafe stands in strings only
		dst = appendUnlessUnsafe(dst, r)
	}
	return dst
}

// appendUnlessUnsafe appends a character of a JSON string, as an escape where no
// output holds it as itself.
func appendUnlessUnsafe(dst []byte, r rune) []byte {
	if IsUnsafe(r) {
		return appendEscaped(dst, r)
	}
	return utf8.AppendRune(dst, r)
}

// appendQuoted quotes text as Jackson does, which Debezium uses, but for what
// acts on a terminal.
func appendQuoted(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\b':
			dst = append(dst, '\\', 'b')
		case r == '\f':
			dst = append(dst, '\\', 'f')
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r == '\r':
			dst = append(dst, '\\', 'r')
		case r == '\t':
			dst = append(dst, '\\', 't')
		case r < ' ':
			const upper = "0123456789ABCDEF"
			dst = append(dst, '\\', 'u', '0', '0', upper[r>>4], upper[r&15])
		default:
			dst = appendUnlessUnsafe(dst, r)
		}
	}
	return append(dst, '"')
}
