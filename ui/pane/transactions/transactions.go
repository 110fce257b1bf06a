package transactions

import (
	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/pane"
)

// View is the pane among the views.
var View = pane.View{
	Open: pane.Binding{
		Keys: []string{"4"}, Action: "transactions", Show: "4", Group: pane.GroupPanes,
		Help: "the transactions: the newest, or the largest",
	},
	Uses: []pane.Use{
		{Action: pane.ActEnter, Short: "its rows", Help: "the transaction's rows, in the log"},
		{Action: pane.ActOrder, Short: "order", Help: "order the transactions: newest, rows, size, duration"},
		{Action: pane.ActReverse},
		{Action: pane.ActCopy, Short: "copy"},
	},
	New:          func() pane.Pane { return &Pane{} },
	Detailed:     true,
	Transactions: true,
}

// Pane lists the transactions, and keeps a cursor on one of them.
type Pane struct {
	room   pane.Room
	chosen uint64 // TxnState.Txn of the one under the cursor; 0 for the first, whichever it is
	line   int    // where on screen the cursor stays
	offset int    // transactions scrolled past
	order  int    // among orders
	upside bool   // the other way round

	list   []*stream.TxnState
	listed listing // what the list was made for
}

// titleLines are those above the transactions.
const titleLines = 2

// Arrange takes all of the room.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room = room
	p.make(c)
	at, page := p.at(), p.page()
	p.line = min(max(p.line, 0), page-1)
	p.offset = max(min(at-p.line, len(p.list)-page), 0)
	if p.chosen == 0 {
		p.offset = 0
	}
	return room.Height
}

// page is how many transactions there is room for.
func (p *Pane) page() int { return max(p.room.Height-titleLines, 1) }

// at is the place of the transaction under the cursor; where it is no longer kept, that
// of the next older one.
func (p *Pane) at() int {
	older := -1
	for i, t := range p.list {
		if t.Txn == p.chosen {
			return i
		}
		if t.Txn < p.chosen && (older < 0 || t.Txn > p.list[older].Txn) {
			older = i
		}
	}
	return max(older, 0)
}

// Press moves the cursor, changes the order, or shows the rows of the transaction under
// the cursor.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	switch act {
	case pane.ActOrder:
		p.order, p.upside, p.chosen = (p.order+1)%len(orders), false, 0
		return pane.Effect{Say: "transactions by " + orders[p.order].name, Top: true}
	case pane.ActReverse:
		p.upside, p.chosen = !p.upside, 0
		return pane.Effect{Top: true}
	}
	p.make(c)
	if len(p.list) == 0 {
		return pane.Effect{}
	}
	if act == pane.ActEnter {
		term, known := p.under().term()
		if !known {
			return pane.Effect{Say: "VTGate has not told the GTID of this transaction"}
		}
		return pane.Effect{Aside: term, Hold: true}
	}
	from := p.at()
	to := pane.Scrolled(from, act, p.page(), len(p.list)+p.page()-1)
	p.chosen, p.line = p.list[to].Txn, min(max(from-p.offset+to-from, 0), p.page()-1)
	if act == pane.ActTop {
		p.chosen, p.line = 0, 0
	}
	return pane.Effect{Top: true}
}

// Click puts the cursor on a transaction.
func (p *Pane) Click(_ *pane.Context, _, y int) (hit, again bool) {
	i := p.offset + y - titleLines
	if y < titleLines || i >= len(p.list) {
		return false, false
	}
	again = p.list[i].Txn == p.chosen
	p.chosen, p.line = p.list[i].Txn, y-titleLines
	return true, again
}

// under is the transaction under the cursor. There has to be one.
func (p *Pane) under() txn { return txn{p.list[p.at()]} }

// txn is a transaction with what is said of it.
type txn struct{ *stream.TxnState }

// term is what a filter says of the transaction, false where its GTID is not known.
func (t txn) term() (string, bool) {
	return filter.MetaTerm("_gtid", &stream.Record{Kind: stream.Insert, GTID: t.GTID})
}

// Subject is the transaction under the cursor, nil where there is none.
func (p *Pane) Subject(c *pane.Context) pane.Subject {
	if p.make(c); len(p.list) == 0 {
		return nil
	}
	return subject{p}
}
