package stream

import "encoding/binary"

// A page holds records as a slotted page does: fixed-size entries grow from the
// front, their payloads from the back, until the two meet. It holds no pointer,
// so the garbage collector passes it by. What is written is never changed.
type page struct {
	first uint64 // the sequence number of entry 0
	count int    // entries written
	tail  int    // where the payloads begin
	buf   []byte
	away  *shelved // where buf is, nil where it is here

	rows []tableRows // how many of each table; set when the page is full

	query      []byte // the statement kept last, in buf
	queryStart int    // where it stands
	statement  uint64 // its number, 0 where not known
}

// entry is a record as a page keeps it: numbers in place of pointers.
type entry struct {
	txn     uint64
	number  uint64 // of the GTID
	arrived uint64
	server  uint32
	shard   uint32
	table   uint32
	time    uint32
	start   uint32 // of the payload in buf
	size    uint32
	query   uint32 // start of the statement in buf
	length  uint32 // of the statement, 0 without
	kind    Kind
	state   State
}

// entrySize is what an entry takes in a page.
const entrySize = 3*8 + 8*4 + 2

func newPage(first uint64, size int) *page {
	return &page{first: first, tail: size, buf: make([]byte, size)}
}

// room reports whether an entry with this payload and statement fits.
func (p *page) room(r *Record) bool {
	need := entrySize + len(r.Payload)
	if !p.holdsQuery(r) {
		need += len(r.Query)
	}
	return p.count*entrySize+need <= p.tail
}

func (p *page) holdsQuery(r *Record) bool {
	if len(r.Query) == 0 || r.statement != 0 && r.statement == p.statement {
		return true
	}
	return string(p.query) == string(r.Query)
}

// add writes an entry and what the record refers to. There has to be room.
func (p *page) add(e *entry, r *Record) {
	if len(r.Query) > 0 {
		if !p.holdsQuery(r) {
			p.queryStart = p.push(r.Query)
			p.query = p.buf[p.queryStart : p.queryStart+len(r.Query)]
		}
		p.statement = r.statement
		e.query, e.length = uint32(p.queryStart), uint32(len(r.Query))
	}
	e.start, e.size = uint32(p.push(r.Payload)), uint32(len(r.Payload))
	e.encode(p.buf[p.count*entrySize:])
	p.count++
}

func (p *page) push(b []byte) int {
	p.tail -= len(b)
	copy(p.buf[p.tail:], b)
	return p.tail
}

func (e *entry) encode(b []byte) {
	_ = b[entrySize-1]
	order := binary.LittleEndian
	order.PutUint64(b[0:], e.txn)
	order.PutUint64(b[8:], e.number)
	order.PutUint64(b[16:], e.arrived)
	order.PutUint32(b[24:], e.server)
	order.PutUint32(b[28:], e.shard)
	order.PutUint32(b[32:], e.table)
	order.PutUint32(b[36:], e.time)
	order.PutUint32(b[40:], e.start)
	order.PutUint32(b[44:], e.size)
	order.PutUint32(b[48:], e.query)
	order.PutUint32(b[52:], e.length)
	b[56], b[57] = byte(e.kind), byte(e.state)
}

// entry reads entry i.
func (p *page) entry(i int) (e entry) {
	b := p.buf[i*entrySize:]
	_ = b[entrySize-1]
	order := binary.LittleEndian
	e.txn = order.Uint64(b[0:])
	e.number = order.Uint64(b[8:])
	e.arrived = order.Uint64(b[16:])
	e.server = order.Uint32(b[24:])
	e.shard = order.Uint32(b[28:])
	e.table = order.Uint32(b[32:])
	e.time = order.Uint32(b[36:])
	e.start = order.Uint32(b[40:])
	e.size = order.Uint32(b[44:])
	e.query = order.Uint32(b[48:])
	e.length = order.Uint32(b[52:])
	e.kind, e.state = Kind(b[56]), State(b[57])
	return e
}

// tableRows is how many rows of a table version a page has.
type tableRows struct {
	table uint32 // Table.ID
	rows  uint32
}

// tally adds the first n entries that are rows to the counts of their table
// versions, by Table.ID-1.
func (p *page) tally(counts []uint64, n int) []uint64 {
	for i := range n {
		b := p.buf[i*entrySize:]
		if !Kind(b[56]).IsRow() {
			continue
		}
		table := int(binary.LittleEndian.Uint32(b[32:]))
		for len(counts) < table {
			counts = append(counts, 0)
		}
		counts[table-1]++
	}
	return counts
}

// fill ends the page: nothing is written to it any more.
func (p *page) fill() {
	for table, n := range p.tally(nil, p.count) {
		if n > 0 {
			p.rows = append(p.rows, tableRows{uint32(table + 1), uint32(n)})
		}
	}
}

func (p *page) slice(start, size uint32) []byte {
	if size == 0 {
		return nil
	}
	return p.buf[start : start+size : start+size]
}
