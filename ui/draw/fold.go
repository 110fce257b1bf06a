package draw

import (
	"bytes"
	"math"
	"unicode"
	"unicode/utf8"

	"vtscope/stream"
)

// folded appends what the log shows of a record beside its time, in full and
// without regard to case: this is what a search looks into.
func (d *Writer) folded(dst []byte, r *stream.Record, keyspaces bool) []byte {
	l := &Line{Buf: d.text[:0], Limit: math.MaxInt, Plain: true}
	if r.Shard != nil {
		l.Put("", ShardName(r.Shard, keyspaces)).Put("", " ")
	}
	l.Put("", EventName(r.Kind)).Put("", " ")
	if r.Kind.IsRow() && r.Table != nil {
		l.Put("", Safe([]byte(r.Table.Name))).Put("", " ").Put("", d.Key(r)).Put("", " ")
		d.Change(l, r)
	} else {
		l.Put("", d.Statement(r))
	}
	d.text = l.Buf
	return AppendFolded(dst, l.Buf)
}

// Has reports whether what the log shows of a record holds a needle that is folded;
// none is in none.
func (d *Writer) Has(needle []byte, r *stream.Record, keyspaces bool) bool {
	if len(needle) == 0 {
		return false
	}
	d.haystack = d.folded(d.haystack[:0], r, keyspaces)
	return bytes.Contains(d.haystack, needle)
}

// AppendFolded appends text in lower case, each letter for itself.
func AppendFolded(dst, text []byte) []byte {
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
