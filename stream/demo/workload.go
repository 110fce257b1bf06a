package demo

// cycleLength is how many transactions make a cycle: each cycle holds the same
// kinds of transaction in the same, shuffled, order. Hence how often a kind has
// happened by transaction n is a division and a table look-up, and with it the
// state of every row at n, without replaying anything or keeping anything.
const cycleLength = 64

// counter counts one kind of step in a shard's history.
type counter int

const (
	placed       counter = iota // orders placed
	paid                        // orders paid, or cancelled
	shipped                     // orders shipped
	delivered                   // orders delivered
	purged                      // orders deleted
	sold                        // products whose stock an order has taken from
	priced                      // products priced anew or restocked
	changed                     // customers changed
	joined                      // customers new
	started                     // sessions started
	touched                     // sessions seen again
	ended                       // sessions deleted
	housekeeping                // transactions that touch none of the tables, and DDL
	counters                    // how many counters there are
	bulk                        // a slot that prices many products at once; not counted by itself
)

// How many orders or sessions later a step follows the first. Each is a whole
// cycle at least, so the steps of one order keep their order.
const (
	payAfter     = 7
	shipAfter    = 21
	deliverAfter = 63
	touchAfter   = 6
)

const (
	bulkSize      = 12 // products priced by one bulk
	minimalWindow = 80 // orders and sessions that live at least: more than deliverAfter
	ddlEvery      = 16 // cycles from one ADD COLUMN to the next
	addInCycle    = 5
	dropInCycle   = 11
	otherInCycle  = 8
)

// slots is what a cycle is made of.
var slots = []struct {
	kind  counter
	times int
}{
	{placed, 7}, {paid, 7}, {shipped, 7}, {delivered, 7}, {purged, 7},
	{started, 6}, {touched, 6}, {ended, 6},
	{changed, 4}, {joined, 1}, {priced, 4}, {bulk, 1}, {housekeeping, 1},
}

// workload is the history of one shard as a pure function of the transaction's
// number, 1 and up. It is immutable once made.
type workload struct {
	seed uint64
	// index and stride spread ids over the shards: id = local*stride + index + 1.
	// ids of shards made later begin after offset.
	index, stride, offset int64
	// Rows there are before the first transaction. Of orders and sessions the
	// newest of a window live on; older ones are deleted.
	customers, products, orders, sessions int64
	orderWindow, sessionWindow            int64

	slot      [cycleLength]counter
	before    [cycleLength + 1][counters]int64 // steps done by the cycle's first slots
	customerP permutation
	soldP     permutation
	pricedP   permutation
	changedAt []int64 // slots, for finding the transaction that changed a customer
	idleSlot  int64   // the slot of housekeeping
}

// newWorkload makes a shard's history with rows rows at its start.
func newWorkload(seed uint64, index, stride, rows int64) *workload {
	w := &workload{seed: seed, index: index, stride: stride}
	w.size(rows)
	w.customerP = newPermutation(hash2(seed, 11), w.customers)
	w.soldP = newPermutation(hash2(seed, 12), w.products)
	w.pricedP = newPermutation(hash2(seed, 13), w.products)
	w.orderWindow = max(w.orders, minimalWindow)
	w.sessionWindow = max(w.sessions, minimalWindow)

	n := 0
	for _, s := range slots {
		for range s.times {
			w.slot[n] = s.kind
			n++
		}
	}
	for i := n - 1; i > 0; i-- {
		j := pick(hash3(seed, 14, uint64(i)), i+1)
		w.slot[i], w.slot[j] = w.slot[j], w.slot[i]
	}
	for i, kind := range w.slot {
		w.before[i+1] = w.before[i]
		if kind == bulk {
			w.before[i+1][priced] += min(bulkSize, w.products)
			continue
		}
		w.before[i+1][kind]++
		switch kind {
		case placed:
			w.before[i+1][sold]++
		case changed:
			w.changedAt = append(w.changedAt, int64(i))
		case housekeeping:
			w.idleSlot = int64(i)
		}
	}
	return w
}

