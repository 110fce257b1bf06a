package stream

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"vitess.io/vitess/go/mysql/collations"
	"vitess.io/vitess/go/mysql/collations/charset"
	"vitess.io/vitess/go/mysql/collations/colldata"
)

// unnumbered decodes these character sets.
var unnumbered = map[string]decoder{
	"gb18030": decodeWith(simplifiedchinese.GB18030),
	"gbk":     decodeWith(simplifiedchinese.GBK),
	"big5":    decodeWith(traditionalchinese.Big5),
	"tis620":  decodeThai,
}

// UnnumberedCharsets names the character sets that Untold.Charsets is about.
func UnnumberedCharsets() []string { return []string{"gb18030", "gbk", "big5", "tis620"} }

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
	return unnumbered[environment.LookupCharsetName(id)]
}

// unassigned is what MySQL prints for bytes to which a character set assigns
// no character.
const unassigned = '?'

func decodeRunes(set charset.Charset) decoder {
	return func(dst, raw []byte) []byte {
		for len(raw) > 0 {
			r, width, ok := set.DecodeRune(raw)
			if !ok {
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

// decodeThai decodes TIS-620, whose upper half is Unicode's Thai block.
func decodeThai(dst, raw []byte) []byte {
	const first, last, block = 0xa1, 0xfb, 0x0e01
	for _, b := range raw {
		switch {
		case b < utf8.RuneSelf:
			dst = append(dst, b)
		case b >= first && b <= last:
			dst = utf8.AppendRune(dst, block+rune(b)-first)
		default:
			dst = utf8.AppendRune(dst, unassigned)
		}
	}
	return dst
}
