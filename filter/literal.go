package filter

import "vtscope/stream"

// literal writes a present value so that MySQL, and a filter, read the same
// value back.
func literal(c *stream.Column, raw []byte) string {
	value := string(c.AppendOperand(nil, raw))
	if c.Class == stream.ClassJSON {
		return "cast(" + value + " as json)"
	}
	return value
}

// textLiteral writes text as SQL.
func textLiteral(text string) string { return string(stream.AppendTextLiteral(nil, []byte(text))) }
