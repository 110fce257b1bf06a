package demo

import "strconv"

// The shop's calendar: rows say when something happened by the row's own
// number, not by the clock, so that the same seed gives the same rows.
const (
	shopEpoch      = 1767225600 // 2026-01-01 00:00:00 UTC
	secondsAnOrd   = 271
	secondsASess   = 97
	secondsAChange = 423
)

// row writes the image of row r as it stands in state s. It must exist there.
func (w *workload) row(m *image, r ref, s *state) {
	m.reset()
	switch r.table {
	case corder:
		w.corderRow(m, r.a, s)
	case customer:
		w.customerRow(m, r.a, s)
	case orderItem:
		w.itemRow(m, r.a, r.line)
	case payment:
		w.paymentRow(m, r.a)
	case product:
		w.productRow(m, r.a, s)
	case session:
		w.sessionRow(m, r.a, s)
	}
}

// key writes the primary key of row r.
func (w *workload) key(m *image, r ref) {
	m.reset()
	switch r.table {
	case corder:
		m.uint(uint64(w.orderID(r.a)))
	case customer, product:
		m.uint(uint64(w.id(r.a)))
	case orderItem:
		m.uint(uint64(w.orderID(r.a)))
		m.uint(uint64(r.line))
	case payment:
		m.int(w.orderID(r.a))
	case session:
		w.sessionToken(m, r.a)
	}
}

func (w *workload) corderRow(m *image, j int64, s *state) {
	h := hash3(w.seed, 30, uint64(j))
	stage := w.orderStage(j, s)
	if w.cancelled(j) {
		stage = min(stage, paidOrder) // nothing happens to it afterwards
	}
	at := int64(shopEpoch) + j*secondsAnOrd
	m.uint(uint64(w.orderID(j)))
	m.uint(uint64(w.orderCustomer(j)))
	switch {
	case stage == pendingOrder:
		m.text("pending")
	case w.cancelled(j):
		m.text("cancelled")
	case stage == paidOrder:
		m.text("paid")
	case stage == shippedOrder:
		m.text("shipped")
	default:
		m.text("delivered")
	}
	m.decimal(w.orderTotal(j))
	m.text(currencies[h>>8%6])
	m.uint(h >> 12 % 8 / 7)
	if h>>16%3 == 0 {
		m.text(orderNotes[int(h>>20%7)])
	} else {
		m.null()
	}
	m.datetime(at, int(h>>24%1_000_000))
	m.datetime(at+int64(stage)*9000, -1)
	if stage == pendingOrder || w.cancelled(j) {
		m.null()
	} else {
		m.date(int(at/86400) + 3)
	}
	w.orderMeta(m, h, stage)
}

// orderMeta is JSON as MySQL prints it, keys by length and then by name, or as
// replication does, keys by name alone.
func (w *workload) orderMeta(m *image, h uint64, stage int) {
	channel := []string{"app", "web", "kiosk"}[h>>28%3]
	start := len(m.values)
	m.values = append(m.values, `{"channel": "`...)
	m.values = append(m.values, channel...)
	if stage < shippedOrder {
		m.values = append(m.values, `"}`...)
		m.done(start)
		return
	}
	no := int(h >> 30 % 1_000_000_000)
	if m.binlog {
		m.values = append(m.values, `", "tracking": {"carrier": "📦 Express", "no": "`...)
		m.pad(no, 9)
	} else {
		m.values = append(m.values, `", "tracking": {"no": "`...)
		m.pad(no, 9)
		m.values = append(m.values, `", "carrier": "📦 Express`...)
	}
	m.values = append(m.values, `"}}`...)
	m.done(start)
}

func (w *workload) orderTotal(j int64) int64 {
	total := int64(0)
	for line := range w.lines(j) {
		quantity, price := w.item(j, line+1)
		total += quantity * price
	}
	return total
}

