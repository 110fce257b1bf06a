package draw

import (
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// journal writes a reshard's journal: from which shards to which.
func journal(r *stream.Record) string {
	var j binlogdata.Journal
	if j.UnmarshalVT(r.Payload) != nil {
		return "a journal that cannot be decoded"
	}
	var from, to []string
	for _, p := range j.Participants {
		from = append(from, p.Keyspace+"/"+p.Shard)
	}
	for _, s := range j.ShardGtids {
		to = append(to, s.Keyspace+"/"+s.Shard)
	}
	text := strings.ToLower(j.MigrationType.String()) + " " + strings.Join(from, ", ") + " → " + strings.Join(to, ", ")
	return Safe([]byte(text))
}
