package stream

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitess.io/vitess/go/vt/proto/query"
)

// hasMembers reports whether the column is an ENUM or a SET.
func (c *Column) hasMembers() bool {
	return c.Type == query.Type_ENUM || c.Type == query.Type_SET
}

// Members gives the names that an ENUM or a SET can hold, in their order; nil
// for other columns, and where VTGate did not say.
func (c *Column) Members() []string {
	if !c.hasMembers() {
		return nil
	}
	return memberNames(c.SQLType)
}

// appendMemberText prints the members of an ENUM or a SET that came as text.
// The copy sends them in the column's character set, the binlog in UTF-8, and
// nothing says which it is; the SQL type, in UTF-8, names the members, and
// tells. Bytes that could be either are taken for UTF-8.
func appendMemberText(dst []byte, c *Column, raw []byte) []byte {
	if areMembers(c, raw) {
		return append(dst, raw...)
	}
	if c.text != nil {
		start := len(dst)
		if dst = c.text(dst, raw); areMembers(c, dst[start:]) || !utf8.Valid(raw) {
			return dst
		}
		return append(dst[:start], raw...)
	}
	if c.Collation == 0 && !utf8.Valid(raw) {
		for _, name := range UnnumberedCharsets() {
			if text := unnumbered[name](nil, raw); areMembers(c, text) {
				return append(dst, text...)
			}
		}
	}
	return append(dst, raw...)
}

// areMembers reports whether the SQL type names the text, for a SET all parts
// of it. The empty text is no member and the value of every one.
func areMembers(c *Column, text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if c.Type == query.Type_ENUM {
		return isMember(c.SQLType, text)
	}
	for len(text) > 0 {
		var part []byte
		part, text, _ = bytes.Cut(text, []byte{','})
		if !isMember(c.SQLType, part) {
			return false
		}
	}
	return true
}

// isMember reports whether a SQL type names a member.
func isMember(sqlType string, name []byte) bool {
	for at := strings.IndexByte(sqlType, '\''); at >= 0; {
		rest, same := matchQuoted(sqlType[at+1:], name)
		if same {
			return true
		}
		if rest = strings.TrimPrefix(rest, ","); rest == "" || rest[0] != '\'' {
			return false
		}
		sqlType, at = rest, 0
	}
	return false
}

// matchQuoted compares a quoted word, after its first quote, with a name, and
// gives what follows the word.
func matchQuoted(s string, name []byte) (rest string, same bool) {
	same = true
	n := 0
	for len(s) > 0 {
		c, width := quotedByte(s)
		s = s[width:]
		if c < 0 {
			break
		}
		same = same && n < len(name) && name[n] == byte(c)
		n++
	}
	return s, same && n == len(name)
}

// endOfQuoted is what quotedByte gives for the closing quote.
const endOfQuoted = -1

// quotedByte reads one byte of a quoted word as MySQL prints the types of
// columns: two quotes stand for one, and a backslash escapes.
func quotedByte(s string) (c, width int) {
	if s[0] != '\'' && s[0] != '\\' || len(s) == 1 {
		if s[0] == '\'' {
			return endOfQuoted, 1
		}
		return int(s[0]), 1
	}
	switch {
	case s[0] == '\'' && s[1] == '\'':
		return '\'', 2
	case s[0] == '\'':
		return endOfQuoted, 1
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case '0':
		return 0, 2
	}
	return int(s[1]), 2
}

// appendMembers prints an ENUM's index or a SET's bitmap by the members' names,
// for VTGates that send numbers (before v20). What is no number prints as it is.
func appendMembers(dst []byte, c *Column, raw []byte) []byte {
	number, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil {
		return append(dst, raw...)
	}
	if !strings.HasPrefix(strings.ToLower(c.SQLType), "set") {
		if number == 0 || number > uint64(len(c.names)) {
			return dst // index 0 is the empty string of an invalid value
		}
		return append(dst, c.names[number-1]...)
	}
	start := len(dst)
	for i, name := range c.names {
		if number&(1<<i) != 0 {
			if len(dst) > start {
				dst = append(dst, ',')
			}
			dst = append(dst, name...)
		}
	}
	return dst
}

// memberNames takes the names out of "enum('a','b')" or "set(…)", nil where
// the SQL type is neither.
func memberNames(sqlType string) []string {
	open := strings.IndexByte(sqlType, '(')
	if open < 0 || !strings.HasSuffix(sqlType, ")") {
		return nil
	}
	list := sqlType[open+1 : len(sqlType)-1]
	var names []string
	for len(list) > 0 && list[0] == '\'' {
		var name []byte
		list = list[1:]
		for len(list) > 0 {
			c, width := quotedByte(list)
			list = list[width:]
			if c == endOfQuoted {
				break
			}
			name = append(name, byte(c))
		}
		names = append(names, string(name))
		list = strings.TrimPrefix(list, ",")
	}
	return names
}
