package demo

import (
	"strconv"
	"strings"
	"unicode/utf8"

	querypb "vitess.io/vitess/go/vt/proto/query"
)

// MySQL's column flags, as they travel in a Field.
const (
	flagNotNull   = 1
	flagPrimary   = 2
	flagMultiple  = 8
	flagBlob      = 16
	flagUnsigned  = 32
	flagZerofill  = 64
	flagBinary    = 128
	flagEnum      = 256
	flagAutoTime  = 1024
	flagSet       = 2048
	flagNoDefault = 4096
	flagOnUpdate  = 8192
	flagPartKey   = 16384
	flagNumber    = 32768
)

// Collation ids.
const (
	latin1Swedish = 8
	utf8mb4Bin    = 46
	binaryCharset = 63
	utf8mb4AI     = 255
)

// collationNames are those names, as information_schema spells them.
var collationNames = map[uint32]string{
	latin1Swedish: "latin1_swedish_ci", utf8mb4Bin: "utf8mb4_bin", utf8mb4AI: "utf8mb4_0900_ai_ci",
}

// column is a column as its CREATE TABLE has it.
type column struct {
	name      string
	ctype     string // column_type of information_schema
	collation uint32 // of text; 0 is utf8mb4_0900_ai_ci
	notNull   bool
	primary   bool
	index     bool
	value     string // its default, "" if none
}

// base is the type's name without length and attributes, and what stands in its parentheses.
func (c column) base() (name, args string) {
	name, rest, _ := strings.Cut(c.ctype, "(")
	if rest == "" {
		name, _, _ = strings.Cut(c.ctype, " ")
		return name, ""
	}
	return name, rest[:strings.LastIndex(rest, ")")]
}

func (c column) unsigned() bool { return strings.Contains(c.ctype, "unsigned") }

// integers holds type, display width signed and unsigned.
var integers = map[string]struct {
	signed, unsigned querypb.Type
	width, uwidth    uint32
}{
	"tinyint":   {querypb.Type_INT8, querypb.Type_UINT8, 4, 3},
	"smallint":  {querypb.Type_INT16, querypb.Type_UINT16, 6, 5},
	"mediumint": {querypb.Type_INT24, querypb.Type_UINT24, 9, 8},
	"int":       {querypb.Type_INT32, querypb.Type_UINT32, 11, 10},
	"bigint":    {querypb.Type_INT64, querypb.Type_UINT64, 20, 20},
}

// field is the column as a FIELD event describes it.
func (c column) field(table, database string) *querypb.Field {
	f := &querypb.Field{
		Name: c.name, Table: table, OrgTable: table, Database: database, OrgName: c.name,
		Charset: binaryCharset, ColumnType: c.ctype,
	}
	if c.notNull {
		f.Flags |= flagNotNull
		if c.value == "" {
			f.Flags |= flagNoDefault
		}
	}
	if c.primary {
		f.Flags |= flagPrimary | flagPartKey
	} else if c.index {
		f.Flags |= flagMultiple | flagPartKey
	}
	name, args := c.base()
	switch {
	case c.numeric(f, name, args), c.temporal(f, name, args), c.binary(f, name, args):
	default:
		c.textual(f, name, args)
	}
	return f
}

func (c column) numeric(f *querypb.Field, name, args string) bool {
	if t, ok := integers[name]; ok {
		f.Type, f.ColumnLength = t.signed, t.width
		if c.unsigned() {
			f.Type, f.ColumnLength = t.unsigned, t.uwidth
		}
		if n, err := strconv.Atoi(args); err == nil {
			f.ColumnLength = uint32(n)
		}
	} else {
		switch name {
		case "decimal":
			precision, scale, _ := strings.Cut(args, ",")
			p, _ := strconv.Atoi(precision)
			s, _ := strconv.Atoi(scale)
			f.Type, f.ColumnLength, f.Decimals = querypb.Type_DECIMAL, uint32(p)+2, uint32(s)
			if c.unsigned() {
				f.ColumnLength--
			}
		case "float":
			f.Type, f.ColumnLength, f.Decimals = querypb.Type_FLOAT32, 12, 31
		case "double":
			f.Type, f.ColumnLength, f.Decimals = querypb.Type_FLOAT64, 22, 31
		case "year":
			f.Type, f.ColumnLength = querypb.Type_YEAR, 4
			f.Flags |= flagUnsigned | flagZerofill
		default:
			return false
		}
	}
	f.Flags |= flagNumber
	if c.unsigned() {
		f.Flags |= flagUnsigned
	}
	return true
}

