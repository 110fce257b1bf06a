package value

import (
	"bytes"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// partShown is how much of a value is shown at a time, in bytes.
const partShown = 256 << 10

// A Page shows the value of a column before and after a change; one of the images may
// be missing.
type Page struct {
	column        *stream.Column
	before, after *stream.Value // nil where there is no such image
	// Term is what a filter says of the value, as a line has it.
	Term func() (term, refusal string)

	hex    bool
	part   int             // bytes that are shown
	folded map[string]bool // parts of a document, by their paths

	lines []pane.Line // as made last
	width int
}

// New makes a page. The values are copied.
func New(c *stream.Column, before, after *stream.Value) *Page {
	return &Page{column: c, before: clone(before), after: clone(after), part: partShown, folded: map[string]bool{}}
}

func clone(v *stream.Value) *stream.Value {
	if v == nil {
		return nil
	}
	return &stream.Value{State: v.State, Raw: bytes.Clone(v.Raw)}
}

// Press does what a key stands for, and reports whether it means anything here.
func (p *Page) Press(act pane.Action) bool {
	if act != pane.ActHex {
		return false
	}
	p.hex, p.lines = !p.hex, nil
	return true
}

// Lines are the value, and what else there is to say of it.
func (p *Page) Lines(c *pane.Context, width int) []pane.Line {
	if p.lines == nil || p.width != width {
		p.lines, p.width = p.make(c, width), width
		for i := range p.lines {
			p.lines[i].Term = p.Term
		}
	}
	return p.lines
}

// changed forgets the lines: something is folded or shown that was not.
func (p *Page) changed() { p.lines = nil }

func (p *Page) make(c *pane.Context, width int) (lines []pane.Line) {
	if p.before == nil || p.after == nil {
		only := p.after
		if only == nil {
			only = p.before
		}
		return append(p.whole(c, only, width), p.others(c, only, width)...)
	}
	if isSame(p.before, p.after) {
		lines = append(p.whole(c, p.after, width), p.others(c, p.after, width)...)
		return append(lines, said(c.Theme, "the update has not changed it"))
	}
	if lines, are := p.compared(c, width); are {
		return lines
	}
	head := func(text string) { lines = append(lines, titled(c.Theme, text)) }
	head("before")
	old, now := p.marked(c, width)
	lines = append(append(lines, old...), p.others(c, p.before, width)...)
	head("after")
	return append(append(lines, now...), p.others(c, p.after, width)...)
}

func isSame(a, b *stream.Value) bool { return a.State == b.State && bytes.Equal(a.Raw, b.Raw) }

// whole shows a value by itself.
func (p *Page) whole(c *pane.Context, v *stream.Value, width int) []pane.Line {
	if text, is := stateText(v); is {
		return []pane.Line{said(c.Theme, text)}
	}
	if p.inHex() {
		return p.hexLines(c.Theme, v.Raw, width)
	}
	text := p.text(v)
	if tree := p.tree(text); tree != nil {
		return p.treeLines(c.Theme, tree, width)
	}
	return p.textLines(c.Theme, []span{{text: text}}, width)
}

// compared shows two documents as one.
func (p *Page) compared(c *pane.Context, width int) (lines []pane.Line, are bool) {
	if p.inHex() || p.before.State != stream.Present || p.after.State != stream.Present {
		return nil, false
	}
	before, after := p.tree(p.text(p.before)), p.tree(p.text(p.after))
	if before == nil || after == nil {
		return nil, false
	}
	return p.treeLines(c.Theme, compareTrees(before, after), width), true
}

// marked shows two values, with what differs marked.
func (p *Page) marked(c *pane.Context, width int) (before, after []pane.Line) {
	if p.inHex() || p.before.State != stream.Present || p.after.State != stream.Present {
		return p.whole(c, p.before, width), p.whole(c, p.after, width)
	}
	one, other := p.text(p.before), p.text(p.after)
	old, now := differ(draw.Clip(one, p.part), draw.Clip(other, p.part))
	old = append(old, span{text: one[len(draw.Clip(one, p.part)):]})
	now = append(now, span{text: other[len(draw.Clip(other, p.part)):]})
	return p.textLines(c.Theme, old, width), p.textLines(c.Theme, now, width)
}

// inHex reports whether the bytes are shown.
func (p *Page) inHex() bool {
	if p.column.Class != stream.ClassBinary {
		return p.hex
	}
	for _, v := range []*stream.Value{p.before, p.after} {
		if v != nil && !isText(v.Raw) {
			return !p.hex
		}
	}
	return p.hex
}

// text is a value as MySQL prints it, in UTF-8.
func (p *Page) text(v *stream.Value) []byte {
	if p.column.Class == stream.ClassBinary {
		return v.Raw
	}
	return p.column.AppendText(nil, v.Raw)
}

// stateText says that there is no value.
func stateText(v *stream.Value) (text string, is bool) {
	switch v.State {
	case stream.Absent:
		return "not in the image", true
	case stream.Null:
		return "NULL", true
	case stream.PartialJSON:
		return "changed in the binary log by " + draw.Safe(draw.Clip(v.Raw, draw.ValueLimit)), true
	}
	return "", false
}

// said is a line about the value.
func said(t *draw.Theme, text string) pane.Line {
	return pane.Line{Put: func(l *draw.Line) { l.Put("", " ").Put(t.Dim, text) }}
}

// titled is a line above others.
func titled(t *draw.Theme, text string) pane.Line {
	return pane.Line{Put: func(l *draw.Line) { l.Put("", " ").Put(t.Title, text) }}
}
