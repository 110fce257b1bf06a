package demo

import (
	"fmt"
	"slices"
	"time"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
)

// copyTick is how often a copy with a limited rate sends a batch.
const copyTick = 50 * time.Millisecond

// copier is the copy of one shard for one stream.
type copier struct {
	tables  []int // those still to be copied, by name; the first is the one at hand
	begun   bool  // the one at hand has been described
	inside  bool  // a BEGIN has been sent
	table   *table
	plan    *plan
	rows    rowIterator
	state   state // of the snapshot
	lastKey image
}

// planCopy decides which tables to copy.
func (c *cursor) planCopy() error {
	st := c.stream
	for _, pk := range c.pks {
		if pk.GetLastpk() != nil && len(pk.Lastpk.Fields) == 0 {
			return fmt.Errorf("lastpk for table %s has no fields defined", pk.TableName)
		}
	}
	if name, missing := st.rules.missing(); missing {
		return fmt.Errorf("table %s is not present in the database", name)
	}
	only := st.request.GetFlags().GetTablesToCopy()
	for t, tbl := range shopTables {
		if st.rules.find(tbl.name) == nil || len(only) > 0 && !slices.Contains(only, tbl.name) {
			continue
		}
		c.copy.tables = append(c.copy.tables, t)
		c.reader.hidden[t] = c.lastpk(t) == nil
	}
	return nil
}

// lastpk is where the copy of a table left off, nil if it has not begun.
func (c *cursor) lastpk(t int) *querypb.QueryResult {
	for _, pk := range c.pks {
		if pk.GetTableName() == shopTables[t].name {
			return pk.Lastpk
		}
	}
	return nil
}

// copyStep does one piece of the copy: catching up before a table, describing
// it, a batch of rows, or the end of a table.
func (c *cursor) copyStep() (bool, error) {
	st, k := c.stream, &c.copy
	if len(k.tables) == 0 {
		return true, c.copyCompleted()
	}
	if !k.begun {
		if c.gtid != "" {
			txs := c.fetch(batch)
			for i := range txs {
				if err := c.send(&txs[i]); err != nil || c.phase != copying {
					return true, err
				}
			}
			if len(txs) > 0 {
				return true, nil
			}
		}
		return true, c.beginTable()
	}
	if wait := time.Until(st.copyNext); wait > 0 {
		st.wakeAt(st.copyNext)
		return false, nil
	}
	return true, c.copyRows()
}

// beginTable takes the snapshot and describes the table.
func (c *cursor) beginTable() error {
	st, k := c.stream, &c.copy
	t := k.tables[0]
	rule := st.rules.find(shopTables[t].name)
	moved := c.gtid == ""
	if moved {
		c.set = c.shard.position()
	}
	k.state = c.shard.work.at(st.server.stepAt(c.shard, c.set.last()))
	k.table = shopTables[t]
	if t == customer && c.shard.work.ddls(k.state.n)%2 == 1 {
		k.table = loyaltyTable
	}
	var err error
	if k.plan, err = rule.plan(k.table, true); err != nil {
		return err
	}
	k.rows = c.shard.work.iterate(t, &k.state)
	if last := c.lastpk(t); last != nil {
		if err := k.rows.skip(k.table, last); err != nil {
			return err
		}
	}
	m := &meta{keyspace: c.shard.keyspace, shard: c.shard.name}
	st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
	if err := c.fieldEvent(k.table, k.plan, m, true); err != nil {
		return err
	}
	if err := st.flush(m.keyspace, m.shard); err != nil {
		return err
	}
	if moved {
		c.rename()
		c.encode()
		st.vgtid(c)
		if err := st.flush(m.keyspace, m.shard); err != nil {
			return err
		}
	}
	k.begun, k.inside = true, true
	return nil
}

