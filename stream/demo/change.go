package demo

// ref names a row of a shard: a table and the local number of the row (for an
// order's items and payment the order's), with the line for items.
type ref struct {
	table   int
	a, line int64
}

// change is what a transaction does to a row.
type change struct {
	ref
	op op
}

type op uint8

const (
	insert op = iota
	update
	remove
)

// statement is the DDL or other statement that transaction n is, "" if it is
// an ordinary transaction. Only housekeeping transactions are statements.
func (w *workload) statement(n int64) string {
	if w.kind(n) != housekeeping {
		return ""
	}
	switch (n - 1) / cycleLength % ddlEvery {
	case addInCycle:
		return addLoyalty
	case dropInCycle:
		return dropLoyalty
	case otherInCycle:
		return "analyze table product"
	}
	return ""
}

// changes appends what transaction n does to dst. pre is the state before it.
func (w *workload) changes(dst []change, n int64, pre *state) []change {
	step := pre.steps
	switch kind := w.kind(n); kind {
	case placed:
		return w.placeOrder(dst, step[placed], step[sold])
	case paid:
		return w.payOrder(dst, step[paid]-payAfter, pre)
	case shipped, delivered:
		j := step[kind] - shipAfter
		if kind == delivered {
			j = step[kind] - deliverAfter
		}
		if w.orderLives(j, pre) && !w.cancelled(j) {
			dst = append(dst, change{ref{corder, j, 0}, update})
		}
	case purged:
		return w.purgeOrder(dst, step[purged]-w.orderWindow, pre)
	case changed:
		if w.customers > 0 {
			dst = append(dst, change{ref{customer, w.customerP.at(step[changed]), 0}, update})
		}
	case joined:
		dst = append(dst, change{ref{customer, w.customers + step[joined], 0}, insert})
	case priced, bulk:
		many := int64(1)
		if kind == bulk {
			many = bulkSize
		}
		for i := range min(many, w.products) {
			dst = append(dst, change{ref{product, w.pricedP.at(step[priced] + i), 0}, update})
		}
	case started:
		dst = append(dst, change{ref{session, step[started], 0}, insert})
	case touched:
		if k := step[touched] - touchAfter; w.sessionLives(k, pre) {
			dst = append(dst, change{ref{session, k, 0}, update})
		}
	case ended:
		if k := step[ended] - w.sessionWindow; w.sessionLives(k, pre) {
			dst = append(dst, change{ref{session, k, 0}, remove})
		}
	}
	return dst
}

func (w *workload) sessionLives(k int64, s *state) bool {
	first, end := w.sessionRange(s)
	return k >= first && k < end
}

// placeOrder inserts an order with its items and takes the first from stock.
func (w *workload) placeOrder(dst []change, j, sale int64) []change {
	dst = append(dst, change{ref{corder, j, 0}, insert})
	if w.products == 0 {
		return dst
	}
	for line := range w.lines(j) {
		dst = append(dst, change{ref{orderItem, j, line + 1}, insert})
	}
	return append(dst, change{ref{product, w.soldP.at(sale), 0}, update})
}

// payOrder sets an order to paid, with its payment, or to cancelled.
func (w *workload) payOrder(dst []change, j int64, pre *state) []change {
	if !w.orderLives(j, pre) {
		return dst
	}
	dst = append(dst, change{ref{corder, j, 0}, update})
	if !w.cancelled(j) {
		dst = append(dst, change{ref{payment, j, 0}, insert})
	}
	return dst
}

// purgeOrder deletes an order, its items and its payment.
func (w *workload) purgeOrder(dst []change, j int64, pre *state) []change {
	if !w.orderLives(j, pre) {
		return dst
	}
	for line := range w.itemLines(j) {
		dst = append(dst, change{ref{orderItem, j, line + 1}, remove})
	}
	if w.hasPayment(j, pre) {
		dst = append(dst, change{ref{payment, j, 0}, remove})
	}
	return append(dst, change{ref{corder, j, 0}, remove})
}

// itemLines is the number of items that an order has in this shard: none where there are no products.
func (w *workload) itemLines(j int64) int64 {
	if w.products == 0 {
		return 0
	}
	return w.lines(j)
}

func (w *workload) hasPayment(j int64, s *state) bool {
	return w.orderStage(j, s) >= paidOrder && !w.cancelled(j)
}
