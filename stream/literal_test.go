package stream_test

import (
	"testing"

	"vtscope/stream"

	"vitess.io/vitess/go/vt/proto/query"
)

func TestLiterals(t *testing.T) {
	text := stream.Column{Type: query.Type_VARCHAR, Class: stream.ClassText, Collation: 255}
	for _, test := range []struct {
		column stream.Column
		raw    string
		want   string
	}{
		{text, "", "''"},
		{text, "it's \"a\" \\ %_ \\% \x00\b\n\r\t\x1a", `'it\'s "a" \\ %_ \\% \0\b\n\r\t\Z'`},
		{text, "Grüße 大 😀 نام\u200cها", "'Grüße 大 😀 نام\u200cها'"},
		{text, "\x1b[31m", "_utf8mb4 x'1b5b33316d'"},
		{text, "a\u202eb'", "_utf8mb4 x'61e280ae6227'"},
		{text, "\u0085", "_utf8mb4 x'c285'"},
		{text, "\x1b\xff", "x'1bff'"},
		{text, "'\xff", "x'27ff'"},
		{stream.Column{Class: stream.ClassBinary}, "\x00\xff'", "x'00ff27'"},
		{stream.Column{Class: stream.ClassBinary}, "", "x''"},
		{stream.Column{Class: stream.ClassInteger}, "-42", "-42"},
		{stream.Column{Class: stream.ClassInteger}, "1;drop table t", "'1;drop table t'"},
		{stream.Column{Class: stream.ClassInteger}, "", "''"},
		{stream.Column{Class: stream.ClassInteger}, "-", "'-'"},
		{stream.Column{Class: stream.ClassDecimal}, "-0.0000000001", "-0.0000000001"},
		{stream.Column{Class: stream.ClassBit}, "\x01\xff", "511"},
		{stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT32}, "1.1E+00", "1.1"},
		{stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT32}, "3.4028235E+38", "3.4028235e38"},
		{stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT64}, "-1.5E-07", "-0.00000015"},
		{stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT64}, "-0E+00", "-0e0"},
		{stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT32}, "-0", "-0e0"},
		{stream.Column{Class: stream.ClassTemporal, Type: query.Type_TIME}, "-838:59:59", "'-838:59:59'"},
		{stream.Column{Class: stream.ClassJSON, Type: query.Type_JSON}, `{"b": "it's", "a": 1}`, `'{"a": 1, "b": "it\'s"}'`},
	} {
		const before = "x = "
		if got := string(test.column.AppendLiteral([]byte(before), []byte(test.raw))); got != before+test.want {
			t.Errorf("%q as %v: %s, want %s", test.raw, test.column.Class, got, before+test.want)
		}
	}
}

// TestFloatOperands have the digits of the double that a FLOAT is in a comparison.
func TestFloatOperands(t *testing.T) {
	column := stream.Column{Class: stream.ClassFloat, Type: query.Type_FLOAT32}
	for raw, want := range map[string]string{
		"1.1E+00": "1.100000023841858", "3.4028235E+38": "3.4028234663852886e+38", "-0.5": "-0.5", "x": "'x'",
	} {
		if got := string(column.AppendOperand([]byte("f = "), []byte(raw))); got != "f = "+want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
}
