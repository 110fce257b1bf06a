package stream

import (
	"encoding/binary"
	"math/bits"

	"google.golang.org/protobuf/encoding/protowire"
)

// Wire types, the low three bits of a field's tag.
const (
	wireVarint = 0
	wireFixed8 = 1
	wireBytes  = 2
	wireFixed4 = 5
)

// malformed is what field gives in place of the next field's place.
const malformed = -1

// field reads the field at b[i], i < len(b): its tag (number<<3 | wire type),
// its value, and where the next one begins. The value of a length-delimited
// field is its length, so its body is b[next-value:next]; that of a varint, the
// number; otherwise 0. Where b is malformed, next is -1.
func field(b []byte, i int) (tag int, value uint64, next int) {
	start := i
	tag = int(b[i])
	i++
	if tag >= 0x80 {
		if i >= len(b) || b[i] >= 0x80 {
			return rareField(b, start)
		}
		tag = tag&0x7f | int(b[i])<<7
		i++
	}
	if i >= len(b) || tag < 8 {
		return rareField(b, start)
	}
	value = uint64(b[i])
	if value >= 0x80 {
		v, n := longVarint(b[i:])
		if n < 0 {
			return rareField(b, start)
		}
		value, i = v, i+n-1
	}
	i++
	switch tag & 7 {
	case wireBytes:
		if value > uint64(len(b)-i) {
			return 0, 0, malformed
		}
		return tag, value, i + int(value)
	case wireVarint:
		return tag, value, i
	}
	return rareField(b, start)
}

// textIn gives the last field of a tag in an encoded message, as text; "" without.
func textIn(b []byte, wanted int) (text string) {
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			break
		}
		if tag == wanted {
			text = string(b[next-int(value) : next])
		}
		i = next
	}
	return text
}

// longVarint reads a varint of more than one byte, eight bytes at a time where
// there are as many: the times in an event take five and nine.
func longVarint(b []byte) (uint64, int) {
	if len(b) > 1 && b[1] < 0x80 {
		return uint64(b[0]&0x7f) | uint64(b[1])<<7, 2
	}
	if len(b) < 9 {
		return protowire.ConsumeVarint(b)
	}
	word := binary.LittleEndian.Uint64(b)
	ends := ^word & 0x8080808080808080
	if ends == 0 {
		if b[8] < 0x80 {
			return sevens(word) | uint64(b[8])<<56, 9
		}
		return protowire.ConsumeVarint(b)
	}
	return sevens(word & (ends ^ (ends - 1))), bits.TrailingZeros64(ends)/8 + 1
}

// sevens puts the low seven bits of eight bytes together.
func sevens(word uint64) uint64 {
	word &= 0x7f7f7f7f7f7f7f7f
	word = word&0x007f007f007f007f | word&0x7f007f007f007f00>>1
	word = word&0x00003fff00003fff | word&0x3fff00003fff0000>>2
	return word&0x000000000fffffff | word&0x0fffffff00000000>>4
}
