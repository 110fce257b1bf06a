package headless

import (
	"bytes"

	"vtscope/stream"
)

// Rows prints row changes by themselves, as the format prints the transactions that
// have them. What cannot be said as a statement is a comment among the others.
func Rows(format *Format, rows ...*stream.Record) (string, error) {
	var out bytes.Buffer
	p := New(&out, Options{Format: format})
	for i, r := range rows {
		change := *r
		change.Txn = uint64(i + 1)
		end := stream.Record{Kind: stream.Commit, Shard: r.Shard, Txn: change.Txn, GTID: r.GTID, Time: r.Time, Arrived: r.Arrived}
		columns := stream.Record{Kind: stream.Columns, Shard: r.Shard, Table: r.Table, Arrived: r.Arrived}
		for _, part := range []*stream.Record{&columns, &change, &end} {
			if err := p.Append(part); err != nil {
				return "", err
			}
		}
	}
	if err := p.Flush(); err != nil {
		return "", err
	}
	err := p.End()
	return out.String(), err
}
