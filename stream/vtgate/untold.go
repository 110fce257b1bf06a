package vtgate

import (
	"context"
	"slices"
	"strings"

	"vtscope/stream"
)

// untold asks one shard of every keyspace for what the stream cannot tell of its
// tables. An answer that does not come leaves it unknown.
func (p *planner) untold(ctx context.Context, shards map[string]string) *stream.Untold {
	u := &stream.Untold{
		Charsets: map[stream.ColumnName]string{}, PartialImages: map[string]bool{},
		Generated: map[stream.ColumnName]bool{}, UpdatedNow: map[stream.ColumnName]bool{},
	}
	for keyspace, shard := range shards {
		if p.client.tellOf(ctx, u, keyspace, keyspace+":"+shard+"@"+typeName(p.request.tabletType)) != nil {
			u.Silent = append(u.Silent, keyspace)
		}
	}
	for _, keyspace := range p.keyspaces {
		if shards[keyspace] == "" {
			u.Silent = append(u.Silent, keyspace)
		}
	}
	slices.Sort(u.Silent)
	return u
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

// tellOf asks a target's MySQL of the tables of its keyspace.
func (c *Client) tellOf(ctx context.Context, u *stream.Untold, keyspace, target string) error {
	var sets []string
	for _, name := range stream.UnnumberedCharsets() {
		sets = append(sets, quote(name))
	}
	rows, err := c.execute(ctx, target, "select table_name, column_name, coalesce(character_set_name, ''), generation_expression <> '', extra like '%on update%'"+
		" from information_schema.columns where table_schema = database()"+
		" and (character_set_name in ("+strings.Join(sets, ", ")+") or generation_expression <> '' or extra like '%on update%')")
	if err != nil {
		return err
	}
	for _, row := range rows {
		if len(row) < 5 {
			continue
		}
		column := stream.ColumnName{Keyspace: keyspace, Table: row[0].ToString(), Column: row[1].ToString()}
		u.Charsets[column] = row[2].ToString()
		u.Generated[column] = row[3].ToString() == "1"
		u.UpdatedNow[column] = row[4].ToString() == "1"
	}
	rows, err = c.execute(ctx, target, "select @@global.binlog_row_image")
	if err == nil && len(rows) == 1 && len(rows[0]) == 1 {
		u.PartialImages[keyspace] = !strings.EqualFold(rows[0][0].ToString(), "FULL")
	}
	return err
}
