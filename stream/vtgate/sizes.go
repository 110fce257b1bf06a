package vtgate

import (
	"context"
	"fmt"
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/topodata"
)

// InnoDB's own statistics are renewed as a table changes. What
// information_schema says of them may be a day old
// (information_schema_stats_expiry), but everybody may ask it. With a shard in
// the target, database() is that shard's own schema.
const (
	sqlFreshSizes = "select table_name, n_rows, clustered_index_size * @@innodb_page_size from mysql.innodb_table_stats where database_name = database()"
	sqlSizes      = "select table_name, table_rows, data_length from information_schema.tables where table_schema = database()"
)

// Sizes gives the sizes of a shard's tables; views have none.
func (c *Client) Sizes(ctx context.Context, keyspace, shard string, tabletType topodata.TabletType) (map[string]stream.TableSize, error) {
	target := keyspace + ":" + shard + "@" + typeName(tabletType)
	rows, err := c.execute(ctx, target, sqlFreshSizes)
	if err != nil || len(rows) == 0 {
		if rows, err = c.execute(ctx, target, sqlSizes); err != nil {
			return nil, err
		}
	}
	sizes := make(map[string]stream.TableSize, len(rows))
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
		name := withoutPartition(row[0].ToString())
		size := sizes[name]
		sizes[name] = stream.TableSize{Rows: size.Rows + n, Bytes: size.Bytes + bytes}
	}
	return sizes, nil
}

// withoutPartition gives the table of a partition, which InnoDB names
// "table#P#partition", in letters of either case.
func withoutPartition(name string) string {
	if i := strings.Index(strings.ToLower(name), "#p#"); i > 0 {
		return name[:i]
	}
	return name
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
