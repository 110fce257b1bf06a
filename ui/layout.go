package ui

// The smallest screen that is drawn.
const (
	minWidth  = 40
	minHeight = 8
)

// layout says how many lines each part of the screen takes. From top to
// bottom: header, shards, the log's title, its column names, rows, details,
// key line.
type layout struct {
	shards  int
	title   int
	rows    int // of the log
	details int // with the frame
}

// arrange fits the parts into the screen's height.
func (m *Model) arrange() {
	if m.width < minWidth || m.height < minHeight {
		m.layout = layout{}
		return
	}
	space := m.height - 2 // header and key line
	if m.zoomed && m.focus == paneShards {
		m.layout = layout{shards: space}
		return
	}
	if m.zoomed && m.focus == paneDetails && m.details.open {
		m.layout = layout{details: space}
		return
	}
	l := layout{title: 2}
	space -= l.title
	if !m.zoomed {
		l.shards = m.panelHeight(space)
		space -= l.shards
	}
	if m.details.open && !m.zoomed {
		l.details = m.detailsHeight(space)
		space -= l.details
	}
	l.rows = max(space, 0)
	m.layout = l
	m.log.settle(m.shown, l.rows)
}

// draw makes the whole screen.
func (m *Model) draw() string {
	if m.width < minWidth || m.height < minHeight {
		return m.tooSmall()
	}
	lines := make([]string, 0, m.height)
	lines = append(lines, m.header())
	lines = append(lines, m.drawShards(m.layout.shards)...)
	if m.layout.title > 0 {
		m.fitColumns()
		lines = append(lines, m.logTitle(), m.logColumns())
		lines = append(lines, m.drawRows(m.layout.rows)...)
	}
	lines = append(lines, m.drawDetails(m.layout.details)...)
	lines = append(lines, m.keyLine())
	screen := joinLines(lines)
	if m.help.open {
		return m.drawHelp(screen)
	}
	return screen
}

// tooSmall is all that is drawn on a screen below the smallest.
func (m *Model) tooSmall() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	text := newLine(m.width)
	text.put("", "vtscope needs 40×8 characters")
	return string(text.buf)
}

func joinLines(lines []string) string {
	n := 0
	for _, line := range lines {
		n += len(line) + 1
	}
	b := make([]byte, 0, n)
	for i, line := range lines {
		if i > 0 {
			b = append(b, '\n')
		}
		b = append(b, line...)
	}
	return string(b)
}
