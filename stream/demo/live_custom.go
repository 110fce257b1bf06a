package demo

import (
	"fmt"
	"strconv"

	querypb "vitess.io/vitess/go/vt/proto/query"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

func planError(t *table, err error) error {
	return fmt.Errorf("failed to build table replication plan for table %s: %w", t.name, err)
}

// sendCustom sends a transaction that was given from outside.
func (c *cursor) sendCustom(tx *transaction, m *meta) error {
	st := c.stream
	if len(tx.events) == 1 {
		switch tx.events[0].Type {
		case binlogdatapb.VEventType_JOURNAL:
			return c.sendJournal(tx, m)
		case binlogdatapb.VEventType_DDL, binlogdatapb.VEventType_OTHER:
			c.moveTo(tx.number)
			st.vgtid(c)
			if err := st.enc.message(c.complete(tx.events[0], m)); err != nil {
				return err
			}
			return st.flush(m.keyspace, m.shard)
		}
	}
	st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
	size := 0
	for _, ev := range tx.events {
		if table := eventTable(ev); table != "" && st.rules.find(table) == nil {
			continue
		}
		size += ev.SizeVT()
		if size > st.server.options.PacketSize && size > ev.SizeVT() {
			if err := st.flush(m.keyspace, m.shard); err != nil {
				return err
			}
			size = ev.SizeVT()
		}
		if err := st.enc.message(c.complete(ev, m)); err != nil {
			return err
		}
	}
	c.moveTo(tx.number)
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
	return st.flush(m.keyspace, m.shard)
}

func eventTable(ev *binlogdatapb.VEvent) string {
	if ev.RowEvent != nil {
		return ev.RowEvent.TableName
	}
	return ev.FieldEvent.GetTableName()
}

// complete fills in what a given event leaves out.
func (c *cursor) complete(in *binlogdatapb.VEvent, m *meta) *binlogdatapb.VEvent {
	ev := in.CloneVT()
	for _, f := range []struct {
		to   *string
		from string
	}{{&ev.Keyspace, m.keyspace}, {&ev.Shard, m.shard}, {&ev.EventGtid, m.gtid}} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	for _, f := range []struct {
		to   *int64
		from int64
	}{{&ev.Timestamp, m.timestamp}, {&ev.CurrentTime, m.currentTime}, {&ev.CommitParent, m.parent}, {&ev.SequenceNumber, m.sequence}} {
		if *f.to == 0 {
			*f.to = f.from
		}
	}
	if r := ev.RowEvent; r != nil {
		r.TableName = c.stream.tableName(m.keyspace, r.TableName)
		r.Keyspace, r.Shard = ev.Keyspace, ev.Shard
	}
	if f := ev.FieldEvent; f != nil {
		f.TableName = c.stream.tableName(m.keyspace, f.TableName)
		f.Keyspace, f.Shard = ev.Keyspace, ev.Shard
	}
	return ev
}

// heartbeatFields are the columns of _vt.heartbeat.
func heartbeatFields() []*querypb.Field {
	t := table{"heartbeat", []column{
		{name: "keyspaceShard", ctype: "varbinary(256)", notNull: true, primary: true},
		{name: "tabletUid", ctype: "int unsigned", notNull: true},
		{name: "ts", ctype: "bigint unsigned", notNull: true},
	}}
	return t.fields("_vt")
}

// sendHeartbeat sends a row of the sidecar's heartbeat table. It takes no
// number of its own, so that streams with and without it see the same GTIDs.
func (c *cursor) sendHeartbeat() error {
	st := c.stream
	now := st.server.options.Now()
	m := &meta{
		keyspace: c.shard.keyspace, shard: c.shard.name, timestamp: now.Unix(), currentTime: now.UnixNano(),
		parent: c.set.last(), sequence: c.set.last(),
	}
	name := st.tableName(c.shard.keyspace, "heartbeat")
	st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
	field := &binlogdatapb.VEvent{Type: binlogdatapb.VEventType_FIELD, FieldEvent: &binlogdatapb.FieldEvent{
		TableName: name, Fields: heartbeatFields(), Keyspace: m.keyspace, Shard: m.shard, IsInternalTable: true,
	}}
	row := func(ns int64) *querypb.Row {
		im := &image{}
		im.text(c.shard.keyspace, ":", c.shard.name)
		im.uint(uint64(c.shard.uid))
		im.uint(uint64(ns))
		return &querypb.Row{Lengths: im.lengths, Values: im.values}
	}
	rows := &binlogdatapb.VEvent{Type: binlogdatapb.VEventType_ROW, RowEvent: &binlogdatapb.RowEvent{
		TableName: name, Keyspace: m.keyspace, Shard: m.shard, Flags: liveRowFlags, IsInternalTable: true,
		RowChanges: []*binlogdatapb.RowChange{{Before: row(now.UnixNano() - 1e9), After: row(now.UnixNano())}},
	}}
	events := []*binlogdatapb.VEvent{field, rows}
	if c.beaten {
		events = events[1:]
	}
	c.beaten = true
	for _, ev := range events {
		ev.Timestamp, ev.CurrentTime, ev.Keyspace, ev.Shard = m.timestamp, m.currentTime, m.keyspace, m.shard
		ev.CommitParent, ev.SequenceNumber = m.parent, m.sequence
		if err := st.enc.message(ev); err != nil {
			return err
		}
	}
	st.vgtid(c)
	st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
	return st.flush(m.keyspace, m.shard)
}
