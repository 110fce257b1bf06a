package value

import (
	"bytes"

	"github.com/charmbracelet/x/ansi"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// A span is a piece of text, marked where an update changed it.
type span struct {
	text   []byte
	marked bool
}

// A piece is what a line shows of a span.
type piece struct {
	text  string
	style draw.Style
}

// textLines breaks text into lines: at its own line breaks, and where the width ends.
func (p *Page) textLines(t *draw.Theme, spans []span, width int) (lines []pane.Line) {
	w := &wrapper{width: max(width-2, 1)}
	left := p.part
	for _, s := range spans {
		text := draw.Clip(s.text, left)
		style := draw.Style("")
		if s.marked {
			style = t.Changed
		}
		w.add(text, style)
		if left -= len(text); len(text) < len(s.text) {
			break
		}
	}
	for _, pieces := range append(w.lines, w.line) {
		lines = append(lines, pane.Line{Put: func(l *draw.Line) {
			l.Put("", " ")
			for _, piece := range pieces {
				l.Put(piece.style, piece.text)
			}
		}})
	}
	return p.more(t, lines, size(spans))
}

// size is how long the spans are together.
func size(spans []span) (n int) {
	for _, s := range spans {
		n += len(s.text)
	}
	return n
}

// more adds a line that shows the next part, where not all of a value is shown.
func (p *Page) more(t *draw.Theme, lines []pane.Line, length int) []pane.Line {
	if length <= p.part {
		return lines
	}
	return append(lines, pane.Line{
		Put: func(l *draw.Line) {
			l.Put("", " ").Put(t.Warn, draw.Size(length-p.part)+" more; enter shows the next "+draw.Size(min(partShown, length-p.part)))
		},
		Press: func() { p.part += partShown; p.changed() },
	})
}

// A wrapper fills lines.
type wrapper struct {
	width int
	lines [][]piece
	line  []piece
	used  int // columns of the line
}

// add appends text in a style.
func (w *wrapper) add(text []byte, style draw.Style) {
	for {
		head, rest, broken := bytes.Cut(text, []byte{'\n'})
		w.put(draw.Safe(bytes.TrimSuffix(head, []byte{'\r'})), style)
		if !broken {
			return
		}
		w.end()
		text = rest
	}
}

// put appends safe text, over as many lines as it takes.
func (w *wrapper) put(text string, style draw.Style) {
	for text != "" {
		head := text
		if len(text) > w.width-w.used || draw.TextWidth(text) > w.width-w.used {
			head = w.fitting(text)
		}
		if head == "" {
			if w.used == 0 {
				return // wider than a line
			}
			w.end()
			continue
		}
		w.line = append(w.line, piece{head, style})
		w.used += draw.TextWidth(head)
		text = text[len(head):]
	}
}

// fitting is as much of the text as the line has room for.
func (w *wrapper) fitting(text string) string {
	room, end := w.width-w.used, 0
	for end < len(text) && room > 0 {
		cluster, width := ansi.FirstGraphemeCluster(text[end:], ansi.GraphemeWidth)
		if width > room || cluster == "" {
			break
		}
		end, room = end+len(cluster), room-width
	}
	return text[:end]
}

func (w *wrapper) end() { w.lines, w.line, w.used = append(w.lines, w.line), nil, 0 }
