//go:build cluster

package cluster

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql"
)

// tableRows are rows by their table, in an order of their own: the values of all
// columns in hexadecimal.
type tableRows map[string][]string

// contents reads tables of a keyspace, from all its shards.
func contents(t *testing.T, keyspace string, tables []string) tableRows {
	t.Helper()
	all := tableRows{}
	for _, table := range tables {
		all[table] = nil // one without rows is compared, too
	}
	for _, target := range primaries(t, keyspace) {
		for _, table := range tables {
			for _, row := range execute(t, target, selectHex(t, target, table)) {
				all[table] = append(all[table], row[0].ToString())
			}
			slices.Sort(all[table])
		}
	}
	return all
}

// primaries are the targets of a keyspace's shards.
func primaries(t *testing.T, keyspace string) []string {
	t.Helper()
	var targets []string
	for _, row := range execute(t, keyspace, "show vitess_shards like '"+keyspace+"/%'") {
		targets = append(targets, strings.ReplaceAll(row[0].ToString(), "/", ":")+"@primary")
	}
	return targets
}

// selectHex reads a table: each value as the bytes of what MySQL prints, with
// all digits of floating point.
func selectHex(t *testing.T, target, table string) string {
	t.Helper()
	var parts []string
	for _, row := range execute(t, target, "select column_name, data_type from information_schema.columns"+
		" where table_schema = database() and table_name = '"+table+"' order by ordinal_position") {
		name := quoted(row[0].ToString())
		if kind := row[1].ToString(); kind == "float" || kind == "double" {
			name = "cast(" + name + " as double)"
		}
		parts = append(parts, "coalesce(hex(cast("+name+" as binary)), 'NULL')")
	}
	return "select concat_ws(',', " + strings.Join(parts, ", ") + ") from " + quoted(table)
}

func quoted(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

// A scratch is a database on a MySQL server of the cluster that Vitess does not
// know of.
type scratch struct {
	t      *testing.T
	socket string
}

// newScratch makes the database, with empty tables like those of a keyspace.
func newScratch(t *testing.T, keyspace string, tables []string) *scratch {
	t.Helper()
	s := &scratch{t, filepath.Join(tabletFolder(primaryOf(t, liveShards(t)[0]).alias), "mysql.sock")}
	s.mysql("", "drop database if exists scratch; create database scratch")
	t.Cleanup(func() { s.mysql("", "drop database scratch") })
	for _, table := range tables {
		rows := execute(t, primaries(t, keyspace)[0], "show create table "+quoted(table))
		s.mysql("scratch", rows[0][1].ToString())
	}
	return s
}

// mysql runs statements there, out of the binary log.
func (s *scratch) mysql(database, statements string) string {
	s.t.Helper()
	return mysqlClient(s.t, s.socket, database, "set sql_log_bin = 0; "+statements)
}

// throughVTGate runs statements on a keyspace, over VTGate's MySQL port: MySQL's
// client of today cannot log in there.
func throughVTGate(t *testing.T, keyspace, statements string) {
	t.Helper()
	gate, err := mysql.Connect(t.Context(), &mysql.ConnParams{UnixSocket: filepath.Join(work, "data", "vtgate.sock"), DbName: keyspace})
	if err != nil {
		t.Fatal(err)
	}
	defer gate.Close()
	for statement := range strings.SplitSeq(strings.TrimSuffix(statements, ";\n"), ";\n") {
		if _, err := gate.ExecuteFetch(statement, 1, false); err != nil {
			t.Fatalf("%.2000s: %v", statement, err)
		}
	}
}

// mysqlClient has MySQL's own client run statements, up to the first that fails.
func mysqlClient(t *testing.T, socket, database, statements string) string {
	t.Helper()
	command := exec.Command(mysqlProgram(t, "mysql"), "--no-defaults", "--batch", "--skip-column-names",
		"-u", "vt_dba", "-S", socket, database)
	command.Stdin = strings.NewReader(statements)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("mysql: %v\n%.2000s", err, output)
	}
	return string(output)
}

// contents reads its tables, which have the columns of those of a keyspace.
func (s *scratch) contents(keyspace string, tables []string) tableRows {
	s.t.Helper()
	all := tableRows{}
	for _, table := range tables {
		rows := strings.Fields(s.mysql("scratch", selectHex(s.t, primaries(s.t, keyspace)[0], table)))
		slices.Sort(rows)
		all[table] = rows
	}
	return all
}

// expect compares what tables hold.
func (want tableRows) expect(t *testing.T, what string, got tableRows) {
	t.Helper()
	for table := range want {
		for i := range max(len(got[table]), len(want[table])) {
			var g, w string
			if i < len(got[table]) {
				g = got[table][i]
			}
			if i < len(want[table]) {
				w = want[table][i]
			}
			if g != w {
				t.Errorf("%s: %s has %d rows, want %d; row %d in order is\n got  %s\n want %s",
					what, table, len(got[table]), len(want[table]), i, g, w)
				break
			}
		}
	}
}