// copyRows sends one batch of rows, or ends the table where there are no more.
func (c *cursor) copyRows() error {
	st, k, w := c.stream, &c.copy, c.shard.work
	m := &meta{keyspace: c.shard.keyspace, shard: c.shard.name}
	limit := st.rowLimit()
	st.post.binlog = false
	name := st.tableName(c.shard.keyspace, k.table.name)
	count, size := 0, 0
	for size < st.server.options.PacketSize && count < limit {
		r, ok := k.rows.next()
		if !ok {
			break
		}
		w.row(&st.post, r, &k.state)
		k.rows.last = r
		if len(k.plan.where) > 0 && !k.plan.passes(&st.post, c.keyspaceID(r)) {
			continue
		}
		if count == 0 && !k.inside {
			st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
			if err := st.flush(m.keyspace, m.shard); err != nil {
				return err
			}
		}
		count++
		size += len(st.post.values)
		st.enc.beginRows(name)
		c.addChange(k.plan, nil, &st.post)
		st.enc.endRows(m, 0)
	}
	if count == 0 {
		return c.endTable(m)
	}
	st.pace(count)
	k.inside = false
	c.setLastpk(k.tables[0])
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
	return st.flush(m.keyspace, m.shard)
}

// endTable says that a table is complete.
func (c *cursor) endTable(m *meta) error {
	st, k := c.stream, &c.copy
	c.pks = slices.DeleteFunc(c.pks, func(pk *binlogdatapb.TableLastPK) bool { return pk.GetTableName() == k.table.name })
	c.encode()
	st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
	hidden := c.reader.hidden
	hidden[k.tables[0]] = false
	c.reader = reader{hidden: hidden}
	k.tables, k.begun, k.inside = k.tables[1:], false, false
	return st.flush(m.keyspace, m.shard)
}

// setLastpk notes the key of the last row that was read.
func (c *cursor) setLastpk(t int) {
	k := &c.copy
	c.shard.work.key(&k.lastKey, k.rows.last)
	all := k.table.fields(c.shard.database())
	var fields []*querypb.Field
	for _, i := range k.table.keys() {
		fields = append(fields, &querypb.Field{Name: all[i].Name, Type: all[i].Type, Charset: all[i].Charset, Flags: all[i].Flags})
	}
	pk := &binlogdatapb.TableLastPK{TableName: shopTables[t].name, Lastpk: &querypb.QueryResult{
		Fields: fields,
		Rows:   []*querypb.Row{{Lengths: slices.Clone(k.lastKey.lengths), Values: slices.Clone(k.lastKey.values)}},
	}}
	i := slices.IndexFunc(c.pks, func(have *binlogdatapb.TableLastPK) bool { return have.GetTableName() == pk.TableName })
	if i < 0 {
		c.pks = append(c.pks, pk)
	} else {
		c.pks[i] = pk
	}
	c.encode()
}

// copyCompleted ends the copy of the shard, and of the stream with its last shard.
func (c *cursor) copyCompleted() error {
	st := c.stream
	m := &meta{keyspace: c.shard.keyspace, shard: c.shard.name}
	st.enc.simple(binlogdatapb.VEventType_COPY_COMPLETED, m)
	st.copied[m.keyspace+"/"+m.shard] = true
	all := true
	for _, other := range st.cursors {
		all = all && st.copied[other.shard.keyspace+"/"+other.shard.name]
	}
	if all {
		st.enc.simple(binlogdatapb.VEventType_COPY_COMPLETED, &meta{})
	}
	c.phase = replicating
	c.reader = reader{}
	return st.flush(m.keyspace, m.shard)
}

// rowLimit is how many rows a batch may hold when the copy's rate is limited.
func (st *stream) rowLimit() int {
	rate := st.server.options.CopyRate
	if rate <= 0 {
		return int(^uint(0) >> 1)
	}
	return max(1, int(float64(rate)*copyTick.Seconds()))
}

// pace delays the next batch so that the copy keeps to its rate.
func (st *stream) pace(rows int) {
	if rate := st.server.options.CopyRate; rate > 0 {
		st.copyNext = time.Now().Add(time.Duration(float64(rows) / float64(rate) * float64(time.Second)))
	}
}

func (s *Server) stepAt(sh *shard, number int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sh.stepAt(number)
}
