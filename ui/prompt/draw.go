package prompt

import (
	"strings"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// Draw draws the line, and what there is to say about it over the lines below, each
// as wide as the screen. It gives the first.
func (p *Prompt) Draw(c *pane.Context, width int, below []string) string {
	p.width = width
	return (&typing{c, p}).draw(below)
}

func (m *typing) draw(below []string) string {
	p := &m.line
	l := draw.NewLine(m.width)
	label := "filter "
	if p.search {
		label = "search "
	}
	l.Put("", " ").Put(m.Theme.Title, label)
	left := l.Width + 1
	from, caret := p.window(m.width - left)
	p.x = left + caret
	more := " "
	if from > 0 {
		more = "…"
	}
	l.Put(m.Theme.Dim, more)
	start, end := len(p.text), len(p.text)
	if p.problem != nil && !p.unfinished() {
		start, end = max(p.problem.Start, from), max(p.problem.End, from)
	}
	l.Put("", spelled(p.text[from:start])).Put(m.Theme.Bad, spelled(p.text[start:end])).Put("", spelled(p.text[end:]))
	switch {
	case p.popup.open:
		m.drawPopup(below, left+draw.TextWidth(spelled(p.text[min(from, p.popup.Start):p.popup.Start])))
	case p.problem != nil:
		copy(below, m.problemLines(left, from))
	}
	return l.String()
}

// problemLines say what is wrong with the text, with carets under the place.
func (m *typing) problemLines(left, from int) []string {
	p := &m.line
	s := m.Theme.Bad
	if p.unfinished() {
		s = m.Theme.Dim
	}
	text := draw.Safe([]byte(p.problem.Summary()))
	if p.insist() {
		text += " · enter again applies it"
	}
	start := max(p.problem.Start, from)
	column := min(left+draw.TextWidth(spelled(p.text[from:start])), m.width-2)
	carets := strings.Repeat("^", max(min(draw.TextWidth(spelled(p.text[start:max(p.problem.End, start)])), m.width-1-column), 1))
	after := column + len(carets) + 1
	switch width := draw.TextWidth(text); {
	case after+width < m.width:
		return []string{draw.NewLine(m.width).To(column).Put(s, carets+" "+text).String()}
	case width+2 < column:
		return []string{draw.NewLine(m.width).To(column-width-1).Put(s, text+" "+carets).String()}
	}
	lines := []string{draw.NewLine(m.width).To(column).Put(s, carets).String()}
	for _, part := range draw.Wrap(text, m.width-2) {
		lines = append(lines, draw.NewLine(m.width).Put("", " ").Put(s, part).String())
	}
	return lines
}

// drawPopup draws the proposals over lines, the first right below the line
// that is typed in: their words begin at a column.
func (m *typing) drawPopup(below []string, column int) {
	list := &m.line.popup
	count := min(len(list.Proposals), popupLines, len(below)-1)
	if count < 1 {
		return
	}
	first := min(max(list.chosen-count, 0), len(list.Proposals)-count)
	names, details := 0, 0
	for _, proposal := range list.Proposals[first : first+count] {
		names = max(names, draw.TextWidth(draw.Safe([]byte(proposal.Text))))
		details = max(details, draw.TextWidth(draw.Safe([]byte(proposal.Detail))))
	}
	inner := min(names+details+4, max(m.width*2/3, leastWidth)-2)
	names = min(names, inner-2)
	column = min(max(column-2, 0), m.width-inner-2)
	border := string(m.Theme.Focus)
	side := border + "│" + draw.Reset
	var window []string
	for i := first; i < first+count; i++ {
		l := draw.NewLine(inner)
		l.Plain = i+1 == list.chosen
		l.Put("", " ").Cell("", draw.Safe([]byte(list.Proposals[i].Text)), names).Put("", " ")
		l.Limit--
		l.Put(m.Theme.Dim, draw.Safe([]byte(list.Proposals[i].Detail)))
		l.Limit++
		text := l.String()
		if l.Plain {
			text = string(m.Theme.Reverse) + text + draw.Reset
		}
		window = append(window, side+text+side)
	}
	window = append(window, m.popupFoot(inner, len(list.Proposals)-first-count))
	drawn := draw.Overlay(below[:len(window)], window, column, 0)
	copy(below, strings.Split(drawn, "\n"))
}

// popupFoot is the frame below the proposals, with how many more there are.
func (m *typing) popupFoot(inner, more int) string {
	note := ""
	if more > 0 {
		note = " … " + draw.Count(more) + " more "
	}
	foot := draw.NewLine(inner + 2)
	foot.Put(m.Theme.Focus, "╰"+strings.Repeat("─", max(inner-draw.TextWidth(note)-1, 0)))
	foot.Limit--
	foot.Put(m.Theme.Dim, note).Put(m.Theme.Focus, strings.Repeat("─", max(foot.Limit-foot.Width, 0)))
	foot.Limit++
	return foot.Put(m.Theme.Focus, "╯").String()
}
