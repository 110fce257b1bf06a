package vtgate

import (
	"context"
	"strings"

	"vitess.io/vitess/go/vt/proto/topodata"

	"vtscope/stream"
)

// charsets asks one shard of every keyspace for the columns whose character
// set the stream cannot tell. An answer that does not come leaves it unknown.
func (p *planner) charsets(ctx context.Context, shards map[string]string) stream.Charsets {
	known := stream.Charsets{}
	for keyspace, shard := range shards {
		rows, err := p.client.unnumbered(ctx, keyspace, shard, p.request.tabletType)
		if err != nil {
			continue
		}
		for _, row := range rows {
			known[stream.ColumnName{Keyspace: keyspace, Table: row[0], Column: row[1]}] = row[2]
		}
	}
	return known
}

// oneShardEach gives a shard of every keyspace of the stream.
func (p *planner) oneShardEach(ctx context.Context, start stream.Position) map[string]string {
	one := map[string]string{}
	for _, s := range start.Shards {
		if s.Keyspace != "" && s.Shard != "" {
			one[s.Keyspace] = s.Shard
		}
	}
	if len(one) > 0 {
		return one
	}
	shards, err := p.client.Shards(ctx, "", p.request.tabletType)
	if err != nil {
		return nil
	}
	for _, keyspace := range p.keyspaces {
		if names := shards[keyspace]; len(names) > 0 {
			one[keyspace] = names[0]
		}
	}
	return one
}

// unnumbered gives table, column and character set of the columns of a shard
// whose collations VTTablet has no number for.
func (c *Client) unnumbered(ctx context.Context, keyspace, shard string, tabletType topodata.TabletType) ([][3]string, error) {
	var sets []string
	for _, name := range stream.UnnumberedCharsets() {
		sets = append(sets, quote(name))
	}
	rows, err := c.execute(ctx, keyspace+":"+shard+"@"+typeName(tabletType),
		"select table_name, column_name, character_set_name from information_schema.columns"+
			" where table_schema = database() and character_set_name in ("+strings.Join(sets, ", ")+")")
	if err != nil {
		return nil, err
	}
	var columns [][3]string
	for _, row := range rows {
		if len(row) == 3 {
			columns = append(columns, [3]string{row[0].ToString(), row[1].ToString(), row[2].ToString()})
		}
	}
	return columns, nil
}
