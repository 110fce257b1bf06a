package vtgate

import (
	"context"
	"fmt"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/topodata"
)

// A TableSize is what MySQL believes a table of one shard to hold. It comes from
// InnoDB's statistics, which may be far off and up to
// information_schema_stats_expiry old (a day by default).
type TableSize struct {
	Rows, Bytes uint64
}

// Sizes gives the sizes of a shard's tables; views have none.
func (c *Client) Sizes(ctx context.Context, keyspace, shard string, tabletType topodata.TabletType) (map[string]TableSize, error) {
	// With a shard in the target, database() is that shard's own schema.
	rows, err := c.execute(ctx, keyspace+":"+shard+"@"+typeName(tabletType),
		"select table_name, table_rows, data_length from information_schema.tables where table_schema = database()")
	if err != nil {
		return nil, err
	}
	sizes := make(map[string]TableSize, len(rows))
	for _, row := range rows {
		if len(row) != 3 || row[1].IsNull() {
			continue
		}
		n, err := row[1].ToCastUint64()
		if err != nil {
			continue
		}
		bytes, err := row[2].ToCastUint64()
		if err != nil {
			bytes = 0
		}
		sizes[row[0].ToString()] = TableSize{n, bytes}
	}
	return sizes, nil
}

// KeyRange gives the least and the greatest value of a column of one shard's
// table, as text; both are "" where the table is empty. For the first column of
// the primary key MySQL reads two rows.
func (c *Client) KeyRange(ctx context.Context, keyspace, shard, table, column string, tabletType topodata.TabletType) (least, greatest string, err error) {
	name := quoteName(column)
	rows, err := c.execute(ctx, keyspace+":"+shard+"@"+typeName(tabletType),
		fmt.Sprintf("select min(%s), max(%s) from %s", name, name, quoteName(table)))
	if err != nil || len(rows) != 1 || len(rows[0]) != 2 {
		return "", "", err
	}
	return textOf(rows[0][0]), textOf(rows[0][1]), nil
}

// textOf is a value as text, "" for NULL.
func textOf(v sqltypes.Value) string {
	if v.IsNull() {
		return ""
	}
	return v.ToString()
}
