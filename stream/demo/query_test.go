package demo

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"vitess.io/vitess/go/sqltypes"
	querypb "vitess.io/vitess/go/vt/proto/query"
	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	vtgateservicepb "vitess.io/vitess/go/vt/proto/vtgateservice"
)

func lastpkWithoutFields() *querypb.QueryResult {
	return &querypb.QueryResult{Rows: []*querypb.Row{{Lengths: []int64{1}, Values: []byte("5")}}}
}

// ask executes a query and prints the result: columns, then rows.
func ask(t *testing.T, c vtgateservicepb.VitessClient, target, sql string) string {
	t.Helper()
	resp, err := c.Execute(t.Context(), &vtgatepb.ExecuteRequest{
		Session: &vtgatepb.Session{TargetString: target, Autocommit: true}, Query: &querypb.BoundQuery{Sql: sql},
	})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return fmt.Sprintf("%v: %s", resp.Error.Code, resp.Error.Message)
	}
	var b strings.Builder
	r := sqltypes.Proto3ToResult(resp.Result)
	for i, f := range r.Fields {
		fmt.Fprintf(&b, "%s%s", []string{"", ","}[min(i, 1)], f.Name)
	}
	for _, row := range r.Rows {
		b.WriteString(" |")
		for _, v := range row {
			if v.IsNull() {
				b.WriteString(" NULL")
				continue
			}
			b.WriteString(" " + v.ToString())
		}
	}
	return b.String()
}

func TestQueries(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 2, Rows: 1000, Catalog: true})
	c := dial(t, s)
	position, _ := s.Position("-80")
	gtid := strings.TrimPrefix(position, flavor)
	uuid, _, _ := strings.Cut(gtid, ":")
	for _, tt := range []struct{ target, sql, want string }{
		{"", "show keyspaces", "Database | catalog | shop"},
		{"", "show vitess_shards", "Shards | catalog/0 | shop/-80 | shop/80-"},
		{"", "SHOW VITESS_SHARDS LIKE 'shop/%';", "Shards | shop/-80 | shop/80-"},
		{"shop", "show /* hello */ global gtid_executed", "db_name,gtid_executed,shard | shop " + gtid + " -80 | shop "},
		{"shop:-80@primary", "select table_name, n_rows, clustered_index_size * @@innodb_page_size from mysql.innodb_table_stats where database_name = database()",
			"table_name,n_rows,clustered_index_size * @@innodb_page_size | corder "},
		{"", "vexplain plan select 1 from `shop`.`corder` limit 1", `JSON | {` + "\n\t" + `"OperatorType": "Route",`},
		{"", "show global gtid_executed from `shop`", "db_name,gtid_executed,shard | shop " + gtid},
		{"shop:-80@primary", "select @@global.gtid_executed, @@global.gtid_purged, @@server_uuid", "@@global.gtid_executed,@@global.gtid_purged,@@server_uuid | " + gtid + " " + gtid + " " + uuid},
		{"shop/80-@replica", "select @@binlog_row_image, @@binlog_rows_query_log_events", "@@binlog_row_image,@@binlog_rows_query_log_events | FULL 0"},
		{"", "select @@version, @@version_comment", "@@version,@@version_comment | 8.0.40-Vitess Version: 24.0.2"},
		{"", "show tables from shop", "Tables_in_shop | corder | customer | order_item | payment | product | session"},
		{"shop:-80", "show tables like 'c%'", "Tables_in_vt_shop (c%) | corder | customer"},
		{"", "show full columns from shop.customer", "Field,Type,Collation,Null,Key,Default,Extra,Privileges,Comment | customer_id bigint unsigned NULL NO PRI NULL"},
		{"shop", "show columns from session", "Field,Type,Null,Key,Default,Extra | token varchar(26) NO PRI NULL"},
		{"shop", "describe `session`", "Field,Type,Null,Key,Default,Extra | token varchar(26) NO PRI NULL"},
		{"", "show create table shop.session", "Table,Create Table | session CREATE TABLE `session` (\n  `token` varchar(26) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"},
		{"shop:-80@primary", "show table status like 'product'", "Name,Engine,Version,Row_format,Rows"},
		{"shop:-80@primary", "select table_name, table_rows from information_schema.tables where table_schema = database()", "TABLE_NAME,TABLE_ROWS | corder "},
		{"shop:-80@primary", "select min(customer_id), max(customer_id) from customer", "min(customer_id),max(customer_id) | 1 "},
		{"shop", "select count(*) from product", "count(*) | 80"},
		{"shop", "select 1", "1 | 1"},
		{"nope", "select 1", "NOT_FOUND: VT05003: unknown database 'nope' in vschema"},
		{"shop:-77", "select 1", "UNAVAILABLE: target: shop.-77.primary: no healthy tablet available"},
		{"shop:-80", "show vitess_shards", "INVALID_ARGUMENT: target: shop.-80.primary: vttablet: rpc error: code = invalidargument desc = You have an error in your SQL syntax"},
		{"shop", "delete from customer", "INVALID_ARGUMENT: syntax error"},
		{"shop", "show columns from nope", "NOT_FOUND: table nope not found"},
	} {
		if have := ask(t, c, tt.target, tt.sql); !strings.HasPrefix(have, tt.want) {
			t.Errorf("%s: %s\nhave %s\nwant %s", tt.target, tt.sql, have, tt.want)
		}
	}
	s.RefuseQueries(status.Error(codes.PermissionDenied, "Select command denied"))
	if have := ask(t, c, "", "show keyspaces"); have != "PERMISSION_DENIED: Select command denied" {
		t.Error(have)
	}
	s.RefuseQueries(nil)
	ask(t, c, "", "show keyspaces")
}

// TestRangeAndCopyAgree compares min and max of the keys with what a copy sends.
func TestRangeAndCopyAgree(t *testing.T) {
	t.Parallel()
	s := start(t, Options{Shards: 1, Rows: 700})
	s.Step(500)
	c := dial(t, s)
	for _, tt := range []struct{ table, key string }{{"corder", "order_id"}, {"order_item", "order_id"}, {"payment", "payment_id"}, {"product", "product_id"}, {"session", "token"}, {"customer", "customer_id"}} {
		req := request(at(""))
		req.Filter = exactly(tt.table)
		var first, last string
		for _, ev := range open(t, s, req).until(copyDone) {
			if ev.RowEvent != nil {
				row := ev.RowEvent.RowChanges[0].After
				last = string(row.Values[:row.Lengths[0]])
				if first == "" {
					first = last
				}
			}
		}
		want := fmt.Sprintf("min(%s),max(%s) | %s %s", tt.key, tt.key, first, last)
		if have := ask(t, c, "shop:-", fmt.Sprintf("select min(%s), max(%s) from %s", tt.key, tt.key, tt.table)); have != want {
			t.Errorf("%s: %s, want %s", tt.table, have, want)
		}
	}
}
