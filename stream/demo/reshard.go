package demo

import (
	"fmt"
	"slices"
	"time"

	"google.golang.org/grpc/codes"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// Reshard replaces serving shards of a keyspace by new ones: every old shard
// gets a journal as its last transaction, and the new ones start with rows and
// positions of their own.
func (s *Server) Reshard(keyspace string, from, to []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.keyspace(keyspace)
	if k == nil {
		return fmt.Errorf("resharding: no keyspace %q", keyspace)
	}
	var old []*shard
	rows := int64(0)
	for _, name := range from {
		i := slices.IndexFunc(k.shards, func(sh *shard) bool { return sh.name == name })
		if i < 0 {
			return fmt.Errorf("resharding: no serving shard %s/%s", keyspace, name)
		}
		old = append(old, k.shards[i])
		w := k.shards[i].work
		rows += w.customers + w.products + w.sessions + w.orders*3
	}
	journal := &binlogdatapb.Journal{
		Id: int64(hash2(s.options.Seed, uint64(k.made)) >> 2), MigrationType: binlogdatapb.MigrationType_SHARDS,
		SourceWorkflows: []string{"reshard"},
	}
	var made []*shard
	for i, name := range to {
		sh := k.newShard(s.options.Seed, name, int64(len(to)), rows/int64(len(to)))
		// Ids of their own: beyond those of all shards before.
		sh.work.index, sh.work.offset = int64(i), int64(k.made/len(to)+1)*10_000_000
		made = append(made, sh)
		journal.ShardGtids = append(journal.ShardGtids, &binlogdatapb.ShardGtid{Keyspace: keyspace, Shard: name, Gtid: flavor + positionText(sh)})
	}
	for _, sh := range old {
		journal.Participants = append(journal.Participants, &binlogdatapb.KeyspaceShard{Keyspace: keyspace, Shard: sh.name})
	}
	for _, sh := range old {
		j := journal.CloneVT()
		j.LocalPosition = flavor + positionText(sh)
		s.commitOn(sh, []*binlogdatapb.VEvent{{Type: binlogdatapb.VEventType_JOURNAL, Journal: j}})
		sh.closed = true
	}
	k.shards = slices.DeleteFunc(k.shards, func(sh *shard) bool { return slices.Contains(old, sh) })
	k.retired = append(k.retired, old...)
	k.shards = append(k.shards, made...)
	slices.SortFunc(k.shards, byRange)
	s.broadcast()
	return nil
}

func positionText(sh *shard) string {
	set := sh.position()
	return set.String()
}

// sendJournal sends the journal, if the client wants it, and holds the shard
// until the other participants' journals have come.
func (c *cursor) sendJournal(tx *transaction, m *meta) error {
	st, journal := c.stream, tx.events[0].Journal
	flags := st.request.GetFlags()
	if journal.MigrationType != binlogdatapb.MigrationType_SHARDS {
		c.moveTo(tx.number)
		st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
		st.vgtid(c)
		st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
		return st.flush(m.keyspace, m.shard)
	}
	c.moveTo(tx.number)
	if flags.GetIncludeReshardJournalEvents() || flags.GetStopOnReshard() {
		st.enc.simple(binlogdatapb.VEventType_BEGIN, m)
		if err := st.enc.message(c.complete(tx.events[0], m)); err != nil {
			return err
		}
		st.vgtid(c)
		st.enc.simple(binlogdatapb.VEventType_COMMIT, m)
		if err := st.flush(m.keyspace, m.shard); err != nil {
			return err
		}
	}
	for _, p := range journal.Participants {
		if st.cursorOf(p.Keyspace, p.Shard) == nil {
			return codedf(codes.Internal, "error getting journal event for shard GTID %+v on tablet %s: not all journaling participants are in the stream: journal: %v, stream: %v",
				c.asked, c.shard.tablet(), journal.Participants, st.request.Vgtid.GetShardGtids())
		}
	}
	c.phase, c.journal, c.since = awaiting, journal, time.Now()
	return nil
}

func (st *stream) cursorOf(keyspace, shard string) *cursor {
	for _, c := range st.cursors {
		if c.shard.keyspace == keyspace && c.shard.name == shard {
			return c
		}
	}
	return nil
}

// migrate goes over to the new shards once every participant's journal has
// come, or ends the old ones where the client wants to stop.
func (c *cursor) migrate() (bool, error) {
	st := c.stream
	stop := st.request.GetFlags().GetStopOnReshard()
	for _, p := range c.journal.Participants {
		other := st.cursorOf(p.Keyspace, p.Shard)
		joined := other != nil && other.journal.GetId() == c.journal.Id
		if !joined {
			return false, nil
		}
	}
	if stop {
		if until := c.since.Add(st.server.options.ReshardDelay); time.Now().Before(until) {
			st.wakeAt(until)
			return false, nil
		}
		c.phase = finished
		return true, nil
	}
	return true, st.replace(c.journal)
}

// replace puts the journal's new shards into the stream in place of the participants.
func (st *stream) replace(journal *binlogdatapb.Journal) error {
	old := st.cursors
	st.cursors, st.encoded = nil, nil
	for _, c := range old {
		if c.journal.GetId() == journal.Id && c.phase == awaiting {
			c.phase = finished
			continue
		}
		c.index = len(st.cursors)
		st.cursors = append(st.cursors, c)
		st.encoded = append(st.encoded, nil)
		c.encode()
	}
	st.server.mu.Lock()
	defer st.server.mu.Unlock()
	sgs := make([]*binlogdatapb.ShardGtid, len(journal.ShardGtids))
	for i, sg := range journal.ShardGtids {
		sgs[i] = sg.CloneVT()
	}
	return st.server.newCursors(st, sgs)
}
