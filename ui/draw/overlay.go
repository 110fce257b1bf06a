package draw

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Overlay lays a window over lines of the screen, its corner at a column and a line.
func Overlay(screen, window []string, x, y int) string {
	return lipgloss.NewCompositor(
		lipgloss.NewLayer(strings.Join(screen, "\n")),
		lipgloss.NewLayer(strings.Join(window, "\n")).X(x).Y(y).Z(1),
	).Render()
}
