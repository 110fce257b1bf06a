//go:build cluster

package cluster

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vitess.io/vitess/go/mysql"
	"vitess.io/vitess/go/sqltypes"
)

// logPlace is a place in the binary logs of one MySQL server; the zero value is
// where they begin.
type logPlace struct {
	file   string
	offset string
}

// tabletFolder is where the MySQL server of a tablet keeps its files.
func tabletFolder(alias string) string {
	uid := alias[strings.LastIndexByte(alias, '-')+1:]
	return filepath.Join(work, "data", "vt_"+uid)
}

// onServer runs a statement on a tablet's MySQL server itself, past Vitess.
func onServer(t *testing.T, alias, sql string) [][]sqltypes.Value {
	t.Helper()
	rows, err := tryOnServer(t, alias, sql)
	if err != nil {
		t.Fatalf("%s on %s: %v", sql, alias, err)
	}
	return rows
}

func tryOnServer(t *testing.T, alias, sql string) ([][]sqltypes.Value, error) {
	t.Helper()
	server, err := mysql.Connect(t.Context(), &mysql.ConnParams{
		UnixSocket: filepath.Join(tabletFolder(alias), "mysql.sock"), Uname: "vt_dba",
	})
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	defer server.Close()
	result, err := server.ExecuteFetch(sql, 10_000, false)
	if err != nil {
		return nil, err
	}
	return result.Rows, nil
}

// logEnd is where a server's binary logs end now.
func logEnd(t *testing.T, alias string) logPlace {
	t.Helper()
	rows, err := tryOnServer(t, alias, "show binary log status")
	if err != nil { // before MySQL 8.2
		rows = onServer(t, alias, "show master status")
	}
	return logPlace{rows[0][0].ToString(), rows[0][1].ToString()}
}

// logged is a transaction of a binary log.
type logged struct {
	transaction
	gtid    string
	journal bool // it ends the shard's part in a reshard
}

// readLogs reads a server's binary logs from a place on, with MySQL's own
// program, and counts the changes in the keyspace's database.
func readLogs(t *testing.T, alias string, from logPlace) []*logged {
	t.Helper()
	var files []string
	for _, values := range onServer(t, alias, "show binary logs") {
		if file := values[0].ToString(); file >= from.file {
			files = append(files, filepath.Join(tabletFolder(alias), "bin-logs", file))
		}
	}
	slices.Sort(files)
	args := []string{"--no-defaults", "--base64-output=decode-rows", "-v"}
	if from.offset != "" {
		args = append(args, "--start-position="+from.offset)
	}
	var stderr lockedBuffer
	command := exec.Command(mysqlProgram(t, "mysqlbinlog"), append(args, files...)...)
	command.Stderr = &stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var parser logParser
	parser.read(t, output)
	if err := command.Wait(); err != nil {
		t.Fatalf("mysqlbinlog of %s: %v\n%s", alias, err, stderr.String())
	}
	return parser.all
}

// mysqlProgram is a program that the script install has unpacked, or the one on the PATH.
func mysqlProgram(t *testing.T, name string) string {
	t.Helper()
	if unpacked, err := exec.LookPath(filepath.Join(work, "root", "mysql", "bin", name)); err == nil {
		return unpacked
	}
	found, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// logParser reads what mysqlbinlog -v prints. A change there looks like this,
// and is written "update corder (5 text) (5 NULL)":
//
//	### UPDATE `vt_customer`.`corder`
//	### WHERE
//	###   @1=5
//	###   @2='text'
//	### SET
//	###   @1=5
//	###   @2=NULL
type logParser struct {
	all    []*logged
	change strings.Builder // empty while it is not one of the keyspace
	images int
}

func (p *logParser) read(t *testing.T, output io.Reader) {
	t.Helper()
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		line := lines.Text()
		if words, ok := strings.CutPrefix(line, "### "); ok {
			p.words(words)
			continue
		}
		p.end()
		if rest, ok := strings.CutPrefix(line, "SET @@SESSION.GTID_NEXT= '"); ok {
			if gtid, _, _ := strings.Cut(rest, "'"); gtid != "AUTOMATIC" {
				p.all = append(p.all, &logged{gtid: gtid})
			}
		}
	}
	p.end()
	if err := lines.Err(); err != nil {
		t.Fatalf("reading mysqlbinlog's output: %v", err)
	}
}

// words takes what a line says of a change.
func (p *logParser) words(words string) {
	value, isColumn := strings.CutPrefix(words, "  @")
	switch {
	case isColumn:
		if p.change.Len() > 0 {
			_, value, _ = strings.Cut(value, "=")
			p.change.WriteString(" " + logValue(value))
		}
	case words == "WHERE" || words == "SET":
		if p.change.Len() > 0 {
			p.image()
		}
	default:
		p.end()
		p.change.WriteString(beginChange(words))
		if words == "INSERT INTO `_vt`.`resharding_journal`" && len(p.all) > 0 {
			p.all[len(p.all)-1].journal = true
		}
	}
}

func (p *logParser) image() {
	if p.images > 0 {
		p.change.WriteString(")")
	}
	p.images++
	p.change.WriteString(" (")
}

// end books the change that the lines before have told of.
func (p *logParser) end() {
	if p.change.Len() > 0 {
		p.all[len(p.all)-1].add(strings.ReplaceAll(p.change.String(), "( ", "(") + ")")
		p.change.Reset()
	}
	p.images = 0
}

// beginChange makes "update corder" of "UPDATE `vt_customer`.`corder`", and nothing
// of a change in another database.
func beginChange(words string) string {
	verb, place, _ := strings.Cut(words, " `")
	database, table, _ := strings.Cut(strings.TrimSuffix(place, "`"), "`.`")
	if database != "vt_customer" {
		return ""
	}
	verb, _, _ = strings.Cut(verb, " ")
	return strings.ToLower(verb) + " " + table
}

// logValue is a value of mysqlbinlog without its quotes. The tables of these
// tests hold no text that it would escape.
func logValue(value string) string {
	if number, _, ok := strings.Cut(value, " ("); ok {
		if _, err := strconv.ParseInt(number, 10, 64); err == nil {
			return number // a negative one, and what it would be without a sign
		}
	}
	return strings.Trim(value, "'")
}
