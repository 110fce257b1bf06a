package stream

import (
	"strings"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// DecodeJournal reads the payload of a record of Kind Journal, nil where that
// cannot be decoded.
func DecodeJournal(payload []byte) *binlogdata.Journal {
	journal := &binlogdata.Journal{}
	if journal.UnmarshalVT(payload) != nil {
		return nil
	}
	return journal
}

// JournalText says what a journal does, as "SHARDS customer/0 → customer/-80
// customer/80-". It is "" where the journal cannot be decoded, and not safe for a
// terminal.
func JournalText(payload []byte) string {
	journal := DecodeJournal(payload)
	if journal == nil {
		return ""
	}
	words := []string{journal.MigrationType.String()}
	for _, shard := range journal.Participants {
		words = append(words, shard.Keyspace+"/"+shard.Shard)
	}
	words = append(words, "→")
	for _, shard := range journal.ShardGtids {
		words = append(words, shard.Keyspace+"/"+shard.Shard)
	}
	return strings.Join(words, " ")
}
