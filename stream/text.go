package stream

import (
	"math/bits"
	"strconv"
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
	case ClassJSON:
		if document, valid := AppendJSONDocument(dst, raw); valid {
			return document
		}
	case ClassText:
		switch {
		case c.names != nil:
			return appendMembers(dst, c, raw)
		case c.hasMembers():
			return appendMemberText(dst, c, raw)
		case c.text != nil:
			return c.text(dst, raw)
		}
	}
	return append(dst, raw...)
}

// IsUTF8 reports whether present values of the column are UTF-8 text as they
// come, so that AppendText would only copy them.
func (c *Column) IsUTF8() bool {
	return c.Class == ClassTemporal ||
		c.Class == ClassText && c.names == nil && c.text == nil && !(c.hasMembers() && c.Collation == 0)
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

// unassigned is what MySQL prints for bytes to which a character set assigns
// no character.
const unassigned = '?'

func decodeRunes(set charset.Charset) decoder {
	return func(dst, raw []byte) []byte {
		for len(raw) > 0 {
			r, width := set.DecodeRune(raw)
			if r == utf8.RuneError || r == 0 && raw[0] != 0 && width == 1 {
				r = unassigned
			}
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