// item is the quantity and the price in cents of an order's line.
func (w *workload) item(j, line int64) (quantity, price int64) {
	h := hash3(w.seed, 31, uint64(j*8+line))
	quantity = 1 + int64(h%4)*int64(h>>8%2)
	return quantity, w.listPrice(w.itemProduct(j, line))
}

func (w *workload) itemRow(m *image, j, line int64) {
	h := hash3(w.seed, 32, uint64(j*8+line))
	quantity, price := w.item(j, line)
	m.uint(uint64(w.orderID(j)))
	m.uint(uint64(line))
	m.uint(uint64(w.id(w.itemProduct(j, line))))
	m.uint(uint64(quantity))
	m.decimal(price)
	if h%4 == 0 {
		m.float(float32(h>>8%30) / 100)
	} else {
		m.null()
	}
	if h>>4%5 == 0 {
		m.text(itemComments[h>>16%5])
	} else {
		m.null()
	}
}

func (w *workload) paymentRow(m *image, j int64) {
	h := hash3(w.seed, 33, uint64(j))
	total := w.orderTotal(j)
	m.int(w.orderID(j))
	m.uint(uint64(w.orderID(j)))
	method := payMethods[h>>8%7]
	m.text(method)
	m.decimal(total)
	m.float(float32(total/100%1000*29) / 1000)
	if method == "card" {
		start := len(m.values)
		for i := range uint64(4) {
			x := hash3(h, 1, i)
			m.values = append(m.values, byte(x), byte(x>>8), byte(x>>16), byte(x>>24), byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56))
		}
		m.done(start)
		m.bytes(byte(h>>16), byte(h>>24), byte(h>>32), 0)
	} else {
		m.null()
		m.null()
	}
	m.uint(1 + h>>40%3)
	m.int(int64(h>>42%120) - 40)
	m.datetime(shopEpoch+j*secondsAnOrd+int64(30+h>>50%1800), int(h>>10%1_000_000))
	if method == "paypal" {
		m.text(`{"3ds": true, "payer": "ok", "scores": [0.5, 1, null]}`)
	} else {
		m.null()
	}
}

func (w *workload) sessionToken(m *image, k int64) {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	start := len(m.values)
	// The first half counts, so that tokens sort by age; the shard makes them differ.
	n := 0x64f0<<32 + uint64(k+w.sessions)<<12 + uint64(w.index&0xfff)
	for shift := 45; shift >= 0; shift -= 5 {
		m.values = append(m.values, digits[n>>shift&31])
	}
	h := hash3(w.seed, 34, uint64(k))
	for shift := 0; shift < 60; shift += 5 {
		m.values = append(m.values, digits[h>>shift&31])
	}
	m.done(start)
}

func (w *workload) sessionRow(m *image, k int64, s *state) {
	h := hash3(w.seed, 35, uint64(k))
	seen := k+touchAfter < s.steps[touched]
	w.sessionToken(m, k)
	m.uint(uint64(w.customerOf(h)))
	if h>>8%4 == 0 {
		m.bytes(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, byte(h>>16), 0, 0, 0, 0, 0, 0, byte(h>>24), byte(h>>32))
	} else {
		m.bytes(192, 0, 2, byte(h>>16))
	}
	m.text(userAgents[h>>40%5])
	m.datetime(shopEpoch+k*secondsASess, int(h>>20%1_000_000))
	if !seen {
		m.null()
		m.uint(1)
		m.null()
		return
	}
	m.clock(int(h>>30%5000), int(h>>12%1_000_000))
	m.uint(2 + h>>44%40)
	start := len(m.values)
	wanted := w.id(w.productOf(h >> 3))
	if m.binlog {
		m.values = strconv.AppendInt(append(m.values, `[{"product_id": `...), wanted, 10)
		m.values = append(m.values, `, "quantity": 1}]`...)
	} else {
		m.values = strconv.AppendInt(append(m.values, `[{"quantity": 1, "product_id": `...), wanted, 10)
		m.values = append(m.values, `}]`...)
	}
	m.done(start)
}
