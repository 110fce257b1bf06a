package filter

import (
	"strings"
	"unicode"

	"vitess.io/vitess/go/vt/sqlparser"
)

// maxDDL bounds the statements that are parsed, in bytes.
const maxDDL = 64 << 10

// DDLNames reports whether a DDL statement is about a table of such a name. Where
// Vitess's parser does not read the statement, it reports whether the name stands in
// it.
func DDLNames(statement, table string) bool {
	if names, read := ddlTables(statement); read {
		for _, name := range names {
			if strings.EqualFold(name, table) {
				return true
			}
		}
		return false
	}
	isEnd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$' }
	for word := range strings.FieldsFuncSeq(statement, isEnd) {
		if strings.EqualFold(word, table) {
			return true
		}
	}
	return false
}

// ddlTables gives the tables that a DDL statement changes.
func ddlTables(statement string) (names []string, read bool) {
	if len(statement) > maxDDL {
		return nil, false
	}
	tree, err := parser().ParseStrictDDL(statement) // Parse logs what it cannot read to standard error
	ddl, is := tree.(sqlparser.DDLStatement)
	if err != nil || !is {
		return nil, false
	}
	for _, name := range ddl.AffectedTables() {
		names = append(names, name.Name.String())
	}
	return names, len(names) > 0
}
