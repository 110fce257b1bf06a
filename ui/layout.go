package ui

import (
	"strings"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/prompt"

	"github.com/charmbracelet/x/ansi"
)

// The smallest screen that is drawn.
const (
	minWidth  = 40
	minHeight = 8
)

// layout says how many lines each part of the screen takes. From top to
// bottom: header, shards, a notice, the log's title, its column names, rows, details,
// key line.
type layout struct {
	shards  int
	notice  int // what is wrong with a shard, and why
	changes int // the log, its title and its column names
	details int // with the frame
}

// arrange fits the parts into the screen, and the log's rows into its part.
func (m *Model) arrange() {
	m.details.Show(m.subject())
	m.layout = m.divide()
	if text := m.changes.Say(); text != "" {
		m.message = text
	}
}

// subject is what the details show.
func (m *Model) subject() pane.Subject {
	switch m.detailed {
	case paneShards:
		return m.shards.Subject(&m.Context)
	case paneLog:
		return m.changes.Subject(&m.Context)
	}
	return nil
}

// divide divides the screen's height.
func (m *Model) divide() layout {
	if m.width < minWidth || m.height < minHeight {
		return layout{}
	}
	space := m.height - 2 // header and key line
	switch {
	case m.zoomed && m.focus == paneShards:
		m.changes.Arrange(&m.Context, m.room(paneLog, 0))
		return layout{shards: m.shards.Arrange(&m.Context, m.room(paneShards, space))}
	case m.zoomed && m.focus == paneDetails:
		m.changes.Arrange(&m.Context, m.room(paneLog, 0))
		return layout{details: m.details.Arrange(&m.Context, m.room(paneDetails, space))}
	case m.zoomed:
		return layout{changes: m.changes.Arrange(&m.Context, m.room(paneLog, space))}
	}
	var l layout
	space -= leastChanges
	l.shards = m.shards.Arrange(&m.Context, m.room(paneShards, space))
	space -= l.shards
	if text, _ := notice(&m.Context); text != "" && space > 4 {
		l.notice = min(len(draw.WrapWhole(text, m.width-2)), 2)
		space -= l.notice
	}
	if m.detailed != paneNone {
		l.details = m.details.Arrange(&m.Context, m.room(paneDetails, space))
		space -= l.details
	}
	l.changes = m.changes.Arrange(&m.Context, m.room(paneLog, leastChanges+max(space, 0)))
	return l
}

// leastChanges is what the log has in any case: its title and its columns' names.
const leastChanges = 2

// room is what a pane may have of so many lines.
func (m *Model) room(name paneName, height int) pane.Room {
	focused := m.focus == name
	return pane.Room{Width: m.width, Height: height, Whole: m.zoomed && focused, Focused: focused, Detailed: m.detailed == name}
}

// draw makes the whole screen.
func (m *Model) draw() string {
	if m.width < minWidth || m.height < minHeight {
		return m.tooSmall()
	}
	lines := make([]string, 0, m.height)
	lines = append(lines, header(&m.Context, m.width))
	if m.layout.shards > 0 {
		lines = append(lines, m.shards.Draw(&m.Context)...)
	}
	lines = append(lines, m.drawNotice(m.layout.notice)...)
	if m.layout.changes > 0 {
		lines = append(lines, m.changes.Draw(&m.Context)...)
	}
	if m.layout.details > 0 {
		lines = append(lines, m.details.Draw(&m.Context)...)
	}
	lines = append(lines, m.keyLine())
	if title := 1 + m.layout.shards + m.layout.notice; m.prompt.IsOpen() && m.layout.changes > 0 {
		lines[title] = m.prompt.Draw(&m.Context, m.width, lines[title+1:len(lines)-1])
	}
	for _, w := range m.windows {
		over := w.Draw(&m.Context, m.width, m.height)
		x, y := (m.width-ansi.StringWidth(over[0]))/2, (m.height-len(over))/2
		lines = strings.Split(draw.Overlay(lines, over, x, y), "\n")
	}
	return strings.Join(lines, "\n")
}

// drawNotice draws what is wrong with a shard, in so many lines.
func (m *Model) drawNotice(height int) []string {
	if height == 0 {
		return nil
	}
	text, look := notice(&m.Context)
	parts := draw.WrapWhole(text, m.width-2)
	lines := make([]string, 0, height)
	for i, part := range parts[:min(height, len(parts))] {
		l := draw.NewLine(m.width).Put("", " ")
		if i == height-1 {
			part = strings.Join(parts[i:], " ") // what has no room is cut with a mark
		}
		lines = append(lines, l.Put(look, part).String())
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// tooSmall is all that is drawn on a screen below the smallest.
func (m *Model) tooSmall() string {
	if m.width <= 0 || m.height <= 0 {
		return ""
	}
	text := draw.NewLine(m.width)
	text.Put("", "vtscope needs 40×8 characters")
	return string(text.Buf)
}

// keyLine is the last line: the keys that matter most.
func (m *Model) keyLine() string {
	l := draw.NewLine(m.width)
	if m.message != "" {
		return l.Put("", " ").Put(m.Theme.Warn, m.message).String()
	}
	table := bindings
	if m.prompt.IsOpen() {
		table = prompt.Bindings
	}
	for _, b := range table {
		if b.Short == "" || m.prompt.IsSearch() && b.Action == prompt.ActComplete {
			continue
		}
		short := b.Short
		switch {
		case b.Action == actPause && m.Paused:
			short = "resume"
		case b.Action == pane.ActApply && m.prompt.IsSearch():
			short = "search"
		}
		if l.Width+draw.TextWidth(b.Show)+draw.TextWidth(short)+3 > m.width {
			break
		}
		l.Put("", " ").Put(m.Theme.Bold, b.Show).Put(m.Theme.Dim, " "+short+" ")
	}
	return l.String()
}
