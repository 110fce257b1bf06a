package filter

import (
	"strconv"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/charset"
	"vitess.io/vitess/go/mysql/collations/colldata"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// differs says why VTTablet compares a column otherwise than MySQL does, ""
// where it does not. VTTablet hands values as the binlog's decoder gives them
// (go/mysql/binlog/rbr.go) to evalengine.NullsafeCompare.
func (c *comparison) differs(column *stream.Column) string {
	for _, value := range c.values {
		if reason := differsFrom(column, value); reason != "" {
			return column.Name + " is " + typeName(column) + ", which VStream's rules " + reason
		}
	}
	return ""
}

// differsFrom says what VTTablet does where it compares a column with a literal
// otherwise than MySQL, "" where it does not.
func differsFrom(column *stream.Column, value *sqlparser.Literal) string {
	isBits := value.Type == sqlparser.HexVal || value.Type == sqlparser.HexNum || value.Type == sqlparser.BitNum
	switch {
	case column.Class == stream.ClassBinary && sqltypes.IsBinary(column.Type):
		return ""
	case column.Class == stream.ClassBinary: // GEOMETRY, VECTOR
		return "compare as numbers"
	case column.Class == stream.ClassJSON:
		return "cannot compare: they end the stream"
	case column.Class == stream.ClassBit:
		return "compare as bytes"
	case isBits:
		return "cannot compare with " + sqlparser.String(value)
	case column.Class == stream.ClassText:
		return differsInText(column, value)
	case column.Type == sqltypes.Year, column.Class == stream.ClassTemporal && value.Type != sqlparser.StrVal:
		return "compare as a number"
	case column.Class == stream.ClassTemporal && !isTime(value.Val, column.Type):
		return "compare as text"
	case column.Type == sqltypes.Time && value.Type == sqlparser.StrVal:
		return "compare as text"
	case column.Type == sqltypes.Float32 && !isFloat32(value.Val):
		return "compare by the digits that it prints with"
	}
	return ""
}

// isTime reports whether both sides read a text as the same time.
func isTime(text string, typ sqltypes.Type) bool {
	read, ok := readAs(text, typ)
	return ok && read == text
}

// isFloat32 reports whether a number is the same in single precision.
func isFloat32(text string) bool {
	number, err := strconv.ParseFloat(text, 64)
	return err == nil && float64(float32(number)) == number
}

// differsInText is differsFrom for text. Literals are in UTF-8, and the binlog
// has text in the column's own character set.
func differsInText(column *stream.Column, value *sqlparser.Literal) string {
	id := collations.ID(column.Collation)
	switch {
	case !isComparable(id):
		return "cannot compare: they end the stream at its collation"
	case column.Type == sqltypes.Text:
		return "compare byte by byte"
	case value.Type != sqlparser.StrVal && column.Members() != nil:
		return "compare by the names of its members only"
	case value.Type == sqlparser.StrVal && column.Members() == nil:
		text, err := charset.Convert(nil, colldata.Lookup(id).Charset(), []byte(value.Val), charset.Charset_utf8mb4{})
		if err != nil || string(text) != value.Val {
			return "compare in its character set, without converting " + sqlparser.String(value) + " to it"
		}
	}
	return ""
}
