package problems

import (
	"slices"

	"vtscope/ui/pane"
)

// View is the pane among the views.
var View = pane.View{
	Open: pane.Binding{
		Keys: []string{"5"}, Action: "problems", Show: "5", Group: pane.GroupPanes,
		Help: "the problems: errors, reconnects, drift, DDL, journals",
	},
	Uses: []pane.Use{
		{Action: pane.ActEnter, Short: "in the log", Help: "where it stands in the log"},
		{Action: pane.ActReverse, Short: "reverse", Help: "the oldest first, or the newest"},
		{Action: pane.ActCopy, Short: "copy"},
		{Action: pane.ActTrouble}, {Action: pane.ActEarlier},
	},
	New:       func() pane.Pane { return &Pane{} },
	Detailed:  true,
	Incidents: true,
}

// Pane lists the problems, and keeps a cursor on one of them.
type Pane struct {
	room    pane.Room
	entries []entry
	chosen  entryName // under the cursor; the zero one for the first, whichever it is
	offset  int       // entries scrolled past
	upside  bool      // what has happened stands with the oldest first
}

// titleLines are those above the entries.
const titleLines = 2

// Arrange takes all of the room.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room, p.entries = room, p.gather(c)
	at, page := p.at(), p.page()
	p.offset = max(min(p.offset, at, len(p.entries)-page), at-page+1, 0)
	return room.Height
}

// page is how many entries there is room for.
func (p *Pane) page() int { return max(p.room.Height-titleLines, 1) }

// at is the place of the entry under the cursor. A repeated incident has a new number.
func (p *Pane) at() int {
	return max(slices.IndexFunc(p.entries, func(e entry) bool { return e.name == p.chosen }), 0)
}

// Press moves the cursor, or goes to the row of the log.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	if act == pane.ActReverse {
		p.upside, p.chosen = !p.upside, entryName{}
		return pane.Effect{Top: true}
	}
	if p.entries = p.gather(c); len(p.entries) == 0 {
		return pane.Effect{}
	}
	at := p.at()
	if act == pane.ActEnter {
		switch e := &p.entries[at]; {
		case e.row != 0:
			return pane.Effect{Jump: e.row}
		case e.shard != nil:
			return pane.Effect{Say: "this is how the shard stands now; it has no row in the log"}
		}
		return pane.Effect{Say: "this is how it stands now; it has no row in the log"}
	}
	to := pane.Scrolled(at, act, p.page(), len(p.entries)+p.page()-1)
	p.choose(to)
	return pane.Effect{Top: true}
}

// choose puts the cursor on an entry.
func (p *Pane) choose(i int) {
	if p.chosen = p.entries[i].name; i == 0 {
		p.chosen = entryName{}
	}
}

// Click puts the cursor on an entry.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.offset + y - titleLines
	if y < titleLines || i >= len(p.entries) {
		return false, false
	}
	again = i == p.at()
	p.choose(i)
	return true, again
}

// Subject is the entry under the cursor, nil where there is none.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	if p.entries = p.gather(c); len(p.entries) == 0 {
		return nil
	}
	return subject{p}
}
