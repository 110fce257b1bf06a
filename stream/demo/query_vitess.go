package demo

import (
	"fmt"
	"strings"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
	querypb "vitess.io/vitess/go/vt/proto/query"
)

func showKeyspaces(q *question, m []string) (*querypb.QueryResult, error) {
	var rows [][]string
	for _, k := range q.server.keyspaces {
		if matchesLike(k.name, m[1]) {
			rows = append(rows, []string{k.name})
		}
	}
	return newResult([]string{"Database"}, rows), nil
}

func showVSchemaKeyspaces(q *question, _ []string) (*querypb.QueryResult, error) {
	var rows [][]string
	for _, k := range q.server.keyspaces {
		sharded := "true"
		if len(k.shards) == 1 {
			sharded = "false"
		}
		rows = append(rows, []string{k.name, sharded, "unmanaged", ""})
	}
	return newResult([]string{"Keyspace", "Sharded", "Foreign Key", "Comment"}, rows), nil
}

func showShards(q *question, m []string) (*querypb.QueryResult, error) {
	var rows [][]string
	for _, k := range q.server.keyspaces {
		for _, sh := range k.shards {
			if name := k.name + "/" + sh.name; matchesLike(name, m[1]) {
				rows = append(rows, []string{name})
			}
		}
	}
	return newResult([]string{"Shards"}, rows), nil
}

// showTablets lists a primary and a replica per shard.
func showTablets(q *question, m []string) (*querypb.QueryResult, error) {
	var rows [][]string
	for _, k := range q.server.keyspaces {
		for _, sh := range k.shards {
			host := fmt.Sprintf("db-%d.%s.example", sh.uid, k.name)
			if !matchesLike(host, m[1]) {
				continue
			}
			rows = append(rows,
				[]string{"zone1", k.name, sh.name, "PRIMARY", "SERVING", sh.tablet(), host, "2026-01-01T00:00:00Z"},
				[]string{"zone1", k.name, sh.name, "REPLICA", "SERVING", fmt.Sprintf("zone1-%010d", sh.uid+1), host, ""})
		}
	}
	return newResult([]string{"Cell", "Keyspace", "Shard", "TabletType", "State", "Alias", "Hostname", "PrimaryTermStartTime"}, rows), nil
}

func showReplication(q *question, m []string) (*querypb.QueryResult, error) {
	const health = `{"EventStreamRunning":"Yes","EventApplierRunning":"Yes","LastError":""}`
	var rows [][]string
	for _, k := range q.server.keyspaces {
		for _, sh := range k.shards {
			if !matchesLike(k.name+"/"+sh.name, m[1]) {
				continue
			}
			host := fmt.Sprintf("db-%d.%s.example", sh.uid, k.name)
			rows = append(rows, []string{k.name, sh.name, "REPLICA", fmt.Sprintf("zone1-%010d", sh.uid+1), host, host + ":3306", health, "0", `{"state":"OK","load":0.00,"message":""}`})
		}
	}
	return newResult([]string{
		"Keyspace", "Shard", "TabletType", "Alias", "Hostname", "ReplicationSource", "ReplicationHealth", "ReplicationLag", "ThrottlerStatus",
	}, rows), nil
}

// showExecuted answers one row per shard, or one VGtid of the whole keyspace.
func showExecuted(q *question, m []string) (*querypb.QueryResult, error) {
	k, err := q.in(m[2])
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(m[1], "vgtid_executed") {
		vgtid := &binlogdatapb.VGtid{}
		for _, sh := range k.shards {
			vgtid.ShardGtids = append(vgtid.ShardGtids, &binlogdatapb.ShardGtid{Keyspace: k.name, Shard: sh.name, Gtid: flavor + positionText(sh)})
		}
		return newResult([]string{"db_name", "global vgtid_executed"}, [][]string{{k.name, vgtid.String()}}), nil
	}
	var rows [][]string
	for _, sh := range k.shards {
		rows = append(rows, []string{k.name, positionText(sh), sh.name})
	}
	return newResult([]string{"db_name", "gtid_executed", "shard"}, rows), nil
}

// variables are the system variables of the server that is asked.
func (q *question) variables() map[string]string {
	sh := q.anyShard()
	rowsQuery := "0"
	if q.server.options.RowsQuery {
		rowsQuery = "1"
	}
	purged := upTo(sh.uuid, sh.purged)
	return map[string]string{
		"gtid_executed": positionText(sh), "gtid_purged": purged.String(), "server_uuid": sh.uuid,
		"version": "8.0.40-Vitess", "version_comment": "Version: 24.0.2 (Git revision demo branch 'demo') built by vtscope's demo using go1.26 linux/amd64",
		"binlog_row_image": "FULL", "binlog_row_value_options": "", "binlog_rows_query_log_events": rowsQuery,
		"binlog_format": "ROW", "time_zone": "SYSTEM", "system_time_zone": "UTC", "gtid_mode": "ON",
		"max_allowed_packet": "67108864", "read_only": "0", "hostname": fmt.Sprintf("db-%d.%s.example", sh.uid, sh.keyspace),
		"server_id": formatInt(int64(sh.uid)), "lower_case_table_names": "0", "character_set_server": "utf8mb4",
		"information_schema_stats_expiry": "86400", "autocommit": "1", "sql_mode": "STRICT_TRANS_TABLES",
	}
}

func showVariables(q *question, m []string) (*querypb.QueryResult, error) {
	var rows [][]string
	for _, name := range sortedKeys(q.variables()) {
		if matchesLike(name, m[1]) {
			rows = append(rows, []string{name, q.variables()[name]})
		}
	}
	return newResult([]string{"Variable_name", "Value"}, rows), nil
}

func selectVariables(q *question, m []string) (*querypb.QueryResult, error) {
	known := q.variables()
	var names, values, numbers []string
	for part := range strings.SplitSeq(m[1], ",") {
		words := strings.Fields(part)
		if len(words) == 0 {
			continue
		}
		name := strings.TrimPrefix(strings.ToLower(words[0]), "@@")
		for _, scope := range []string{"global.", "session."} {
			name = strings.TrimPrefix(name, scope)
		}
		v, ok := known[name]
		if !ok {
			return nil, q.tabletError(2, "Unknown system variable '%s' (errno 1193) (sqlstate HY000)", name)
		}
		column := words[len(words)-1]
		names, values = append(names, column), append(values, v)
		if v == "0" || v == "1" {
			numbers = append(numbers, column)
		}
	}
	return newResult(names, [][]string{values}, numbers...), nil
}

func selectConstant(q *question, m []string) (*querypb.QueryResult, error) {
	if m[1] == "1" {
		return newResult([]string{"1"}, [][]string{{"1"}}, "1"), nil
	}
	name := null
	if q.keyspace != nil {
		name = q.keyspace.name
	}
	return newResult([]string{m[1]}, [][]string{{name}}), nil
}

// explainPlan answers which keyspace a table is served from, in the form of
// VTGate's plans (go/vt/vtgate/engine/vexplain.go).
func explainPlan(q *question, m []string) (*querypb.QueryResult, error) {
	if _, _, err := q.find(m[1], m[2]); err != nil {
		return nil, err
	}
	k, err := q.in(m[1])
	if err != nil {
		return nil, err
	}
	plan := "{\n\t\"OperatorType\": \"Route\",\n\t\"Variant\": \"Scatter\",\n\t\"Keyspace\": {\n\t\t\"Name\": \"" + k.name + "\",\n\t\t\"Sharded\": true\n\t}\n}"
	return newResult([]string{"JSON"}, [][]string{{plan}}), nil
}
