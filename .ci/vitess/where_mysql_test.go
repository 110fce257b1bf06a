//go:build cluster

package cluster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql"
)

// mysqld is a session with the MySQL server of the keyspace commerce itself:
// no Vitess program between reads what is asked.
type mysqld struct{ conn *mysql.Conn }

func dialMySQL(t *testing.T) mysqld {
	t.Helper()
	conn, err := mysql.Connect(t.Context(), &mysql.ConnParams{
		UnixSocket: work + "/data/vt_0000000103/mysql.sock", Uname: "vt_dba", DbName: "vt_commerce",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	m := mysqld{conn}
	// As MySQL's own client has it where nothing is configured.
	m.execute(t, "set names utf8mb4 collate utf8mb4_0900_ai_ci, time_zone = '+00:00'")
	return m
}

func (m mysqld) execute(t *testing.T, statement string) {
	t.Helper()
	if _, err := m.conn.ExecuteFetch(statement, 0, false); err != nil {
		t.Fatalf("%.200s: %.500s", statement, err)
	}
}

// numbers runs a SELECT of one integer column.
func (m mysqld) numbers(query string) ([]int, error) {
	result, err := m.conn.ExecuteFetch(query, 100_000, false)
	if err != nil {
		return nil, err
	}
	numbers := make([]int, len(result.Rows))
	for i, row := range result.Rows {
		if numbers[i], err = strconv.Atoi(row[0].ToString()); err != nil {
			return nil, err
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// selected gives the ids of the rows of where_values that an expression selects.
func (m mysqld) selected(expression string) ([]int, error) {
	return m.numbers("select id from where_values where (" + expression + "\n)")
}

// valueRows is how many rows where_values has.
const valueRows = 48

// createValues makes the table where_values from testdata/where/values.txt.
// Each column cycles through its literals and a NULL, from another one on than
// the column before it, so that columns of the same literals meet in all ways.
func (m mysqld) createValues(t *testing.T) {
	t.Helper()
	definitions, literals := readColumns(t, "testdata/where/values.txt")
	drop := "drop table if exists where_values"
	// Through VTGate, so that the tablet hears of it.
	execute(t, "commerce", drop, "create table where_values (id int primary key, "+strings.Join(definitions, ", ")+")")
	t.Cleanup(func() { execute(t, "commerce", drop) })
	m.execute(t, "set sql_mode = ''")
	defer m.execute(t, "set sql_mode = default")
	for id := 1; id <= valueRows; id++ {
		row := strconv.Itoa(id)
		for i, cycle := range literals {
			if at := (id + i) % (len(cycle) + 1); at < len(cycle) {
				row += ", " + cycle[at]
			} else {
				row += ", null"
			}
		}
		m.execute(t, fmt.Sprintf("insert ignore into where_values values (%s)", row))
	}
}

// readColumns reads lines of definitions, each followed by its literals;
// definitions that follow each other share them.
func readColumns(t *testing.T, file string) (definitions []string, literals [][]string) {
	t.Helper()
	first := 0 // of the definitions that share what comes next
	for _, line := range dataLines(t, file) {
		if literal, ok := strings.CutPrefix(line, "  "); ok {
			for i := first; i < len(definitions); i++ {
				literals[i] = append(literals[i], literal)
			}
			continue
		}
		if n := len(literals); n > 0 && len(literals[n-1]) > 0 {
			first = n
		}
		definitions, literals = append(definitions, line), append(literals, nil)
	}
	return definitions, literals
}
