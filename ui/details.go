package ui

import (
	"vtscope/stream"
	"vtscope/ui/draw"
)

// detailsView is the pane that shows one row in full, or the stream.
type detailsView struct {
	open   bool
	stream bool // of the stream, else of the row under the cursor
	chosen int  // the line that + and - take, while the pane has the keys
	offset int  // lines scrolled
	lines  int  // lines there are

	held *stream.Record // the row that is shown, with bytes of its own
	gone bool           // the store has dropped it
}

// detailsHeight is what the pane takes of the space, frame included.
func (m *Model) detailsHeight(space int) int {
	want := 6
	var r stream.Record
	if m.details.stream {
		want = len(m.streamDetails(m.width-2)) + 2
	} else if m.current(&r) && r.Table != nil {
		want = len(r.Table.Columns) + 2
		if len(r.Query) > 0 {
			want++
		}
	}
	return min(want, max(space/2, min(space-1, 5)))
}

// drawDetails draws the row under the cursor: every column, its type, the value
// before and after, what changed marked. While the pane has the keys, one line
// is chosen.
func (m *Model) drawDetails(height int) []string {
	if height < 3 {
		return make([]string, max(height, 0))
	}
	var r stream.Record
	box := draw.NewBox(m.Theme, m.width, height, m.focus == paneDetails)
	if !m.current(&r) && !m.details.stream {
		return box.Draw("no row", nil)
	}
	details := m.detailsOf(&r, box.Inner)
	v, room := &m.details, height-2
	v.lines = len(details)
	from := v.from(room, m.focus == paneDetails)
	box.Above, box.Below = from, v.lines-room-from
	return box.Draw(m.detailsTitle(&r), m.drawDetailLines(&r, details, from, min(from+room, v.lines), box.Inner))
}

// from is the first line that is seen: where the pane was scrolled to, as far
// as there are lines, with the one that is chosen in sight.
func (v *detailsView) from(room int, choosing bool) int {
	from := v.offset
	if choosing {
		chosen := min(v.chosen, v.lines-1)
		from = min(max(from, chosen-room+1), chosen)
	}
	return max(min(from, v.lines-room), 0)
}

func (m *Model) detailsTitle(r *stream.Record) string {
	if m.details.stream {
		if s := m.chosenShard(); s != nil {
			return "shard " + draw.Safe([]byte(s.Shard.String()))
		}
		return "stream"
	}
	title := r.Kind.String()
	if r.Table != nil {
		title += " " + draw.Safe([]byte(r.Table.Keyspace)) + "." + draw.Safe([]byte(r.Table.Name))
	}
	if r.Shard != nil {
		title += "  " + draw.Safe([]byte(r.Shard.Name))
	}
	if !r.GTID.IsZero() {
		title += "  " + draw.Safe(r.GTID.AppendTo(nil))
	}
	title += "  " + arrival(r)
	switch {
	case m.details.gone:
		title += "  no longer kept"
	case r.Abandoned:
		title += "  abandoned: the transaction came again"
	case r.Open:
		title += "  not committed yet"
	}
	return title
}

// sqlType is the column's type for people: as MySQL writes it, where it is known.
func sqlType(c *stream.Column) string {
	if c.SQLType != "" {
		return c.SQLType
	}
	return c.Type.String()
}
