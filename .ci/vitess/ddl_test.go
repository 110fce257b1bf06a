//go:build cluster

package cluster

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestDDLInMidStream(t *testing.T) {
	ready(t)
	from := position(t, "customer")
	// The ids of each six are on both shards.
	insert := func(first int, names, values string) string {
		rows := make([]string, 6)
		for i := range rows {
			rows[i] = fmt.Sprintf("(%d%s)", first+i, values)
		}
		return "insert into customer(customer_id" + names + ") values " + strings.Join(rows, ", ")
	}
	t.Cleanup(func() {
		for _, shard := range shards {
			columns := execute(t, "customer:"+shard, "show columns from customer like 'nick'")
			if len(columns) > 0 {
				execute(t, "customer:"+shard, "alter table customer drop column nick")
			}
		}
	})
	s := start(t, "customer", "-t", "customer", "--from", from)
	execute(t, "customer", insert(6, ", email", ", 'old'"))
	s.take(6)
	execute(t, "customer", "alter table customer add column nick varchar(20) default 'x'")
	execute(t, "customer", insert(21, ", nick", ", 'new'"))
	execute(t, "customer", "update customer set email = 'changed' where customer_id < 20")
	// A tablet knows a table's present columns only: it has to have read the rows.
	events := s.take(6 + 6 + 2)
	execute(t, "customer", "alter table customer drop column nick")
	execute(t, "customer", insert(41, "", ""))
	perShard := map[string][]string{}
	for _, e := range append(events, s.take(6+2)...) {
		text := e.Event
		switch e.Event {
		case "ddl":
			text += " " + e.Statement
			if e.GTID == "" || e.Keyspace != "customer" {
				t.Errorf("a DDL without GTID or keyspace: %+v", e)
			}
		default:
			for _, row := range []string{compact(e.Before), compact(e.After)} {
				if i := strings.Index(row, ",\""); i >= 0 {
					text += " " + row[i:]
				}
			}
		}
		if events := perShard[e.Shard]; !slices.Contains(events, text) {
			perShard[e.Shard] = append(events, text)
		}
	}
	want := []string{
		"ddl alter table customer add column nick varchar(20) default 'x'",
		`insert ,"email":null,"nick":"new"}`,
		`update ,"email":"old","nick":"x"} ,"email":"changed","nick":"x"}`,
		"ddl alter table customer drop column nick",
		`insert ,"email":null}`,
	}
	for _, shard := range shards {
		if !slices.Equal(perShard[shard], want) {
			t.Errorf("shard %s\n got  %s\n want %s", shard, strings.Join(perShard[shard], "\n      "), strings.Join(want, "\n      "))
		}
	}
}
