package filter_test

import (
	"strings"
	"testing"

	"vtscope/filter"
)

func TestDDLNames(t *testing.T) {
	for _, test := range []struct {
		statement string
		of, notOf string
	}{
		{"alter table corder add column customer int", "corder", "customer"},
		{"ALTER TABLE `Corder` ADD COLUMN note text", "corder", "note"},
		{"rename table corder to corder_old, _new to corder", "corder_old", "table"},
		{"drop table if exists a, b", "b", "exists"},
		{"create table shop.t (id int primary key)", "t", "shop"},
		{"truncate table t", "t", "truncate"},
		{"create index by_name on customer (name)", "customer", "by_name"},
		// What the parser does not read.
		{"alter table t add column x vector(3) engine_attribute = '{}' gibberish", "t", "v"},
		{"alter table t /* " + strings.Repeat("long ", 20_000) + "*/ add x int", "t", "lon"},
		{"", "", "t"},
	} {
		if test.of != "" && !filter.DDLNames(test.statement, test.of) {
			t.Errorf("%.60s is not about %s", test.statement, test.of)
		}
		if filter.DDLNames(test.statement, test.notOf) {
			t.Errorf("%.60s is about %s", test.statement, test.notOf)
		}
	}
}
