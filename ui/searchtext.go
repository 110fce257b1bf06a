package ui

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"

	"vtscope/stream"
)

// folded appends what the log shows of a record beside its time, in full and
// without regard to case: this is what a search looks into.
func (d *drawing) folded(dst []byte, r *stream.Record, keyspaces bool) []byte {
	l := &line{buf: d.text[:0], limit: math.MaxInt, plain: true}
	if r.Shard != nil {
		l.put("", shardName(r.Shard, keyspaces)).put("", " ")
	}
	l.put("", eventName(r.Kind)).put("", " ")
	if r.Kind.IsRow() && r.Table != nil {
		l.put("", safe([]byte(r.Table.Name))).put("", " ").put("", d.key(r)).put("", " ")
		d.change(l, r)
	} else {
		l.put("", d.statement(r))
	}
	d.text = l.buf
	return appendFolded(dst, l.buf)
}

// isHit reports whether a record has what was searched for.
func (m *Model) isHit(r *stream.Record) bool {
	if len(m.needle) == 0 {
		return false
	}
	m.haystack = m.folded(m.haystack[:0], r, m.log.columns.keyspaces)
	return bytes.Contains(m.haystack, m.needle)
}

// appendFolded appends text in lower case, each letter for itself.
func appendFolded(dst, text []byte) []byte {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += size
	}
	return dst
}
