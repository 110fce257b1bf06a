package ui

import (
	"slices"
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
// bottom: header, shards, a notice, a view (its title, its column names, rows), details,
// key line.
type layout struct {
	shards  int
	notice  int // what is wrong with a shard, and why
	view    int // what stands in the middle, its title and its column names
	details int // with the frame
}

// arrange fits the parts into the screen, and what they show into its part.
func (m *Model) arrange() {
	m.details.Show(m.subject(&m.Context))
	m.layout = m.divide()
	if text := m.changes.Say(); text != "" {
		m.message = text
	}
}

// divide divides the screen's height. The log is arranged in any case: it goes on,
// also where it is not on screen.
func (m *Model) divide() layout {
	if m.width < minWidth || m.height < minHeight {
		return layout{}
	}
	switch {
	case m.view != viewLog:
		m.changes.Arrange(&m.Context, pane.Room{Width: m.width})
	case m.zoomed && m.focus != paneView:
		m.changes.Arrange(&m.Context, m.room(paneView, 0))
	}
	space := m.height - 2 // header and key line
	if m.zoomed {
		height := m.of(m.focus).Arrange(&m.Context, m.room(m.focus, space))
		switch m.focus {
		case paneShards:
			return layout{shards: height}
		case paneDetails:
			return layout{details: height}
		}
		return layout{view: height}
	}
	var l layout
	space -= leastView
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
	l.view = m.middle().Arrange(&m.Context, m.room(paneView, leastView+max(space, 0)))
	return l
}

// leastView is what a view has in any case: a title and its columns' names.
const leastView = 2

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
	lines = append(lines, header(&m.Context, m.width, &m.drawn.header))
	if m.layout.shards > 0 {
		lines = append(lines, m.shards.Draw(&m.Context)...)
	}
	lines = append(lines, m.drawNotice(m.layout.notice)...)
	if m.layout.view > 0 {
		lines = append(lines, m.middle().Draw(&m.Context)...)
	}
	if m.layout.details > 0 {
		lines = append(lines, m.details.Draw(&m.Context)...)
	}
	lines = append(lines, m.keyLine())
	if title := 1 + m.layout.shards + m.layout.notice; m.prompt.IsOpen() && m.layout.view > 0 {
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

// keyLine is the last line: a message, or the keys that matter most, as many as have
// room. Some always have (keptKeys).
func (m *Model) keyLine() string {
	l := draw.NewLine(m.width)
	if m.message != "" {
		return l.Put("", " ").Put(m.Theme.Warn, m.message).String()
	}
	if len(m.windows) > 0 {
		return l.Put("", " ").Put(m.Theme.Bold, "esc").Put(m.Theme.Dim, " close  ").Put(m.Theme.Bold, "↑ ↓").Put(m.Theme.Dim, " move").String()
	}
	for _, b := range m.shortKeys() {
		l.Put("", " ").Put(m.Theme.Bold, pane.Written(b.Keys[0])).Put(m.Theme.Dim, " "+b.Short+" ")
	}
	return l.String()
}

// keyAt is what the key does that stands in the last line at a column.
func (m *Model) keyAt(x int) pane.Action {
	for _, b := range m.shortKeys() {
		if x -= shortWidth(&b); x < 0 {
			return b.Action
		}
	}
	return ""
}

// shortKeys are the keys that the key line has room for.
func (m *Model) shortKeys() (keys []pane.Binding) {
	width := 0
	for _, b := range m.usableKeys() {
		switch {
		case b.Short == "" || len(b.Keys) == 0 || m.prompt.IsSearch() && b.Action == prompt.ActComplete:
			continue
		case b.Action == pane.ActPause && m.Paused:
			b.Short = "resume"
		case b.Action == pane.ActApply && m.prompt.IsSearch():
			b.Short = "search"
		case b.Action == pane.ActClose && !m.atHome():
			b.Short = "close"
		}
		keys, width = append(keys, b), width+shortWidth(&b)
	}
	for i := len(keys) - 1; i >= 0 && width > m.width; i-- {
		if !slices.Contains(keptKeys, keys[i].Action) {
			width -= shortWidth(&keys[i])
			keys = slices.Delete(keys, i, i+1)
		}
	}
	return keys
}

// keptKeys have room in the key line on any screen: with them all others are found.
var keptKeys = []pane.Action{pane.ActHelp, pane.ActClose, actPalette}

// usableKeys are those of what has the keys, then those that are the same everywhere.
func (m *Model) usableKeys() (keys []pane.Binding) {
	if m.prompt.IsOpen() {
		return m.prompt.Keys.Bindings
	}
	for _, use := range m.uses() {
		b := *m.Keys.Of(use.Action)
		b.Short = use.Short
		keys = append(keys, b)
	}
	return append(keys, m.Keys.Bindings...)
}

func shortWidth(b *pane.Binding) int {
	return draw.TextWidth(pane.Written(b.Keys[0])) + draw.TextWidth(b.Short) + 3
}
