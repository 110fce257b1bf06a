package draw

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// MarkHits puts a style over every occurrence of a needle in a drawn line, from
// a column on; what is before it has to be ASCII. The line's own styles go on
// after each.
func MarkHits(line string, needle []byte, column int, hit Style) string {
	hits := findHits(line, needle, column)
	var out, on []byte // on are the line's own styles at this place
	inside := false
	for i := 0; i < len(line); {
		if inside && i == hits[0].end {
			out = append(append(out, Reset...), on...)
			hits, inside = hits[1:], false
		}
		if len(hits) > 0 && i == hits[0].start {
			out, inside = append(out, hit...), true
		}
		n := styleLength(line[i:])
		if n == 0 {
			out = append(out, line[i])
			i++
			continue
		}
		code := line[i : i+n]
		i += n
		if on = append(on, code...); code == Reset {
			on = on[:0]
		}
		if out = append(out, code...); inside {
			out = append(out, hit...)
		}
	}
	if inside {
		out = append(out, Reset...)
	}
	return string(out)
}

// A place is where something stands in a line, in bytes.
type place struct{ start, end int }

// findHits finds the needle in a line's text, without styles and without regard
// To case.
func findHits(line string, needle []byte, column int) (hits []place) {
	var text []byte
	var letters []place // of each byte of text, the letter in the line
	for i := 0; i < len(line); {
		if n := styleLength(line[i:]); n > 0 {
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(line[i:])
		if column--; column < 0 {
			text = AppendFolded(text, []byte(line[i:i+size]))
			for len(letters) < len(text) {
				letters = append(letters, place{i, i + size})
			}
		}
		i += size
	}
	for from := 0; len(needle) > 0; {
		at := bytes.Index(text[from:], needle)
		if at < 0 {
			break
		}
		at += from
		from = at + len(needle)
		hits = append(hits, place{letters[at].start, letters[from-1].end})
	}
	return hits
}

// HitColumn is the first column of text without styles at which a needle stands, and the
// one after it; found is false where it stands nowhere.
func HitColumn(text string, needle []byte) (from, to int, found bool) {
	hits := findHits(text, needle, 0)
	if len(hits) == 0 {
		return 0, 0, false
	}
	return TextWidth(text[:hits[0].start]), TextWidth(text[:hits[0].end]), true
}

// styleLength is the length of the style that text begins with, 0 without one.
// Row data is safe (cell.go), so every escape is a style.
func styleLength(text string) int {
	if text[0] != '\x1b' {
		return 0
	}
	return strings.IndexByte(text, 'm') + 1
}
