package stream

import "google.golang.org/protobuf/encoding/protowire"

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
// field is its length, so its body is b[next-value:next]. It refuses groups,
// field numbers above 2047 and what is malformed with next = -1: the generated
// decoder judges those.
func field(b []byte, i int) (tag int, value uint64, next int) {
	tag = int(b[i])
	i++
	if tag >= 0x80 {
		if i >= len(b) || b[i] >= 0x80 {
			return 0, 0, malformed
		}
		tag = tag&0x7f | int(b[i])<<7
		i++
	}
	if i >= len(b) || tag < 8 {
		return 0, 0, malformed
	}
	value = uint64(b[i])
	switch tag & 7 {
	case wireBytes:
		i++
		if value >= 0x80 {
			v, n := protowire.ConsumeVarint(b[i-1:])
			if n < 0 {
				return 0, 0, malformed
			}
			value, i = v, i-1+n
		}
		if value > uint64(len(b)-i) {
			return 0, 0, malformed
		}
		return tag, value, i + int(value)
	case wireVarint:
		if value < 0x80 {
			return tag, value, i + 1
		}
		v, n := protowire.ConsumeVarint(b[i:])
		if n < 0 {
			return 0, 0, malformed
		}
		return tag, v, i + n
	case wireFixed8:
		i += 8
	case wireFixed4:
		i += 4
	default:
		return 0, 0, malformed
	}
	if i > len(b) {
		return 0, 0, malformed
	}
	return tag, 0, i
}

// longVarint reads a varint of more than one byte.
func longVarint(b []byte) (uint64, int) {
	if len(b) > 1 && b[1] < 0x80 {
		return uint64(b[0]&0x7f) | uint64(b[1])<<7, 2
	}
	return protowire.ConsumeVarint(b)
}
