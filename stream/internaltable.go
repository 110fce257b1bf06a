package stream

import "regexp"

// internalTable are the names of the tables that schema changes work on beside
// the table itself: those of Vitess (go/vt/schema/name.go, online_ddl.go), of
// gh-ost and of pt-online-schema-change.
var internalTable = regexp.MustCompile(`^(?i:_vt_.*|_.+_(gho|ghc|del|vrepl)|_+.+_(new|old))$`)

// IsInternalTable reports whether a table of that name belongs to a schema
// change. Tablets send its DDL, and none of its rows.
func IsInternalTable(name string) bool { return internalTable.MatchString(name) }
