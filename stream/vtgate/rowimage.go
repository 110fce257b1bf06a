package vtgate

import (
	"context"
	"slices"
	"strings"
)

// PartialImages tells of the keyspaces of a plan whose MySQL leaves columns out
// of the binary log, a line each, as far as VTGate answers: one shard stands for
// its keyspace. A stream does not tell such columns of a row before its change
// from NULL.
func (c *Client) PartialImages(ctx context.Context, p *Plan) []string {
	var told []string
	for _, keyspace := range p.Keyspaces {
		shard := p.oneShard[keyspace]
		rows, err := c.execute(ctx, keyspace+":"+shard+"@"+typeName(p.TabletType), "select @@global.binlog_row_image")
		if err != nil || len(rows) != 1 || len(rows[0]) != 1 {
			continue
		}
		if image := rows[0][0].ToString(); !strings.EqualFold(image, "FULL") {
			told = append(told, keyspace+"/"+shard+" has binlog_row_image="+image)
		}
	}
	slices.Sort(told)
	return told
}
