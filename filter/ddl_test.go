package filter_test

import (
	"bytes"
	"os"
	"os/exec"
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

// TestDDLNamesQuietly: what the parser cannot read is not written to the terminal. The
// parser's log goes to the standard error that the process began with.
func TestDDLNamesQuietly(t *testing.T) {
	const quiet = "VTSCOPE_TEST_DDL"
	if os.Getenv(quiet) != "" {
		filter.DDLNames("ALTER TABLE nul ", "nul")
		filter.DDLNames("alter table t add column x vector(3) engine_attribute = '{}' gibberish", "t")
		return
	}
	command := exec.Command(os.Args[0], "-test.run=^TestDDLNamesQuietly$")
	command.Env = append(os.Environ(), quiet+"=1")
	var said bytes.Buffer
	if command.Stderr = &said; command.Run() != nil || said.Len() > 0 {
		t.Errorf("standard error has %q", said.String())
	}
}

// FuzzDDLNames: no statement ends the program.
func FuzzDDLNames(f *testing.F) {
	for _, s := range []string{
		"alter table corder add column customer int", "rename table a to b, c to d", "create table t (id int primary key, n int default (1 + 2))",
		"create table t partition by range (id) (partition p values less than (5))", "drop view v", "/*! alter table t */", "alter table `", "create table t like u; drop table v",
	} {
		f.Add(s, "t")
	}
	f.Fuzz(func(t *testing.T, statement, table string) { filter.DDLNames(statement, table) })
}
