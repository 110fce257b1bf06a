package filter

import (
	"strings"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/colldata"
	"vitess.io/vitess/go/sqltypes"
	"vitess.io/vitess/go/vt/vtgate/evalengine"

	"vtscope/stream"
)

// A conversion makes of a value as VTGate sends it what the evaluation engine
// reads. Most columns need none: their bytes are handed over without a copy.
type conversion func(c *stream.Column, dst, raw []byte) []byte

// engineType says as what the evaluation engine sees a column, and how its
// values are converted; nil is not at all. Every column may be NULL, because an
// image may be missing.
func engineType(c *stream.Column) (sqltypes.Type, evalengine.Type, conversion) {
	typed := func(t sqltypes.Type, convert conversion) (sqltypes.Type, evalengine.Type, conversion) {
		return t, evalengine.NewType(t, collations.CollationBinaryID), convert
	}
	switch c.Class {
	case stream.ClassInteger:
		return typed(c.Type, nil)
	case stream.ClassBit:
		return typed(sqltypes.Uint64, asText)
	case stream.ClassFloat:
		if c.Type == sqltypes.Float32 {
			return typed(sqltypes.Float64, asDouble)
		}
		return typed(sqltypes.Float64, nil)
	case stream.ClassDecimal, stream.ClassTemporal:
		size := int32(c.Decimals)
		scale := int32(0)
		if c.Class == stream.ClassDecimal {
			size, scale = int32(c.Length), int32(c.Decimals)
		}
		return c.Type, evalengine.NewTypeEx(c.Type, collations.CollationBinaryID, true, size, scale, nil), nil
	case stream.ClassJSON:
		return typed(sqltypes.TypeJSON, nil)
	case stream.ClassText:
		return textType(c)
	}
	return typed(sqltypes.VarBinary, nil)
}

// textType is engineType for text.
func textType(c *stream.Column) (sqltypes.Type, evalengine.Type, conversion) {
	members := c.Members()
	switch {
	case members != nil && isEnum(c):
		// The engine has its index wrong, and compares it under no collation.
		return sqltypes.VarChar, evalengine.NewTypeEx(sqltypes.VarChar, utf8Collation(c), true, 0, 0, nil), asText
	case members != nil:
		quoted := make(evalengine.EnumSetValues, len(members))
		for i, name := range members {
			quoted[i] = sqltypes.EncodeStringSQL(name)
		}
		return sqltypes.Set, evalengine.NewTypeEx(sqltypes.Set, utf8Collation(c), true, 0, 0, &quoted), asText
	}
	collation := collationOf(c)
	var convert conversion
	if !isComparable(collations.ID(c.Collation)) && !c.IsUTF8() {
		convert = asText
	}
	return sqltypes.VarChar, evalengine.NewTypeEx(sqltypes.VarChar, collation, true, 0, 0, nil), convert
}

// collationOf is the collation under which a column's text compares.
func collationOf(c *stream.Column) collations.ID {
	if id := collations.ID(c.Collation); isComparable(id) {
		return id
	}
	return utf8Collation(c)
}

// isEnum tells an ENUM from a SET.
func isEnum(c *stream.Column) bool {
	return len(c.SQLType) >= 4 && strings.EqualFold(c.SQLType[:4], "enum")
}

// isComparable reports whether Vitess can compare under a collation.
func isComparable(id collations.ID) bool {
	return id != collations.Unknown && id != collations.CollationBinaryID && colldata.Lookup(id) != nil
}

// utf8Collation is the collation under which text compares once it is
// converted to UTF-8.
func utf8Collation(c *stream.Column) collations.ID {
	name := environment().CollationEnv().LookupName(collations.ID(c.Collation))
	if strings.HasPrefix(name, "utf8mb4_") && isComparable(collations.ID(c.Collation)) {
		return collations.ID(c.Collation)
	}
	if strings.HasSuffix(name, "_bin") {
		return collations.CollationUtf8mb4BinID
	}
	return textCollation
}

// asText converts to what MySQL prints, in UTF-8; asDouble, a FLOAT.
var (
	asText   conversion = (*stream.Column).AppendText
	asDouble conversion = (*stream.Column).AppendDouble
)
