package value

import (
	"fmt"
	"unicode/utf8"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// isText reports whether bytes are text that can be read.
func isText(b []byte) bool { return len(b) > 0 && utf8.Valid(b) && !draw.HasControl(b) }

// hexLines are bytes in hex, with their place before them and the characters behind
// them, as hexdump has them.
func (p *Page) hexLines(t *draw.Theme, raw []byte, width int) (lines []pane.Line) {
	if len(raw) == 0 {
		return []pane.Line{said(t, "no bytes")}
	}
	across := 16
	for across > 4 && 12+across*4 > width {
		across /= 2
	}
	for at := 0; at < min(len(raw), p.part); at += across {
		b := raw[at:min(at+across, len(raw), p.part)]
		lines = append(lines, pane.Line{Put: func(l *draw.Line) {
			l.Put("", " ").Put(t.Dim, fmt.Sprintf("%08x  ", at)).Cell("", fmt.Sprintf("% x", b), across*3)
			l.Put(t.Dim, characterOf(b))
		}})
	}
	return p.more(t, lines, len(raw))
}

// characterOf are the characters of bytes, a point for what is none.
func characterOf(b []byte) string {
	text := make([]byte, len(b))
	for i, c := range b {
		if text[i] = '.'; c >= ' ' && c <= '~' {
			text[i] = c
		}
	}
	return string(text)
}
