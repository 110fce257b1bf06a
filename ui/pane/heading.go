package pane

import "vtscope/ui/draw"

// Heading begins the title of a pane: its name, which stands out while it has the keys.
func Heading(c *Context, room Room, name string) *draw.Line {
	style := c.Theme.Dim
	if room.Focused {
		style = c.Theme.Focus
	}
	return draw.NewLine(room.Width).Put("", " ").Put(style, name)
}
