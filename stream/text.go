package stream

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/charset"
	"vitess.io/vitess/go/mysql/collations/colldata"
)

// AppendText appends a present value as MySQL prints it, text as UTF-8, and
// the bytes themselves for ClassBinary. Values that are equal print equally
// whether they came from the copy or from the binlog.
func (c *Column) AppendText(dst, raw []byte) []byte {
	switch c.Class {
	case ClassFloat:
		start := len(dst)
		return c.fillZeros(appendFloat(dst, c, raw), start)
	case ClassInteger, ClassDecimal:
		start := len(dst)
		return c.fillZeros(append(dst, raw...), start)
	case ClassBit:
		return appendBits(dst, raw)
	case ClassText:
		if c.names != nil {
			return appendMembers(dst, c, raw)
		}
		if c.text != nil {
			return c.text(dst, raw)
		}
	}
	return append(dst, raw...)
}

// IsUTF8 reports whether present values of the column are UTF-8 text as they
// come, so that AppendText would only copy them.
func (c *Column) IsUTF8() bool {
	return c.Class == ClassTemporal || c.Class == ClassText && c.names == nil && c.text == nil
}

// A decoder appends text of some character set to dst as UTF-8.
type decoder func(dst, raw []byte) []byte

// environment names collations that Vitess does not implement.
var environment = collations.MySQL8()

// decoderFor gives the decoder of a collation's character set, nil where the
// bytes are UTF-8 already or the character set is not known.
func decoderFor(collation uint32) decoder {
	id := collations.ID(collation)
	if found := colldata.Lookup(id); found != nil {
		switch set := found.Charset().(type) {
		case charset.Charset_utf8mb3, charset.Charset_utf8mb4, charset.Charset_binary:
			return nil
		default:
			return decodeRunes(set)
		}
	}
	switch environment.LookupCharsetName(id) {
	case "gbk":
		return decodeWith(simplifiedchinese.GBK)
	case "big5":
		return decodeWith(traditionalchinese.Big5)
	}
	return nil
}

func decodeRunes(set charset.Charset) decoder {
	return func(dst, raw []byte) []byte {
		for len(raw) > 0 {
			r, width := set.DecodeRune(raw)
			dst = utf8.AppendRune(dst, r)
			raw = raw[min(max(width, 1), len(raw)):]
		}
		return dst
	}
}

func decodeWith(set encoding.Encoding) decoder {
	return func(dst, raw []byte) []byte {
		text, err := set.NewDecoder().Bytes(raw)
		if err != nil {
			return append(dst, raw...)
		}
		return append(dst, text...)
	}
}

// appendBits appends a BIT value, big-endian bytes, as a decimal number.
func appendBits(dst, raw []byte) []byte {
	var number uint64
	for _, b := range raw {
		if bits.LeadingZeros64(number) < 8 {
			break
		}
		number = number<<8 | uint64(b)
	}
	return strconv.AppendUint(dst, number, 10)
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
		name, rest, ok := quoted(list)
		if !ok {
			return nil
		}
		names = append(names, name)
		list = strings.TrimPrefix(rest, ",")
	}
	return names
}

// quoted takes one 'quoted' word off s, where two quotes stand for one.
func quoted(s string) (word, rest string, ok bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		return b.String(), s[i+1:], true
	}
	return "", "", false
}
