package filter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vitess.io/vitess/go/vt/sqlparser"
)

// quoteName writes the name of a column or a table, in backticks where the
// parser would read something else without them.
func quoteName(name string) string {
	if isBare(name) {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// quoteColumn writes a column's name. One that a meta name hides is reached by
// its image.
func quoteColumn(name string) string {
	if _, hidden := metaByName(name); hidden {
		return "after." + quoteName(name)
	}
	return quoteName(name)
}

// isBare reports whether a name reads as itself without backticks.
func isBare(name string) bool {
	for i := range len(name) {
		if c := name[i]; !isWordByte(c) || c >= utf8.RuneSelf || i == 0 && c >= '0' && c <= '9' {
			return false
		}
	}
	if kind, _ := parser().NewStringTokenizer(name).Scan(); kind == sqlparser.ID {
		return true
	}
	// MySQL's words that are not reserved are names too; only the parser's
	// grammar knows which.
	tree, err := parser().ParseExpr(name + " = " + name)
	comparison, ok := tree.(*sqlparser.ComparisonExpr)
	return err == nil && ok && isColumn(comparison.Left) && isColumn(comparison.Right)
}

func isColumn(expr sqlparser.Expr) bool {
	_, ok := expr.(*sqlparser.ColName)
	return ok
}

// isWordByte reports whether a byte can belong to a word. Letters beyond ASCII
// need backticks, but are typed without.
func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// isPrintable reports whether a text can stand in an expression as it is: it is
// UTF-8 and has no control characters.
func isPrintable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}
