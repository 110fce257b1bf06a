package filter

import (
	"vitess.io/vitess/go/vt/sqlparser"
)

// documentSize is how many bytes of memory a document takes for each of its
// text: one such as [1,1,1] takes that many, most take a tenth.
const documentSize = 128

// jsonSize is that of the JSON functions.
func jsonSize(c *checker, call *call) size {
	c.limits.json = true
	for _, path := range pathsOf(call.node) {
		c.path(call.at, path)
	}
	switch e := call.node.(type) {
	case *sqlparser.JSONContainsPathExpr:
		if _, ok := textOf(e.OneOrAll); !ok {
			c.refuse(call.at, "the second argument of json_contains_path is 'one' or 'all'", call.fn.signature)
		}
		c.try(withDocument(e), call.at, call.fn.signature)
	case *sqlparser.JSONRemoveExpr:
		c.try(withDocument(e), call.at, call.fn.signature)
	}
	for i, arg := range call.args {
		if !isDocument(arg) {
			c.total = c.total.plus(call.sizes[i].times(documentSize))
		}
	}
	return sum(call.sizes).times(2).plus(size{fixed: 16 * int64(len(call.args))})
}

// isDocument reports whether a function has already read a document.
func isDocument(e sqlparser.Expr) bool {
	switch e.(type) {
	case *sqlparser.JSONExtractExpr, *sqlparser.JSONUnquoteExpr, *sqlparser.JSONKeysExpr, *sqlparser.JSONRemoveExpr:
		return true
	}
	return false
}

// pathsOf gives the paths among the arguments of a JSON function.
func pathsOf(e sqlparser.Expr) []sqlparser.Expr {
	switch e := e.(type) {
	case *sqlparser.JSONExtractExpr:
		return e.PathList
	case *sqlparser.JSONContainsPathExpr:
		return e.PathList
	case *sqlparser.JSONRemoveExpr:
		return e.PathList
	case *sqlparser.JSONKeysExpr:
		if e.Path != nil {
			return []sqlparser.Expr{e.Path}
		}
	case *sqlparser.JSONAttributesExpr:
		if e.Path != nil {
			return []sqlparser.Expr{e.Path}
		}
	}
	return nil
}

// withDocument gives a JSON function's call with an empty document.
func withDocument(e sqlparser.Expr) sqlparser.Expr {
	document := sqlparser.NewStrLiteral("{}")
	switch e := e.(type) {
	case *sqlparser.JSONContainsPathExpr:
		return &sqlparser.JSONContainsPathExpr{JSONDoc: document, OneOrAll: e.OneOrAll, PathList: e.PathList}
	case *sqlparser.JSONRemoveExpr:
		return &sqlparser.JSONRemoveExpr{JSONDoc: document, PathList: e.PathList}
	}
	return e
}
