package changes

import (
	"strings"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
)

// order gives the columns in the order in which they are listed: all as the table has
// them, or of an update those that it changed, then the key; the others are folded.
func (s *subject) order() (shown, folded []int) {
	var key []int
	for i := range s.Table.Columns {
		switch {
		case s.Kind != stream.Update, s.changed(i):
			shown = append(shown, i)
		case s.Table.Columns[i].IsKey():
			key = append(key, i)
		default:
			folded = append(folded, i)
		}
	}
	return append(shown, key...), folded
}

// fold is the line that stands for the columns that an update left alone; enter shows
// them, here and in every update.
func (s *subject) fold(theme *draw.Theme, folded []int) pane.Line {
	mark := "▸ "
	if *s.spread {
		mark = "▾ "
	}
	names := make([]string, len(folded))
	for i, column := range folded {
		names[i] = draw.Safe([]byte(s.Table.Columns[column].Name))
	}
	return pane.Line{
		Press: func() { *s.spread = !*s.spread },
		Put: func(l *draw.Line) {
			l.Put("", " ").Put(theme.Dim, mark+draw.Count(len(folded))+" unchanged")
			if !*s.spread {
				l.Put(theme.Dim, "  "+strings.Join(names, ", "))
			}
		},
	}
}
