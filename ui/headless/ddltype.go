package headless

import (
	"slices"
	"strings"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/sqlparser"
)

// Types whose values fit in those behind them.
var widths = [][]string{
	{"tinyint", "smallint", "mediumint", "int", "bigint"},
	{"tinytext", "text", "mediumtext", "longtext"},
	{"tinyblob", "blob", "mediumblob", "longblob"},
}

// effectOfType says whether a column's new type takes all values of its old one,
// the other way round, or neither.
func effectOfType(old *stream.Table, column string, to *sqlparser.ColumnType) effect {
	fits, fitted := compareTypes(old, column, to)
	switch {
	case fits:
		return adds
	case fitted:
		return takes
	}
	return changes
}

func isSameType(old *stream.Table, column string, to *sqlparser.ColumnType) bool {
	fits, fitted := compareTypes(old, column, to)
	return fits && fitted
}

// compareTypes reports whether every value of a column of today fits into a
// type, and every value of the type into the column. Neither holds where the
// column is not known.
func compareTypes(old *stream.Table, column string, to *sqlparser.ColumnType) (fits, fitted bool) {
	if old == nil || to == nil {
		return false, false
	}
	i, ok := old.Column(column)
	if !ok {
		return false, false
	}
	c := &old.Columns[i]
	from := typeOf(c.SQLType)
	if from == nil || c.Class == stream.ClassText && !hasOneCollation(old, c, to) {
		return false, false
	}
	fits, fitted = typeFits(from, to), typeFits(to, from)
	notNull := to.Options != nil && to.Options.Null != nil && !*to.Options.Null
	return fits && (!notNull || c.NotNull()), fitted && (notNull || !c.NotNull())
}

// typeOf parses a type as information_schema prints it.
func typeOf(text string) *sqlparser.ColumnType {
	p, err := parser()
	if err != nil {
		return nil
	}
	tree, err := p.ParseStrictDDL("create table t (c " + text + ")")
	created, ok := tree.(*sqlparser.CreateTable)
	if err != nil || !ok || created.TableSpec == nil || len(created.TableSpec.Columns) != 1 {
		return nil
	}
	return created.TableSpec.Columns[0].Type
}

// hasOneCollation reports whether the table's texts have the column's collation,
// so that it is the default that a type without one gets.
func hasOneCollation(t *stream.Table, c *stream.Column, to *sqlparser.ColumnType) bool {
	if to.Charset.Name != "" || to.Charset.Binary || to.Options != nil && to.Options.Collate != "" {
		return false
	}
	return !slices.ContainsFunc(t.Columns, func(other stream.Column) bool {
		return other.Class == stream.ClassText && other.Collation != c.Collation
	})
}

// typeFits reports whether all values of one type are values of another, and
// print the same.
func typeFits(from, to *sqlparser.ColumnType) bool {
	a, b := typeName(from), typeName(to)
	if from.Unsigned != to.Unsigned || from.Zerofill != to.Zerofill {
		return false
	}
	for _, names := range widths {
		if i, j := slices.Index(names, a), slices.Index(names, b); i >= 0 && j >= 0 {
			return i < j || i == j && from.Length == nil == (to.Length == nil) || names[0] == "tinyint" && i <= j
		}
	}
	if a != b {
		return false
	}
	switch a {
	case "enum", "set":
		return len(from.EnumValues) <= len(to.EnumValues) && slices.Equal(from.EnumValues, to.EnumValues[:len(from.EnumValues)])
	case "decimal":
		digits := func(t *sqlparser.ColumnType) (whole, scale int) {
			scale = number(t.Scale, 0)
			return number(t.Length, 10) - scale, scale
		}
		fromWhole, fromScale := digits(from)
		toWhole, toScale := digits(to)
		return fromWhole <= toWhole && fromScale == toScale
	case "datetime", "timestamp", "time":
		return number(from.Length, 0) == number(to.Length, 0)
	case "varchar", "varbinary":
		return number(from.Length, 1) <= number(to.Length, 1)
	}
	return number(from.Length, 1) == number(to.Length, 1) && number(from.Scale, 0) == number(to.Scale, 0)
}

// typeName gives a type's usual name in lower case.
func typeName(t *sqlparser.ColumnType) string {
	switch name := strings.ToLower(t.Type); name {
	case "integer":
		return "int"
	case "numeric", "dec", "fixed":
		return "decimal"
	case "bool", "boolean":
		return "tinyint"
	case "real", "double precision":
		return "double"
	default:
		return name
	}
}

func number(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}
