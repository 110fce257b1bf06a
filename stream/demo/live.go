package demo

import (
	"time"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// batch is how many transactions of a shard a stream sends before it looks at the next shard.
const batch = 64

// reader is what a tablet keeps while it reads a binary log: which tables it
// has described. Every phase of a stream begins with a new one.
type reader struct {
	described [tableCount]int64 // DDLs before the version that was described, plus one
	plans     [tableCount]*plan
	// hidden are the tables whose copy has not begun: their rows are not sent.
	hidden [tableCount]bool
}

// transaction is one to be sent.
type transaction struct {
	number int64
	step   int64 // of the workload
	unix   int64
	events []*binlogdatapb.VEvent
	custom bool
}

// fetch takes the transactions that come next in the shard's history.
func (c *cursor) fetch(limit int) []transaction {
	st := c.stream
	s := st.server
	st.pending = st.pending[:0]
	head := c.shard.head.Load()
	if c.set.firstMissing() > head || len(c.set.others) > 0 {
		return nil // ahead of the shard: nothing until it gets there
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for n := c.set.firstMissing(); n <= head && len(st.pending) < limit; n++ {
		if c.set.contains(n) {
			continue
		}
		tx := transaction{number: n, unix: c.shard.committedAt(n)}
		tx.step, tx.events, tx.custom = c.shard.lookup(n)
		st.pending = append(st.pending, tx)
	}
	return st.pending
}

// replicate sends the next transactions.
func (c *cursor) replicate() (bool, error) {
	txs := c.fetch(batch)
	for i := range txs {
		if err := c.send(&txs[i]); err != nil {
			return false, err
		}
		if c.phase != replicating {
			break
		}
	}
	if c.stream.request.GetFlags().GetStreamKeyspaceHeartbeats() {
		if err := c.heartbeat(); err != nil {
			return false, err
		}
	}
	return len(txs) > 0, nil
}

// send sends one transaction.
func (c *cursor) send(tx *transaction) error {
	m := &meta{
		keyspace: c.shard.keyspace, shard: c.shard.name,
		timestamp: tx.unix, currentTime: c.stream.server.options.Now().UnixNano(),
		parent: tx.number - 1, sequence: tx.number,
		gtid: c.shard.uuid + ":" + formatInt(tx.number),
	}
	if tx.custom {
		return c.sendCustom(tx, m)
	}
	if statement := c.shard.work.statement(tx.step); statement != "" {
		return c.sendStatement(tx, m, statement)
	}
	return c.sendRows(tx, m)
}

// sendStatement sends VGTID and DDL, or VGTID and OTHER where the statement concerns no table of the filter.
func (c *cursor) sendStatement(tx *transaction, m *meta, statement string) error {
	st := c.stream
	c.moveTo(tx.number)
	st.vgtid(c)
	if (statement == addLoyalty || statement == dropLoyalty) && st.rules.find("customer") != nil {
		err := st.enc.message(&binlogdatapb.VEvent{
			Type: binlogdatapb.VEventType_DDL, Timestamp: m.timestamp, Statement: statement, CurrentTime: m.currentTime,
			Keyspace: m.keyspace, Shard: m.shard, CommitParent: m.parent, SequenceNumber: m.sequence, EventGtid: m.gtid,
		})
		if err != nil {
			return err
		}
		return st.flush(m.keyspace, m.shard)
	}
	st.enc.simple(binlogdatapb.VEventType_OTHER, m)
	return st.flush(m.keyspace, m.shard)
}

// sendRows sends a transaction of the workload.
func (c *cursor) sendRows(tx *transaction, m *meta) error {
	st, w := c.stream, c.shard.work
	pre, post := w.at(tx.step-1), w.at(tx.step)
	st.changes = w.changes(st.changes[:0], tx.step, &pre)
	st.pre.binlog, st.post.binlog = true, true
	st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
	size, ddls := 0, w.ddls(tx.step)
	for i := 0; i < len(st.changes); {
		t := st.changes[i].table
		end := i
		for end < len(st.changes) && st.changes[end].table == t && st.changes[end].op == st.changes[i].op {
			end++
		}
		rows := st.changes[i:end]
		i = end
		if st.server.options.RowsQuery {
			if err := c.rowsQuery(rows, m); err != nil {
				return err
			}
		}
		p, err := c.describe(t, ddls, m)
		if err != nil {
			return c.replicationError(tx.number, err)
		}
		if p == nil {
			continue
		}
		if size, err = c.rowsEvent(p, rows, &pre, &post, m, size); err != nil {
			return err
		}
	}
	c.moveTo(tx.number)
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
	return st.flush(m.keyspace, m.shard)
}

// describe returns the plan of a table, nil if the stream does not want it, and
// sends a FIELD event where the reader has not described this version yet.
func (c *cursor) describe(t int, ddls int64, m *meta) (*plan, error) {
	st, r := c.stream, &c.reader
	version := int64(1)
	tbl := shopTables[t]
	if t == customer {
		version = ddls + 1
		if ddls%2 == 1 {
			tbl = loyaltyTable
		}
	}
	if r.hidden[t] {
		return nil, nil
	}
	if r.described[t] == version {
		return r.plans[t], nil
	}
	rule := st.rules.find(tbl.name)
	if rule == nil {
		return nil, nil
	}
	p, err := rule.plan(tbl, false)
	if err != nil {
		return nil, planError(tbl, err)
	}
	r.described[t], r.plans[t] = version, p
	return p, c.fieldEvent(tbl, p, m, tbl.hasEnum())
}

// fieldEvent adds the FIELD event of a table as the plan shows it.
func (c *cursor) fieldEvent(t *table, p *plan, m *meta, enumStrings bool) error {
	fields := t.fields(c.shard.database())
	if p.columns != nil {
		all := fields
		fields = fields[:0:0]
		for _, i := range p.columns {
			fields = append(fields, all[i])
		}
	}
	return c.stream.enc.message(&binlogdatapb.VEvent{
		Type: binlogdatapb.VEventType_FIELD, Timestamp: m.timestamp, CurrentTime: m.currentTime,
		FieldEvent: &binlogdatapb.FieldEvent{
			TableName: c.stream.tableName(c.shard.keyspace, t.name), Fields: fields,
			Keyspace: c.shard.keyspace, Shard: c.shard.name, EnumSetStringValues: enumStrings,
		},
		Keyspace: m.keyspace, Shard: m.shard, CommitParent: m.parent, SequenceNumber: m.sequence, EventGtid: m.gtid,
	})
}

// rowsEvent adds one ROW event. Once the values pass the packet size, what has
// been added before goes out as a response of its own.
func (c *cursor) rowsEvent(p *plan, rows []change, pre, post *state, m *meta, size int) (int, error) {
	st := c.stream
	table := st.tableName(c.shard.keyspace, shopTables[rows[0].table].name)
	st.enc.beginRows(table)
	added := 0
	for _, ch := range rows {
		before, after := c.images(p, ch, pre, post)
		if before == nil && after == nil {
			continue
		}
		added++
		for _, m := range []*image{before, after} {
			if m != nil {
				size += len(m.values)
			}
		}
		c.addChange(p, before, after)
	}
	if added == 0 {
		return size, nil
	}
	if size > st.server.options.PacketSize && len(st.enc.out) > 0 {
		if err := st.flush(m.keyspace, m.shard); err != nil {
			return size, err
		}
		size = 0
	}
	st.enc.endRows(m, liveRowFlags)
	return size, nil
}

// addChange projects and encodes one row change.
func (c *cursor) addChange(p *plan, before, after *image) {
	e := &c.stream.enc
	if p.columns == nil {
		e.addImages(before, after)
		return
	}
	e.change = e.change[:0]
	if before != nil {
		e.change = e.appendImage(e.change, changeBefore, e.project(before, p.columns))
	}
	if after != nil {
		e.change = e.appendImage(e.change, changeAfter, e.project(after, p.columns))
	}
	e.rowEvent = appendBytes(e.rowEvent, rowChanges, e.change)
}

// images writes the images of a change that pass the plan: both if either
// passes, or each by itself where the filter names a key range.
func (c *cursor) images(p *plan, ch change, pre, post *state) (before, after *image) {
	st, w := c.stream, c.shard.work
	if ch.op != insert {
		before = &st.pre
		w.row(before, ch.ref, pre)
	}
	if ch.op != remove {
		after = &st.post
		w.row(after, ch.ref, post)
	}
	if len(p.where) == 0 {
		return before, after
	}
	id := c.keyspaceID(ch.ref)
	beforeOK := before != nil && p.passes(before, id)
	afterOK := after != nil && p.passes(after, id)
	if !beforeOK && !afterOK {
		return nil, nil
	}
	if p.ranged {
		if !beforeOK {
			before = nil
		}
		if !afterOK {
			after = nil
		}
	}
	return before, after
}

// keyspaceID is a point in the shard's key range that stays the same for a row.
func (c *cursor) keyspaceID(r ref) uint64 {
	kr, err := parseKeyRange(c.shard.name)
	if err != nil {
		kr = keyRange{}
	}
	return kr.spread(hash3(c.shard.work.seed, 70, uint64(r.a)))
}

// heartbeat sends the row of the sidecar's heartbeat table, once a second.
func (c *cursor) heartbeat() error {
	st := c.stream
	now := time.Now()
	if now.Before(c.beat) {
		st.wakeAt(c.beat)
		return nil
	}
	c.beat = now.Add(time.Second)
	st.wakeAt(c.beat)
	return c.sendHeartbeat()
}