// size deals the rows out: orders with their items and payments take about six
// tenths, and customers take what is left, so that the sum is exact.
func (w *workload) size(rows int64) {
	w.products = rows * 8 / 100
	w.sessions = rows * 10 / 100
	left := rows - w.products - w.sessions
	for budget := rows * 60 / 100; w.products > 0; w.orders++ {
		j := -w.orders - 1
		need := 1 + w.lines(j)
		if j < -payAfter && !w.cancelled(j) {
			need++
		}
		if budget -= need; budget < 0 {
			break
		}
		left -= need
	}
	w.customers = left
}

// state is how far a shard's history has come: the number of steps of each
// kind that transactions 1 to n have taken.
type state struct {
	n     int64
	steps [counters]int64
}

// at returns the state after transaction n.
func (w *workload) at(n int64) state {
	s := state{n: n}
	cycles, rest := n/cycleLength, n%cycleLength
	for c := range s.steps {
		s.steps[c] = cycles*w.before[cycleLength][c] + w.before[rest][c]
	}
	return s
}

// kind is what transaction n does.
func (w *workload) kind(n int64) counter { return w.slot[(n-1)%cycleLength] }

// The life of order j: placed, paid or cancelled, shipped, delivered, deleted.
// Orders that were there at the start have negative numbers.
const (
	pendingOrder = iota
	paidOrder
	shippedOrder
	deliveredOrder
)

func (w *workload) orderLives(j int64, s *state) bool {
	return j >= -w.orders && j < s.steps[placed] && j >= s.steps[purged]-w.orderWindow
}

func (w *workload) orderStage(j int64, s *state) int {
	switch {
	case j+deliverAfter < s.steps[delivered]:
		return deliveredOrder
	case j+shipAfter < s.steps[shipped]:
		return shippedOrder
	case j+payAfter < s.steps[paid]:
		return paidOrder
	}
	return pendingOrder
}

// cancelled orders are never paid.
func (w *workload) cancelled(j int64) bool { return hash3(w.seed, 20, uint64(j))%12 == 0 }

// lines is the number of an order's items.
func (w *workload) lines(j int64) int64 { return 1 + int64(hash3(w.seed, 21, uint64(j))%3) }

// orderRange is the first order that lives and the one after the last.
func (w *workload) orderRange(s *state) (first, end int64) {
	return max(-w.orders, s.steps[purged]-w.orderWindow), s.steps[placed]
}

// sessionRange is the same for sessions.
func (w *workload) sessionRange(s *state) (first, end int64) {
	return max(-w.sessions, s.steps[ended]-w.sessionWindow), s.steps[started]
}

// Numbers that rows are known by. Local numbers of orders and sessions begin
// below zero, ids do not.
func (w *workload) id(local int64) int64        { return local*w.stride + w.index + 1 + w.offset }
func (w *workload) orderID(j int64) int64       { return w.id(j + w.orders) }
func (w *workload) customerOf(h uint64) int64   { return w.id(int64(pick(h, int(max(w.customers, 1))))) }
func (w *workload) productOf(h uint64) int64    { return int64(pick(h, int(max(w.products, 1)))) }
func (w *workload) orderCustomer(j int64) int64 { return w.customerOf(hash3(w.seed, 22, uint64(j))) }

// itemProduct is the product of an order's line. Of an order placed live the
// first line's is the one whose stock its transaction takes from.
func (w *workload) itemProduct(j, line int64) int64 {
	if line == 1 && j >= 0 && w.products > 0 {
		return w.soldP.at(j)
	}
	return w.productOf(hash3(w.seed, 23, uint64(j*8+line)))
}

// ddls counts the DDL statements up to n: odd while customer has its extra column.
func (w *workload) ddls(n int64) int64 {
	const period = ddlEvery * cycleLength
	count := n / period * 2
	rest := n % period
	if rest > addInCycle*cycleLength+w.idleSlot {
		count++
	}
	if rest > dropInCycle*cycleLength+w.idleSlot {
		count++
	}
	return count
}

// lastDDL is the number of the DDL that count is the count after.
func (w *workload) lastDDL(count int64) int64 {
	period, cycle := (count-1)/2, int64(addInCycle)
	if count%2 == 0 {
		cycle = dropInCycle
	}
	return (period*ddlEvery+cycle)*cycleLength + w.idleSlot + 1
}

// changeNumber is the transaction that makes customer change number u, from 0.
func (w *workload) changeNumber(u int64) int64 {
	per := int64(len(w.changedAt))
	return u/per*cycleLength + w.changedAt[u%per] + 1
}
