package ui

import "strings"

// drawPrompt draws the line in the place of the log's title, and what there is
// to say about it over the lines below.
func (m *Model) drawPrompt(title *string, below []string) {
	p := &m.prompt
	l := newLine(m.width)
	label := "filter "
	if p.search {
		label = "search "
	}
	l.put("", " ").put(m.theme.title, label)
	left := l.width + 1
	from, caret := p.window(m.width - left)
	p.x = left + caret
	more := " "
	if from > 0 {
		more = "…"
	}
	l.put(m.theme.dim, more)
	start, end := len(p.text), len(p.text)
	if p.problem != nil && !p.unfinished() {
		start, end = max(p.problem.Start, from), max(p.problem.End, from)
	}
	l.put("", spelled(p.text[from:start])).put(m.theme.bad, spelled(p.text[start:end])).put("", spelled(p.text[end:]))
	*title = l.String()
	switch {
	case p.popup.open:
		m.drawPopup(below, left+textWidth(spelled(p.text[min(from, p.popup.Start):p.popup.Start])))
	case p.problem != nil:
		copy(below, m.problemLines(left, from))
	}
}

// problemLines say what is wrong with the text, with carets under the place.
func (m *Model) problemLines(left, from int) []string {
	p := &m.prompt
	s := m.theme.bad
	if p.unfinished() {
		s = m.theme.dim
	}
	text := safe([]byte(p.problem.Summary()))
	if p.insist() {
		text += " · enter again applies it"
	}
	start := max(p.problem.Start, from)
	column := min(left+textWidth(spelled(p.text[from:start])), m.width-2)
	carets := strings.Repeat("^", max(min(textWidth(spelled(p.text[start:max(p.problem.End, start)])), m.width-1-column), 1))
	after := column + len(carets) + 1
	switch width := textWidth(text); {
	case after+width < m.width:
		return []string{newLine(m.width).to(column).put(s, carets+" "+text).String()}
	case width+2 < column:
		return []string{newLine(m.width).to(column-width-1).put(s, text+" "+carets).String()}
	}
	lines := []string{newLine(m.width).to(column).put(s, carets).String()}
	for _, part := range wrap(text, m.width-2) {
		lines = append(lines, newLine(m.width).put("", " ").put(s, part).String())
	}
	return lines
}

// drawPopup draws the proposals over lines, the first right below the line
// that is typed in: their words begin at a column.
func (m *Model) drawPopup(below []string, column int) {
	list := &m.prompt.popup
	count := min(len(list.Proposals), popupLines, len(below)-1)
	if count < 1 {
		return
	}
	first := min(max(list.chosen-count, 0), len(list.Proposals)-count)
	names, details := 0, 0
	for _, proposal := range list.Proposals[first : first+count] {
		names = max(names, textWidth(safe([]byte(proposal.Text))))
		details = max(details, textWidth(safe([]byte(proposal.Detail))))
	}
	inner := min(names+details+4, max(m.width*2/3, minWidth)-2)
	names = min(names, inner-2)
	column = min(max(column-2, 0), m.width-inner-2)
	border := string(m.theme.focus)
	side := border + "│" + resetStyle
	var window []string
	for i := first; i < first+count; i++ {
		l := newLine(inner)
		l.plain = i+1 == list.chosen
		l.put("", " ").cell("", safe([]byte(list.Proposals[i].Text)), names).put("", " ")
		l.limit--
		l.put(m.theme.dim, safe([]byte(list.Proposals[i].Detail)))
		l.limit++
		text := l.String()
		if l.plain {
			text = string(m.theme.reverse) + text + resetStyle
		}
		window = append(window, side+text+side)
	}
	window = append(window, m.popupFoot(inner, len(list.Proposals)-first-count))
	drawn := overlay(joinLines(below[:len(window)]), joinLines(window), column, 0)
	copy(below, strings.Split(drawn, "\n"))
}

// popupFoot is the frame below the proposals, with how many more there are.
func (m *Model) popupFoot(inner, more int) string {
	note := ""
	if more > 0 {
		note = " … " + count(more) + " more "
	}
	foot := newLine(inner + 2)
	foot.put(m.theme.focus, "╰"+strings.Repeat("─", max(inner-textWidth(note)-1, 0)))
	foot.limit--
	foot.put(m.theme.dim, note).put(m.theme.focus, strings.Repeat("─", max(foot.limit-foot.width, 0)))
	foot.limit++
	return foot.put(m.theme.focus, "╯").String()
}
