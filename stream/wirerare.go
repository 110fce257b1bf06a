package stream

// Wire types of groups, which Vitess does not use.
const (
	wireGroup    = 3
	wireEndGroup = 4
)

// rareField is field for what the fast way leaves: tags and varints in longer
// forms than they need, high field numbers, groups, and what is malformed. It
// accepts what the generated code accepts.
func rareField(b []byte, i int) (tag int, value uint64, next int) {
	wire, i := anyVarint(b, i)
	number := int32(wire >> 3)
	if i < 0 || number <= 0 || wire&7 == wireEndGroup {
		return 0, 0, malformed
	}
	value, next = rareValue(b, i, int(wire&7))
	if next < 0 {
		return 0, 0, malformed
	}
	return int(number)<<3 | int(wire&7), value, next
}

// rareValue reads the value at b[i] of a field of this wire type.
func rareValue(b []byte, i, wireType int) (value uint64, next int) {
	switch wireType {
	case wireVarint:
		return anyVarint(b, i)
	case wireBytes:
		if value, i = anyVarint(b, i); i < 0 || value > uint64(len(b)-i) {
			return 0, malformed
		}
		return value, i + int(value)
	case wireFixed8:
		i += 8
	case wireFixed4:
		i += 4
	case wireGroup:
		return 0, skipGroup(b, i)
	default:
		return 0, malformed
	}
	if i > len(b) {
		return 0, malformed
	}
	return 0, i
}

// skipGroup gives the end of the group whose content begins at b[i].
func skipGroup(b []byte, i int) int {
	for depth := 1; depth > 0; {
		var wire uint64
		if wire, i = anyVarint(b, i); i < 0 {
			return malformed
		}
		switch wire & 7 {
		case wireGroup:
			depth++
		case wireEndGroup:
			depth--
		default:
			if _, i = rareValue(b, i, int(wire&7)); i < 0 {
				return malformed
			}
		}
	}
	return i
}

// anyVarint reads a varint of up to ten bytes; bits above the 64th are dropped.
func anyVarint(b []byte, i int) (value uint64, next int) {
	for shift := 0; shift < 64 && i < len(b); shift += 7 {
		c := b[i]
		i++
		value |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return value, i
		}
	}
	return 0, malformed
}