func (c column) temporal(f *querypb.Field, name, args string) bool {
	switch name {
	case "date":
		f.Type, f.ColumnLength = querypb.Type_DATE, 10
	case "datetime":
		f.Type, f.ColumnLength = querypb.Type_DATETIME, 19
	case "timestamp":
		f.Type, f.ColumnLength = querypb.Type_TIMESTAMP, 19
		if strings.Contains(c.value, "on update") {
			f.Flags |= flagOnUpdate | flagAutoTime
		}
	case "time":
		f.Type, f.ColumnLength = querypb.Type_TIME, 10
	default:
		return false
	}
	f.Flags |= flagBinary
	if n, err := strconv.Atoi(args); err == nil && n > 0 {
		f.Decimals = uint32(n)
		f.ColumnLength += uint32(n) + 1
	}
	return true
}

func (c column) binary(f *querypb.Field, name, args string) bool {
	n, _ := strconv.Atoi(args)
	switch name {
	case "bit":
		f.Type, f.ColumnLength = querypb.Type_BIT, uint32(n)
		f.Flags |= flagUnsigned
		return true
	case "binary":
		f.Type, f.ColumnLength = querypb.Type_BINARY, uint32(n)
	case "varbinary":
		f.Type, f.ColumnLength = querypb.Type_VARBINARY, uint32(n)
	case "blob":
		f.Type, f.ColumnLength = querypb.Type_BLOB, 65535
		f.Flags |= flagBlob
	case "json":
		f.Type, f.ColumnLength = querypb.Type_JSON, 4294967295
		f.Flags |= flagBlob
	default:
		return false
	}
	f.Flags |= flagBinary
	return true
}

// textual fills in the character types. Lengths are those of utf8mb4, the
// connection's character set, whatever the column's own is; a binary collation
// turns the type into its binary sister.
func (c column) textual(f *querypb.Field, name, args string) {
	n, _ := strconv.Atoi(args)
	f.Charset = c.charset()
	f.ColumnLength = uint32(4 * n)
	switch name {
	case "char":
		f.Type = querypb.Type_CHAR
	case "varchar":
		f.Type = querypb.Type_VARCHAR
	case "text":
		f.Type, f.ColumnLength = querypb.Type_TEXT, 4*65535
		f.Flags |= flagBlob
	case "enum", "set":
		longest, total := 0, -1
		for v := range strings.SplitSeq(args, ",") {
			w := utf8.RuneCountInString(v) - 2
			longest, total = max(longest, w), total+w+1
		}
		f.Type, f.ColumnLength = querypb.Type_ENUM, uint32(4*longest)
		f.Flags |= flagEnum
		if name == "set" {
			f.Type, f.ColumnLength = querypb.Type_SET, uint32(4*total)
			f.Flags ^= flagEnum | flagSet
		}
		return
	}
	if f.Charset == utf8mb4Bin {
		f.Flags |= flagBinary
		f.Type = map[querypb.Type]querypb.Type{
			querypb.Type_CHAR: querypb.Type_BINARY, querypb.Type_VARCHAR: querypb.Type_VARBINARY, querypb.Type_TEXT: querypb.Type_BLOB,
		}[f.Type]
	}
}

// charset is the collation id of a character column.
func (c column) charset() uint32 {
	if c.collation == 0 {
		return utf8mb4AI
	}
	return c.collation
}
