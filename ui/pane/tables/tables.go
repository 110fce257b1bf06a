package tables

import (
	"slices"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/pane"
)

// View is the pane among the views.
var View = pane.View{
	Open: pane.Binding{
		Keys: []string{"3"}, Action: "tables", Show: "3", Group: pane.GroupPanes,
		Help: "the tables: changes received, columns, versions",
	},
	Uses: []pane.Use{
		{Action: pane.ActEnter, Short: "its changes", Help: "the table's changes, in the log"},
		{Action: pane.ActOrder, Short: "order", Help: "order the tables by the next column"},
		{Action: pane.ActReverse},
		{Action: pane.ActKeep, Short: "only it", Help: "only changes of this table"},
		{Action: pane.ActDrop, Short: "not it", Help: "no changes of this table"},
		{Action: pane.ActCopy, Short: "copy"},
	},
	New:      func() pane.Pane { return &Pane{} },
	Detailed: true,
	Sizes:    true,
}

// Pane lists the tables, and keeps a cursor on one of them.
type Pane struct {
	room   pane.Room
	chosen tableName // under the cursor; none before there is a table
	offset int       // tables scrolled past
	order  int       // the column by which they are ordered, counted from 1; 0 for the name
	upside bool      // the other way round

	several   bool // keyspaces
	nameWidth int
	shown     []int // the columns that have room

	entries []entry
	kept    []uint64 // rows kept, by table version
	names   ddlNames
}

// A tableName names a table.
type tableName struct{ keyspace, table string }

// titleLines are those above the tables.
const titleLines = 2

// Arrange takes all of the room.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room = room
	p.list(c)
	p.fit(c)
	page := p.page()
	at := p.at()
	p.offset = max(min(p.offset, at, len(p.entries)-page), at-page+1, 0)
	return room.Height
}

// page is how many tables there is room for.
func (p *Pane) page() int { return max(p.room.Height-titleLines, 1) }

// list puts the tables in their order, with the cursor on one of them.
func (p *Pane) list(c *pane.Context) {
	p.entries, p.several = p.gather(c), c.SeveralKeyspaces()
	slices.SortStableFunc(p.entries, p.compare)
	if len(p.entries) > 0 {
		p.chosen = p.entries[p.at()].name
	}
}

// at is the place of the table under the cursor.
func (p *Pane) at() int {
	return max(slices.IndexFunc(p.entries, func(e entry) bool { return e.name == p.chosen }), 0)
}

// Press moves the cursor, changes the order, or goes into the changes of the table
// under the cursor.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	switch act {
	case pane.ActOrder:
		p.nextOrder()
		return pane.Effect{}
	case pane.ActReverse:
		p.upside = !p.upside
		return pane.Effect{}
	}
	p.list(c)
	if len(p.entries) == 0 {
		return pane.Effect{}
	}
	if act == pane.ActEnter {
		return pane.Effect{Filter: p.filter()}
	}
	to := pane.Scrolled(p.at(), act, p.page(), len(p.entries)+p.page()-1)
	p.chosen = p.entries[to].name
	return pane.Effect{Top: true}
}

// Click puts the cursor on a table.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.offset + y - titleLines
	if y < titleLines || i >= len(p.entries) {
		return false, false
	}
	again = p.entries[i].name == p.chosen
	p.chosen = p.entries[i].name
	return true, again
}

// filter is the expression for the changes of the table under the cursor.
func (p *Pane) filter() string {
	e := &p.entries[p.at()]
	text, _ := e.term("_table")
	if term, known := e.term("_keyspace"); known && p.several {
		text = filter.And(text, term)
	}
	return text
}

// term is what a filter says of a meta name of the table, false where it can say
// nothing.
func (e *entry) term(meta string) (string, bool) {
	return filter.MetaTerm(meta, &stream.Record{Kind: stream.Insert, Table: e.newest(), Shard: e.state.Versions[0].Shard})
}

// Subject is the table under the cursor, nil where there is none.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	if p.list(c); len(p.entries) == 0 {
		return nil
	}
	return subject{p}
}
