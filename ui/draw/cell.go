package draw

import (
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// Safe makes bytes of the stream fit for the terminal. It is the only way by
// which they reach it: control characters, escape sequences, bidi overrides and
// invalid UTF-8 come out as visible escapes, and what terminals measure in
// different ways is taken apart, so that a column is as wide as it looks.
func Safe(b []byte) string {
	for i := 0; ; i++ {
		if i == len(b) {
			return string(b) // printable ASCII
		}
		if b[i] < ' ' || b[i] > '~' {
			break
		}
	}
	text := string(stream.AppendSafe(nil, b))
	// Text stands after other text on the screen, and may join with it.
	if after := "'" + text; ansi.StringWidth(after) == ansi.StringWidthWc(after) {
		return text
	}
	return takeApart(text)
}

// takeApart keeps the first rune of a cluster that terminals measure in
// different ways (joined emoji, flags, skin tones) and writes the others out.
func takeApart(text string) string {
	var out []byte
	if cluster, _ := ansi.FirstGraphemeCluster("'"+text, ansi.GraphemeWidth); len(cluster) > 1 {
		for _, r := range cluster[1:] {
			out = appendRuneEscape(out, r)
		}
		text = text[len(cluster)-1:]
	}
	for len(text) > 0 {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		if len(cluster) == 0 {
			break
		}
		text = text[len(cluster):]
		if ansi.StringWidth(cluster) == ansi.StringWidthWc(cluster) {
			out = append(out, cluster...)
			continue
		}
		r, n := utf8.DecodeRuneInString(cluster)
		first := cluster[:n]
		if ansi.StringWidth(first) == ansi.StringWidthWc(first) {
			out = append(out, first...)
		} else {
			out = appendRuneEscape(out, r)
		}
		for _, r := range cluster[n:] {
			out = appendRuneEscape(out, r)
		}
	}
	return string(out)
}

func appendRuneEscape(dst []byte, r rune) []byte {
	return append(strconv.AppendInt(append(dst, `\u{`...), int64(r), 16), '}')
}

// ValueLimit bounds how much of a value is drawn in a line; the rest is beyond
// any screen.
const ValueLimit = 2048

// Type is a column's type for people: as MySQL writes it, where it is known.
func Type(c *stream.Column) string {
	if c.SQLType != "" {
		return Safe([]byte(c.SQLType))
	}
	return Safe([]byte(c.Type.String()))
}

// Cell writes a column's value as it is shown in a line: text in quotes,
// numbers bare, bytes that are no text in hex.
func (d *Writer) Cell(c *stream.Column, v stream.Value, limit int) (text string, s Style) {
	switch v.State {
	case stream.Absent:
		return "(not in the image)", d.Theme.Dim
	case stream.Null:
		return "NULL", d.Theme.Null
	}
	raw := v.Raw
	if c.Class == stream.ClassBinary {
		return binaryCell(raw, limit), ""
	}
	d.scratch = c.AppendText(d.scratch[:0], Clip(raw, limit*4))
	value := Safe(Clip(d.scratch, limit))
	if c.Class == stream.ClassText || c.Class == stream.ClassTemporal {
		value = "'" + value + "'"
	}
	return value, ""
}

// binaryCell shows bytes as text where all of them are printable, in hex otherwise.
func binaryCell(raw []byte, limit int) string {
	if len(raw) > 0 && utf8.Valid(raw) && !HasControl(raw) {
		return "'" + Safe(Clip(raw, limit)) + "'"
	}
	return "0x" + hex.EncodeToString(Clip(raw, limit/2))
}

// HasControl reports whether some bytes hold control characters.
func HasControl(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == 0x7f {
			return true
		}
	}
	return false
}

// Clip cuts a value at a rune's border where it is long.
func Clip(b []byte, limit int) []byte {
	if len(b) <= limit {
		return b
	}
	for back := 0; back < utf8.UTFMax && limit > back; back++ {
		if utf8.RuneStart(b[limit-back]) {
			return b[:limit-back]
		}
	}
	return b[:limit]
}
