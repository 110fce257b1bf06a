package vtgate

import (
	"context"
	"slices"
	"strings"

	"vitess.io/vitess/go/vt/proto/topodata"
)

// Names gives the tables that a plan streams, and the columns of all of them,
// each once. They are nil where not all of them are known: VTGate refuses
// queries, or a rule of the user's makes columns of its own.
func (c *Client) Names(ctx context.Context, p *Plan) (tables, columns []string) {
	if len(p.Keyspaces) == 0 || slices.ContainsFunc(p.request.rules, rule.selects) {
		return nil, nil
	}
	for _, keyspace := range p.Keyspaces {
		shard, ok := p.oneShard[keyspace]
		if !ok {
			return nil, nil
		}
		found, err := c.columns(ctx, keyspace, shard, p.TabletType)
		if err != nil {
			return nil, nil
		}
		for _, column := range found {
			if p.request.streams(column.table) {
				tables, columns = append(tables, column.table), append(columns, column.name)
			}
		}
	}
	slices.Sort(tables)
	slices.Sort(columns)
	return slices.Compact(tables), slices.Compact(columns)
}

// selects reports whether the rule has a SELECT of the user's, which may name
// columns as it likes.
func (r rule) selects() bool { return strings.HasPrefix(r.flag, "--rule") && r.pattern == nil }

// streams reports whether the request's rules take a table.
func (r *Request) streams(table string) bool {
	return len(r.rules) == 0 || slices.ContainsFunc(r.rules, func(rule rule) bool { return rule.matches(table) })
}

// An UnmatchedRule is a rule of a request that takes none of some tables.
type UnmatchedRule struct {
	// Flag is how it was written, Table the table that it names, "" for a pattern.
	Flag, Table string
}

// Unmatched are the rules that take none of some tables.
func (r *Request) Unmatched(tables []string) (list []UnmatchedRule) {
	for _, rule := range r.rules {
		if !slices.ContainsFunc(tables, rule.matches) {
			list = append(list, UnmatchedRule{rule.flag, rule.table})
		}
	}
	return list
}

// ColumnsOf names the columns of a table in their order, nil where the plan's
// keyspaces are several or VTGate does not tell.
func (c *Client) ColumnsOf(ctx context.Context, p *Plan, table string) []string {
	if len(p.Keyspaces) != 1 || p.oneShard[p.Keyspaces[0]] == "" {
		return nil
	}
	keyspace := p.Keyspaces[0]
	names, err := c.names(ctx, keyspace+":"+p.oneShard[keyspace]+"@"+typeName(p.TabletType),
		"select column_name from information_schema.columns where table_schema = database() and table_name = "+quote(table)+" order by ordinal_position")
	if err != nil {
		return nil
	}
	return names
}

type tableColumn struct{ table, name string }

// columns names the columns of a shard's tables.
func (c *Client) columns(ctx context.Context, keyspace, shard string, tabletType topodata.TabletType) ([]tableColumn, error) {
	rows, err := c.execute(ctx, keyspace+":"+shard+"@"+typeName(tabletType),
		"select table_name, column_name from information_schema.columns where table_schema = database()")
	if err != nil {
		return nil, err
	}
	columns := make([]tableColumn, 0, len(rows))
	for _, row := range rows {
		if len(row) == 2 {
			columns = append(columns, tableColumn{row[0].ToString(), row[1].ToString()})
		}
	}
	return columns, nil
}
