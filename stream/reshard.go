package stream

import (
	"slices"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// journal takes note of a reshard that a shard tells of. VTGate goes on with
// the new shards once every participant has told
// (go/vt/vtgate/vstream_manager.go, getJournalEvent). Until then the shard's
// position stays before its journal: a stream that opens behind it would wait
// for ever for what it has passed.
func (p *Progress) journal(s *shardProgress, r *Record) {
	journal := DecodeJournal(r.Payload)
	if journal != nil && journal.MigrationType == binlogdata.MigrationType_SHARDS {
		s.journal = journal
	}
}

// reshard puts the new shards of a journal in the place of the old ones, once
// all of these have told of it. What the new ones are called is theirs to say:
// until their first VGTID they are only a position.
func (p *Progress) reshard(journal *binlogdata.Journal) {
	takesPart := func(keyspace, shard string) bool {
		return slices.ContainsFunc(journal.Participants, func(k *binlogdata.KeyspaceShard) bool {
			return k.Keyspace == keyspace && k.Shard == shard
		})
	}
	var old []*shardProgress
	for _, shard := range p.live {
		if !takesPart(shard.Keyspace, shard.Name) {
			continue
		}
		s := p.shard(shard)
		if s.journal == nil || s.journal.Id != journal.Id {
			return
		}
		old = append(old, s)
	}
	position := p.position()
	position.Shards = slices.DeleteFunc(position.Shards, func(at *binlogdata.ShardGtid) bool {
		return takesPart(at.Keyspace, at.Shard)
	})
	position.Shards = append(position.Shards, journal.ShardGtids...)
	for _, s := range old {
		s.journal = nil
		p.setPhase(s, Closed)
	}
	p.from, p.live = position, nil
	p.summary.Reshards++
}
