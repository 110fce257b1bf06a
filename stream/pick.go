package stream

import (
	"math"
)

// Side names one of the two images of a row change.
type Side uint8

// The images: the row before the change, and after it.
const (
	Before Side = iota
	After
)

// Pick reads the values of some columns of one image, given by their indexes in
// ascending order, into dst, one for each: it costs less than Images and
// Values, as it reads no further than the last of them. Columns that the image
// does not have are Absent. It reports false where there is no such image. The
// record's Table must be set, and its payload be one that a decoder handed out:
// of a broken one, an image may be read beside another that cannot.
func (r *Record) Pick(side Side, columns []int, dst []Value) bool {
	if !r.Kind.IsRow() || r.Table == nil {
		return false
	}
	lengths, values, plain := plainImage(r.Payload, side)
	if !plain {
		return r.pickSlowly(side, columns, dst)
	}
	column, start := 0, uint64(0)
	for k, want := range columns {
		dst[k] = Value{}
		for ; column <= want && len(lengths) > 0; column++ {
			v, n := uint64(lengths[0]), 1
			if v >= 0x80 {
				if v, n = longVarint(lengths); n <= 0 {
					lengths = nil
					break
				}
			}
			lengths = lengths[n:]
			if v&1 != 0 { // -1 in zigzag
				if column == want {
					dst[k].State = Null
				}
				continue
			}
			end := start + v>>1
			if end > uint64(len(values)) {
				continue
			}
			if column == want {
				dst[k] = Value{State: Present, Raw: values[start:end:end]}
			}
			start = end
		}
	}
	return true
}

// plainImage finds an image in an encoded RowChange of the usual form: images
// in their order, none twice, and no bitmaps of columns after them.
func plainImage(b []byte, side Side) (lengths, values []byte, plain bool) {
	var row []byte
	if len(b) > 0 && b[0] == tagBefore {
		start, end := fieldBounds(b, 0)
		if end > len(b) {
			return nil, nil, false
		}
		if side == Before {
			row = b[start:end]
		}
		b = b[end:]
	}
	if len(b) > 0 && b[0] == tagAfter {
		start, end := fieldBounds(b, 0)
		if end > len(b) {
			return nil, nil, false
		}
		if side == After {
			row = b[start:end]
		}
		b = b[end:]
	}
	if len(b) > 0 || len(row) == 0 || row[0] != tagLengths {
		return nil, nil, false
	}
	start, end := fieldBounds(row, 0)
	if end > len(row) {
		return nil, nil, false
	}
	lengths = row[start:end]
	if end == len(row) {
		return lengths, nil, true
	}
	if row[end] != tagValues {
		return nil, nil, false
	}
	start, end = fieldBounds(row, end)
	if end != len(row) {
		return nil, nil, false
	}
	return lengths, row[start:end], true
}

// outside is an end that no message reaches.
const outside = math.MaxInt

// fieldBounds gives where the content of a field of bytes, whose tag takes the
// one byte at i, starts and ends; the end may lie outside of the message.
func fieldBounds(b []byte, i int) (start, end int) {
	if i+1 < len(b) && b[i+1] < 0x80 {
		return i + 2, i + 2 + int(b[i+1])
	}
	return longFieldBounds(b, i)
}

func longFieldBounds(b []byte, i int) (start, end int) {
	if i+1 >= len(b) {
		return 0, outside
	}
	size, n := longVarint(b[i+1:])
	if n <= 0 || size > uint64(len(b)) {
		return 0, outside
	}
	return i + 1 + n, i + 1 + n + int(size)
}

// pickSlowly picks from an image that does not hold every column, or holds
// JSON documents in part.
func (r *Record) pickSlowly(side Side, columns []int, dst []Value) bool {
	image, after := r.Images()
	if side == After {
		image = after
	}
	if !image.Exists() {
		return false
	}
	all := image.Values(nil)
	for k, column := range columns {
		dst[k] = Value{}
		if column < len(all) {
			dst[k] = all[column]
		}
	}
	return true
}
