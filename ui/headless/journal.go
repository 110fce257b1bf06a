package headless

import "vtscope/stream"

// appendJournal appends what a journal says: the kind of migration, the shards
// that take part, and the shards that go on with the position each starts at.
func appendJournal(dst, payload []byte) []byte {
	journal := stream.DecodeJournal(payload)
	if journal == nil {
		return dst
	}
	dst = appendString(append(dst, `,"migration":`...), []byte(journal.MigrationType.String()))
	dst = append(dst, `,"participants":[`...)
	for i, shard := range journal.Participants {
		dst = append(appendMember(dst, i, shard.Keyspace, shard.Shard), '}')
	}
	dst = append(dst, `],"targets":[`...)
	for i, shard := range journal.ShardGtids {
		dst = appendMember(dst, i, shard.Keyspace, shard.Shard)
		dst = append(appendString(append(dst, `,"gtid":`...), []byte(shard.Gtid)), '}')
	}
	return append(dst, ']')
}

// appendMember opens the object of a journal's shard.
func appendMember(dst []byte, i int, keyspace, shard string) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	dst = appendString(append(dst, `{"keyspace":`...), []byte(keyspace))
	return appendString(append(dst, `,"shard":`...), []byte(shard))
}
