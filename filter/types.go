package filter

import (
	"fmt"
	"strconv"
	"strings"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/colldata"
	"vitess.io/vitess/go/vt/sqlparser"

	"vtscope/stream"
)

// literal goes over a literal. The engine reads all but texts and common
// integers here, so that its error has a place.
func (c *checker) literal(lit *sqlparser.Literal) size {
	s := size{fixed: int64(len(lit.Val))}
	hint := ""
	switch lit.Type {
	case sqlparser.StrVal:
		return s
	case sqlparser.IntVal:
		if len(lit.Val) < 19 {
			return s
		}
	case sqlparser.HexVal, sqlparser.HexNum, sqlparser.BitNum:
		c.raw = true
	case sqlparser.DateVal:
		hint = "a date is written DATE'2026-01-31'"
	case sqlparser.TimeVal:
		hint = "a time is written TIME'23:59:59'"
	case sqlparser.TimestampVal:
		hint = "a date with a time is written TIMESTAMP'2026-01-31 23:59:59'"
	}
	c.try(lit, c.literalSpot(lit.Val, c.whole), hint)
	return s
}

// introducer goes over a text with its character set, as in _latin1 x'e4'.
func (c *checker) introducer(e *sqlparser.IntroducerExpr) size {
	name := strings.TrimPrefix(strings.ToLower(e.CharacterSet), "_")
	c.charset(name, c.word(e.CharacterSet))
	if _, ok := e.Expr.(*sqlparser.Literal); !ok {
		c.refuse(c.word(e.CharacterSet), "a text in quotes has to follow "+e.CharacterSet, "")
	}
	return c.expr(e.Expr).times(4)
}

// charset allows a character set that Vitess has.
func (c *checker) charset(name string, at spot) {
	if name == "" || strings.EqualFold(name, "binary") {
		return
	}
	if environment().CollationEnv().DefaultCollationForCharset(strings.ToLower(name)) == collations.Unknown {
		c.refuse(at, "Vitess knows no character set "+name, "")
	}
}

// collate goes over x COLLATE name.
func (c *checker) collate(e *sqlparser.CollateExpr) size {
	env := environment().CollationEnv()
	id := env.LookupByName(strings.ToLower(e.Collation))
	if id == collations.Unknown || colldata.Lookup(id) == nil {
		var names []string
		for _, known := range env.AllCollationIDs() {
			names = append(names, env.LookupName(known))
		}
		hint := ""
		if near := stream.Nearest(e.Collation, names); near != "" && near != e.Collation {
			hint = "did you mean " + near + "?"
		}
		c.refuse(c.word(e.Collation), "Vitess knows no collation "+e.Collation, hint)
	}
	return c.expr(e.Expr)
}

// castTypes are those that the engine converts to.
var castTypes = map[string]bool{
	"BINARY": true, "CHAR": true, "NCHAR": true, "DOUBLE": true, "REAL": true, "DECIMAL": true, "JSON": true, "DATE": true,
	"DATETIME": true, "TIME": true, "SIGNED": true, "SIGNED INTEGER": true, "UNSIGNED": true, "UNSIGNED INTEGER": true,
}

// castSize is that of CAST and CONVERT.
func castSize(c *checker, call *call) size {
	s := call.arg(0)
	var to *sqlparser.ConvertType
	switch e := call.node.(type) {
	case *sqlparser.ConvertUsingExpr:
		c.charset(e.Type, c.word(e.Type))
		return s.times(4)
	case *sqlparser.CastExpr:
		to = e.Type
	case *sqlparser.ConvertExpr:
		to = e.Type
	}
	name := strings.ToUpper(to.Type)
	if !castTypes[name] {
		c.refuse(c.word(to.Type), "values cannot be converted to "+name+" here", "the types are CHAR, BINARY, SIGNED, UNSIGNED, DECIMAL, DOUBLE, DATE, TIME, DATETIME, JSON")
		return size{}
	}
	c.charset(to.Charset.Name, c.word(to.Charset.Name))
	length, scale := valueOf(to.Length), valueOf(to.Scale)
	switch name {
	case "BINARY", "CHAR", "NCHAR":
		c.raw = c.raw || name == "BINARY"
		c.length(call, length, maxConstant)
		return s.times(4).plus(size{fixed: length})
	case "JSON":
		return jsonSize(c, call)
	case "DECIMAL":
		c.length(call, length, 65)
		c.length(call, scale, 30)
		if to.Scale != nil && scale > length {
			c.refuse(call.at, fmt.Sprintf("DECIMAL(%d, %d) has more digits after the point than digits", length, scale), "")
		}
		c.work(call.name, call.at, func(read int64) float64 { return float64(s.of(read)) * float64(s.of(read)) / 16 })
	case "DATETIME", "TIME":
		c.length(call, length, 6)
	}
	return size{fixed: 400}
}

func valueOf(n *int) int64 {
	if n == nil {
		return 0
	}
	return int64(*n)
}

// length bounds the number in CHAR(n) and its kin.
func (c *checker) length(call *call, n, most int64) {
	if n < 0 || n > most {
		at := c.literalSpot(strconv.FormatInt(n, 10), call.at)
		c.refuse(at, call.name+" takes at most "+strconv.FormatInt(most, 10)+" here", "")
	}
}

// weightSize is that of WEIGHT_STRING.
func weightSize(c *checker, call *call) size {
	c.raw = true
	length := int64(0)
	if e, ok := call.node.(*sqlparser.WeightStringFuncExpr); ok && e.As != nil {
		length = valueOf(e.As.Length)
		c.length(call, length, maxConstant/16)
	}
	return call.arg(0).times(16).plus(size{fixed: 16 * length})
}

// count gives an argument that has to be a number written out.
func (c *checker) count(call *call, i int) int64 {
	if i < len(call.args) {
		arg, sign := call.args[i], int64(1)
		if minus, ok := arg.(*sqlparser.UnaryExpr); ok && minus.Operator == sqlparser.UMinusOp {
			arg, sign = minus.Expr, -1
		}
		if lit, ok := arg.(*sqlparser.Literal); ok && lit.Type == sqlparser.IntVal {
			n, err := strconv.ParseInt(lit.Val, 10, 32)
			if err != nil || n > maxConstant {
				c.refuse(c.literalSpot(lit.Val, call.at), call.name+" takes at most "+strconv.Itoa(maxConstant)+" here", "")
			}
			return max(sign*n, 0)
		}
	}
	example := strings.NewReplacer("count", "10", "length", "10").Replace(call.fn.signature)
	c.refuse(call.at, call.name+" needs a number that is written out", "as in "+example)
	return 0
}
