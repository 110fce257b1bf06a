package stream

// rowChange is an encoded binlogdatapb.RowChange taken apart. Its slices refer
// to the encoded message.
type rowChange struct {
	hasBefore, hasAfter      bool
	before, after            encodedRow
	dataColumns, jsonPartial []byte // encoded RowChange.Bitmap
}

// encodedRow is a querypb.Row: packed zigzag lengths, -1 for NULL, and the
// values one after the other.
type encodedRow struct {
	lengths, values []byte
}

// Tags of binlogdatapb.RowChange and querypb.Row.
const (
	tagBefore      = 1<<3 | wireBytes
	tagAfter       = 2<<3 | wireBytes
	tagDataColumns = 3<<3 | wireBytes
	tagJSONPartial = 4<<3 | wireBytes

	lastChangeField = 4

	tagLengths = 1<<3 | wireBytes
	tagValues  = 2<<3 | wireBytes

	lastRowValueField = 2
)

// scan reads a change. It reports false for what it does not understand:
// repeated images, lengths that are not packed, a known field in a wrong form.
func (c *rowChange) scan(b []byte) bool {
	*c = rowChange{}
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return false
		}
		i = next
		switch tag {
		case tagBefore:
			if c.hasBefore || !c.before.scan(b[next-int(value):next]) {
				return false
			}
			c.hasBefore = true
		case tagAfter:
			if c.hasAfter || !c.after.scan(b[next-int(value):next]) {
				return false
			}
			c.hasAfter = true
		case tagDataColumns:
			if c.dataColumns != nil {
				return false
			}
			if c.dataColumns = b[next-int(value) : next]; !isBitmap(c.dataColumns) {
				return false
			}
		case tagJSONPartial:
			if c.jsonPartial != nil {
				return false
			}
			if c.jsonPartial = b[next-int(value) : next]; !isBitmap(c.jsonPartial) {
				return false
			}
		default:
			if tag>>3 <= lastChangeField {
				return false
			}
		}
	}
	return true
}

func (r *encodedRow) scan(b []byte) bool {
	seen := false
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return false
		}
		i = next
		switch tag {
		case tagLengths:
			if seen {
				return false
			}
			r.lengths, seen = b[next-int(value):next], true
		case tagValues:
			r.values = b[next-int(value) : next]
		default:
			if tag>>3 <= lastRowValueField {
				return false
			}
		}
	}
	return true
}

// Tags of binlogdatapb.RowChange.Bitmap.
const (
	tagBitmapCount = 1<<3 | wireVarint
	tagBitmapCols  = 2<<3 | wireBytes

	lastBitmapField = 2
)

// isBitmap reports whether b is a RowChange.Bitmap with its columns given once.
func isBitmap(b []byte) bool {
	seen := false
	for i := 0; i < len(b); {
		tag, _, next := field(b, i)
		if next < 0 {
			return false
		}
		switch tag {
		case tagBitmapCount:
		case tagBitmapCols:
			if seen {
				return false
			}
			seen = true
		default:
			if tag>>3 <= lastBitmapField {
				return false
			}
		}
		i = next
	}
	return true
}

// fits checks the images of a change against the number of its table's columns.
func (c *rowChange) fits(columns int) bool {
	return (!c.hasBefore || c.before.fits(columns)) && (!c.hasAfter || c.after.fits(columns))
}

// fits checks an image against the number of its table's columns: as many
// lengths as columns, each at least -1, and together as long as the values.
func (r *encodedRow) fits(columns int) bool {
	total, b := uint64(0), r.lengths
	for ; columns > 0; columns-- {
		if len(b) == 0 {
			return false
		}
		v := uint64(b[0])
		if v < 0x80 {
			b = b[1:]
		} else {
			var n int
			if v, n = longVarint(b); n <= 0 {
				return false
			}
			b = b[n:]
		}
		switch {
		case v&1 == 0 && v>>1 <= uint64(len(r.values)):
			total += v >> 1
		case v != 1:
			return false
		}
	}
	return len(b) == 0 && total == uint64(len(r.values))
}
