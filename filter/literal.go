package filter

import (
	"encoding/hex"
	"regexp"

	"vitess.io/vitess/go/sqltypes"

	"vtscope/stream"
)

// literal writes a present value so that MySQL, and a filter, read the same
// value back.
func literal(c *stream.Column, raw []byte) string {
	switch c.Class {
	case stream.ClassBinary:
		return hexLiteral(raw)
	case stream.ClassJSON:
		return "cast(" + textLiteral(string(c.AppendText(nil, raw))) + " as json)"
	case stream.ClassInteger, stream.ClassDecimal, stream.ClassFloat, stream.ClassBit:
		text := c.AppendText(nil, raw)
		if c.Type == sqltypes.Float32 {
			text = asDouble(c, nil, raw)
		}
		// What a stream calls a number need not be one.
		if bareNumber.Match(text) {
			return string(text)
		}
		return textLiteral(string(text))
	}
	return textLiteral(string(c.AppendText(nil, raw)))
}

// bareNumber is what an expression may hold as a bare number.
var bareNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$`)

// hexLiteral writes bytes as SQL.
func hexLiteral(b []byte) string { return "x'" + hex.EncodeToString(b) + "'" }
