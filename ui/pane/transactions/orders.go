package transactions

import (
	"cmp"
	"slices"

	"vtscope/stream"
	"vtscope/ui/pane"
)

// orders are what the transactions can be ordered by.
var orders = []struct {
	name, head string
	by         stream.TxnMeasure
	newest     bool
}{
	{name: "time, the newest first", head: "TIME", newest: true},
	{"rows", "ROWS", stream.TxnRows, false},
	{"size", "SIZE", stream.TxnBytes, false},
	{"duration", "TOOK", stream.TxnSeconds, false},
}

// listing says what a list was made for: as many transactions had come, in this order.
type listing struct {
	total  uint64
	order  int
	upside bool
}

// make puts the transactions in their order, where that has changed.
func (p *Pane) make(c *pane.Context) {
	if is := (listing{c.Txns.Total, p.order, p.upside}); is != p.listed {
		p.listed, p.list = is, p.ordered(c)
	}
}

// ordered are the newest; in another order, the largest of all that came among them.
func (p *Pane) ordered(c *pane.Context) (list []*stream.TxnState) {
	newest := c.Txns.Newest
	for i := range newest {
		list = append(list, &newest[i])
	}
	order := &orders[p.order]
	if !order.newest {
		oldest := uint64(0) // of the newest
		if len(newest) > 0 {
			oldest = newest[0].Txn
		}
		large := c.Txns.Largest[order.by]
		for i := range large {
			if !slices.ContainsFunc(newest, func(t stream.TxnState) bool { return large[i].Txn >= oldest && t.Txn == large[i].Txn }) {
				list = append(list, &large[i])
			}
		}
	}
	slices.SortFunc(list, func(a, b *stream.TxnState) int {
		by := cmp.Compare(b.Arrived, a.Arrived)
		if !order.newest {
			by = order.by.Compare(a, b)
		}
		if by = cmp.Or(by, cmp.Compare(b.Txn, a.Txn)); p.upside {
			return -by
		}
		return by
	})
	return list
}
