package ui

import (
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// journal writes a reshard's journal: from which shards to which.
func (m *Model) journal(r *stream.Record) string {
	var journal binlogdata.Journal
	if journal.UnmarshalVT(r.Payload) != nil {
		return "a journal that cannot be decoded"
	}
	var from, to []string
	for _, p := range journal.Participants {
		from = append(from, p.Keyspace+"/"+p.Shard)
	}
	for _, s := range journal.ShardGtids {
		to = append(to, s.Keyspace+"/"+s.Shard)
	}
	text := strings.ToLower(journal.MigrationType.String()) + " " + strings.Join(from, ", ") + " → " + strings.Join(to, ", ")
	return safe([]byte(text))
}
