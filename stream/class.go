package stream

import (
	"strings"

	"vitess.io/vitess/go/vt/proto/query"
)

// Class says how a column's values read and print.
type Class uint8

// The classes of columns.
const (
	ClassBinary   Class = iota // bytes: BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR
	ClassInteger               // integers and YEAR, as decimal text
	ClassFloat                 // FLOAT and DOUBLE
	ClassDecimal               // DECIMAL, exact text
	ClassText                  // CHAR, VARCHAR, TEXT, ENUM, SET
	ClassTemporal              // DATE, TIME, DATETIME, TIMESTAMP
	ClassJSON                  // JSON
	ClassBit                   // BIT, big-endian bytes
)

const (
	binaryCollation = 63
	flagZerofill    = 64 // of query.Field.flags
)

// classOf tells a column's class. A text column with a _bin collation has a
// binary type, so the collation and the SQL type decide (go/vt/vttablet/
// tabletserver/vstreamer sends the collation's id as Field.charset).
func classOf(f *query.Field) Class {
	switch f.Type {
	case query.Type_INT8, query.Type_INT16, query.Type_INT24, query.Type_INT32, query.Type_INT64,
		query.Type_UINT8, query.Type_UINT16, query.Type_UINT24, query.Type_UINT32, query.Type_UINT64,
		query.Type_YEAR:
		return ClassInteger
	case query.Type_FLOAT32, query.Type_FLOAT64:
		return ClassFloat
	case query.Type_DECIMAL:
		return ClassDecimal
	case query.Type_DATE, query.Type_TIME, query.Type_DATETIME, query.Type_TIMESTAMP:
		return ClassTemporal
	case query.Type_JSON:
		return ClassJSON
	case query.Type_BIT:
		return ClassBit
	case query.Type_ENUM, query.Type_SET, query.Type_TEXT, query.Type_VARCHAR, query.Type_CHAR:
		return ClassText
	case query.Type_BLOB, query.Type_VARBINARY, query.Type_BINARY:
		if isTextType(f.ColumnType) || f.ColumnType == "" && f.Charset != 0 && f.Charset != binaryCollation {
			return ClassText
		}
	}
	return ClassBinary
}

// isTextType reports whether a SQL type as information_schema prints it is text.
func isTextType(sqlType string) bool {
	name, _, _ := strings.Cut(strings.ToLower(sqlType), "(")
	name, _, _ = strings.Cut(name, " ")
	switch name {
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set":
		return true
	}
	return false
}

// omittable reports whether binlog_row_image=NOBLOB leaves the column out of a
// before image: BLOB, TEXT, JSON and GEOMETRY outside of the primary key.
func (c *Column) omittable() bool {
	if c.IsKey() {
		return false
	}
	switch c.Type {
	case query.Type_BLOB, query.Type_TEXT, query.Type_JSON, query.Type_GEOMETRY, query.Type_VECTOR:
		return true
	}
	return false
}
