package vtgate

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"vitess.io/vitess/go/sqltypes"
)

// replication says what is known about a shard that is silent while it is
// behind: its tablets' lag and throttlers, as VTGate tells them. It knows of
// replicas only (go/vt/vtgate/executor.go, showVitessReplicationStatus).
func (c *Client) replication(ctx context.Context, keyspace, shard string) (string, error) {
	rows, err := c.execute(ctx, "", "show vitess_replication_status like "+quote(likeEscaper.Replace(keyspace+"/"+shard)))
	if err != nil {
		return "", err
	}
	var parts []string
	for _, row := range rows {
		// Keyspace, Shard, TabletType, Alias, Hostname, ReplicationSource,
		// ReplicationHealth, ReplicationLag, ThrottlerStatus
		if len(row) > 8 && row[0].ToString() == keyspace && row[1].ToString() == shard {
			parts = append(parts, replicaText(row))
		}
	}
	if len(parts) == 0 {
		return "why is not known: VTGate tells of replicas only, and the shard has none", nil
	}
	slices.Sort(parts)
	return strings.Join(parts, "; "), nil
}

// replicaText says what one replica's row tells.
func replicaText(row sqltypes.Row) string {
	text := strings.ToLower(row[2].ToString()) + " " + row[3].ToString()
	if lag := row[7]; lag.IsNull() || lag.ToString() == "" || lag.ToString() == "-1" || lag.ToString() == "NULL" {
		text += " tells no lag"
	} else {
		text += " lags " + lag.ToString() + " s"
	}
	var health struct{ EventStreamRunning, EventApplierRunning, LastError string }
	if json.Unmarshal(row[6].Raw(), &health) == nil {
		if health.EventStreamRunning == "No" || health.EventApplierRunning == "No" {
			text += ", its replication is stopped"
		}
		if health.LastError != "" {
			text += ": " + oneLine(health.LastError)
		}
	}
	return text + throttlerText(row[8].Raw())
}

// throttlerText says what a tablet's throttler does, "" where it is not known
// to hold anything back.
func throttlerText(status []byte) string {
	var throttler struct {
		State   string  `json:"state"`
		Load    float64 `json:"load"`
		Message string  `json:"message"`
	}
	if len(status) == 0 || json.Unmarshal(status, &throttler) != nil || throttler.State == "" {
		return ", its throttler's state is not known"
	}
	text := ", its throttler says " + oneLine(throttler.State)
	if throttler.Message != "" {
		text += " (" + oneLine(throttler.Message) + ")"
	}
	return text
}

// movedTablesAsked bounds how many tables of a keyspace are asked about.
const movedTablesAsked = 20

// planKeyspace finds the keyspace that a query's plan goes to.
var planKeyspace = regexp.MustCompile(`"Keyspace":\s*\{\s*"Name":\s*"([^"]+)"`)

// movedTables says which of the streamed tables of a keyspace VTGate serves
// from another one, as it does after the SwitchTraffic of a MoveTables; VStream
// tells nothing of that. It is "" where there is none.
func (c *Client) movedTables(ctx context.Context, keyspace string, r *Request) (string, error) {
	tables, err := c.Tables(ctx, keyspace)
	if err != nil {
		return "", err
	}
	to := map[string][]string{}
	asked := 0
	for _, table := range tables {
		if !r.streams(table) || asked == movedTablesAsked {
			continue
		}
		asked++
		rows, err := c.execute(ctx, "", fmt.Sprintf("vexplain plan select 1 from %s.%s limit 1", quoteName(keyspace), quoteName(table)))
		if err != nil || len(rows) == 0 || len(rows[0]) == 0 {
			continue
		}
		if found := planKeyspace.FindSubmatch(rows[0][0].Raw()); found != nil && string(found[1]) != keyspace {
			to[string(found[1])] = append(to[string(found[1])], table)
		}
	}
	var parts []string
	for other, names := range to {
		parts = append(parts, fmt.Sprintf("VTGate serves %s of %s from keyspace %s: stream that one", strings.Join(names, ", "), keyspace, other))
	}
	slices.Sort(parts)
	return strings.Join(parts, "; "), nil
}
