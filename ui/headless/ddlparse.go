package headless

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/sqlparser"
)

// A ddl is what a DDL statement does, as Vitess's parser reads it.
type ddl struct {
	text   []byte
	tables []string // that it names, in lower case
	parts  []ddlPart
	// refused says why it is no statement to repeat, "" where it is one.
	refused string
	// clock says that what it does depends on the second in which it runs.
	clock bool
	// fills says that it gives the rows that are there a value of that second.
	fills   bool
	swaps   bool // a schema change's table for another
	defines map[definedColumn]defined
}

// A definedColumn names a column, in lower case; defined is what a DDL says of it.
type (
	definedColumn struct{ table, column string }
	defined       struct{ computed, clocked bool }
)

// define takes note of a column's definition.
func (d *ddl) define(table string, c *sqlparser.ColumnDefinition) {
	if d.defines == nil {
		d.defines = map[definedColumn]defined{}
	}
	options := c.Type.Options
	d.defines[definedColumn{strings.ToLower(table), c.Name.Lowered()}] = defined{
		computed: options != nil && options.As != nil, clocked: options != nil && options.OnUpdate != nil,
	}
}

// A ddlPart is what stands in one place of the output. Most statements have one.
type ddlPart struct {
	text    []byte
	effect  effect
	renames []rename
}

// An effect says where a statement stands that the shards of a keyspace carry
// out at different times.
type effect uint8

const (
	adds    effect = iota // the old rows fit after it: where the first shard has it
	takes                 // the new rows fit before it: where the last shard has it
	changes               // neither: where the last has it, if no new row comes before
	renamed               // where the last has it, and new rows go by the old names until then
	empties               // where the last has it, if no row comes between
)

// A rename is a table's, or a column's of a table.
type rename struct{ table, column, from, to string }

// parser is shared, since it keeps nothing of what it reads. Comments for newer
// servers than MySQL 8.0 are comments to it.
var parser = sync.OnceValues(func() (*sqlparser.Parser, error) {
	return sqlparser.New(sqlparser.Options{MySQLServerVersion: "8.0.30"})
})

// startTransaction is what MySQL adds to CREATE TABLE … SELECT where it logs the
// rows behind it (sql/sql_table.cc): the statement alone creates the table.
var startTransaction = regexp.MustCompile(`(?i)\s+START\s+TRANSACTION\s*$`)

// executableComment is code to a server that is new enough, and none to others.
var executableComment = regexp.MustCompile(`/\*M?!(\d*)`)

// clockFunction are the names by which MySQL gives the time.
var clockFunction = regexp.MustCompile(`(?i)\b(current_(date|time|timestamp)|now|sysdate|curdate|curtime|localtime|localtimestamp|utc_\w+)\b`)

// oldTable gives a table as it was before a DDL, nil where that is not known, and
// whether the shard that tells the DDL has said so itself.
type oldTable func(table string) (t *stream.Table, own bool)

// parseDDL reads a statement.
func parseDDL(text []byte, old oldTable) *ddl {
	d := &ddl{text: startTransaction.ReplaceAll(bytes.TrimRight(text, "; \t\r\n"), nil)}
	p, err := parser()
	if err != nil {
		d.refused = err.Error()
		return d
	}
	for _, m := range executableComment.FindAllSubmatch(d.text, -1) {
		if version := m[1]; len(version) != 5 || string(version) > "80000" {
			d.refused = "it has a comment that only some servers take for code"
			return d
		}
	}
	if !isPipeSafe(d.text) {
		d.refused = "it has characters that cannot be printed"
		return d
	}
	tree, err := p.ParseStrictDDL(string(d.text))
	statement, ok := tree.(sqlparser.DDLStatement)
	if err != nil || !ok || !statement.IsFullyParsed() || statement.IsTemporary() || hasMore(p, string(d.text)) {
		d.refused = "Vitess's parser does not take it for one DDL statement about a table"
		return d
	}
	d.read(statement, old)
	return d
}

// hasMore reports whether a text holds more than one statement.
func hasMore(p *sqlparser.Parser, text string) bool {
	pieces, err := p.SplitStatementToPieces(text)
	return err != nil || len(pieces) != 1
}

// read finds what a statement names, and what it does.
func (d *ddl) read(statement sqlparser.DDLStatement, old oldTable) {
	d.names(statement)
	d.clock = clockFunction.Match(d.text)
	whole := ddlPart{text: d.text, effect: changes}
	switch s := statement.(type) {
	case *sqlparser.CreateTable:
		whole.effect = adds
		if s.TableSpec != nil {
			for _, column := range s.TableSpec.Columns {
				d.define(s.Table.Name.String(), column)
			}
		}
	case *sqlparser.DropTable: // what a shard has of it afterwards is another table
	case *sqlparser.TruncateTable:
		whole.effect = empties
	case *sqlparser.RenameTable:
		whole.effect = renamed
		for _, pair := range s.TablePairs {
			from, to := pair.FromTable.Name.String(), pair.ToTable.Name.String()
			whole.renames = append(whole.renames, rename{table: from, from: from, to: to})
		}
	case *sqlparser.AlterTable:
		d.alter(s, old)
		return
	default:
		d.refuse("Vitess's parser does not take it for one DDL statement about a table")
	}
	d.parts = []ddlPart{whole}
}

func (d *ddl) refuse(reason string) {
	if d.refused == "" {
		d.refused = reason
	}
}

// names finds the tables that a statement names.
func (d *ddl) names(statement sqlparser.SQLNode) {
	_ = sqlparser.Walk(func(node sqlparser.SQLNode) (bool, error) {
		switch n := node.(type) {
		case sqlparser.TableName:
			d.table(n)
		case sqlparser.TableNames:
			for _, name := range n {
				d.table(name)
			}
		}
		return true, nil
	}, statement)
	if s, ok := statement.(sqlparser.DDLStatement); ok {
		for _, name := range s.AffectedTables() {
			d.table(name)
		}
	}
}

func (d *ddl) table(n sqlparser.TableName) {
	if n.IsEmpty() {
		return
	}
	name := n.Name.String()
	d.tables = append(d.tables, strings.ToLower(name))
	if stream.IsInternalTable(name) {
		d.swaps = true
		d.refuse("it is about a table of a schema change, which sends no rows")
	}
	if !n.Qualifier.IsEmpty() {
		d.refuse("it names the database " + n.Qualifier.String())
	}
}
