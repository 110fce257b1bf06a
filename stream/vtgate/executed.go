package vtgate

import (
	"context"
	"slices"
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/proto/topodata"
)

// Executed gives, by shard, the GTID sets that the primaries of a keyspace have
// executed, as MySQL prints them: one question for all shards.
func (c *Client) Executed(ctx context.Context, keyspace string) (map[string]string, error) {
	rows, err := c.execute(ctx, keyspace, "show global gtid_executed from "+quoteName(keyspace))
	if err != nil {
		return nil, err
	}
	executed := make(map[string]string, len(rows))
	for _, row := range rows {
		// db_name, gtid_executed, shard (go/vt/vtgate/planbuilder/show.go)
		if len(row) > 2 {
			executed[row[2].ToString()] = row[1].ToString()
		}
	}
	return executed, nil
}

// Tablets gives the tablets of a shard that VTGate's health check knows, with
// what each has executed and purged.
func (c *Client) Tablets(ctx context.Context, keyspace, shard string) ([]stream.Tablet, error) {
	all, err := c.tablets(ctx)
	if err != nil {
		return nil, err
	}
	tablets := all[keyspace+"/"+shard]
	for i := range tablets {
		c.ask(ctx, keyspace, shard, &tablets[i])
	}
	return tablets, ctx.Err()
}

// tablets gives all tablets that VTGate's health check knows, by
// "keyspace/shard". It watches VTGate's own cells only.
func (c *Client) tablets(ctx context.Context) (map[string][]stream.Tablet, error) {
	rows, err := c.execute(ctx, "", "show vitess_tablets")
	if err != nil {
		return nil, err
	}
	tablets := map[string][]stream.Tablet{}
	for _, row := range rows {
		// Cell, Keyspace, Shard, TabletType, State, Alias, ...
		if len(row) < 6 {
			continue
		}
		of := row[1].ToString() + "/" + row[2].ToString()
		tablets[of] = append(tablets[of], stream.Tablet{
			Alias: row[5].ToString(), Type: strings.ToLower(row[3].ToString()), State: row[4].ToString(),
		})
	}
	return tablets, nil
}

// ask fills in what a tablet's MySQL says. VTGates before v24 cannot be sent to
// one tablet; of a type that has only one, it is the same.
func (c *Client) ask(ctx context.Context, keyspace, shard string, t *stream.Tablet) {
	target := keyspace + ":" + shard + "@" + t.Type
	rows, err := c.execute(ctx, target+"|"+t.Alias, sqlExecuted)
	if err != nil && t.Type == typeName(topodata.TabletType_PRIMARY) {
		rows, err = c.execute(ctx, target, sqlExecuted)
	}
	if err != nil {
		t.Unknown = causeOf(err)
		return
	}
	takeExecuted(t, rows)
}

const sqlExecuted = "select @@global.gtid_executed, @@global.gtid_purged, @@server_uuid"

// takeExecuted takes over the answer to sqlExecuted.
func takeExecuted(t *stream.Tablet, rows []sqltypes.Row) {
	if len(rows) != 1 || len(rows[0]) != 3 {
		t.Unknown = "the answer has another form"
		return
	}
	t.Executed, t.Purged, t.Server = rows[0][0].ToString(), rows[0][1].ToString(), rows[0][2].ToString()
}

// anyTablet asks whichever tablet of a type VTGate takes.
func (c *Client) anyTablet(ctx context.Context, keyspace, shard, tabletType string) stream.Tablet {
	t := stream.Tablet{Type: tabletType}
	rows, err := c.execute(ctx, keyspace+":"+shard+"@"+tabletType, sqlExecuted)
	if err != nil {
		t.Unknown = causeOf(err)
		return t
	}
	takeExecuted(&t, rows)
	return t
}

// ofType gives those tablets that serve a type.
func ofType(tablets []stream.Tablet, tabletType string) []stream.Tablet {
	return slices.DeleteFunc(slices.Clone(tablets), func(t stream.Tablet) bool {
		return t.Type != tabletType || t.State != "SERVING"
	})
}
