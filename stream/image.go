package stream

import (
	"google.golang.org/protobuf/encoding/protowire"

	"vitess.io/vitess/go/vt/proto/query"
)

// ValueState tells apart what an image can say of a column.
type ValueState uint8

const (
	// Absent: the image does not hold the column, or VTGate does not tell
	// whether it is NULL or left out (binlog_row_image=NOBLOB, before images).
	Absent ValueState = iota
	// Null: the column is NULL.
	Null
	// Present: Raw is the value as VTGate sends it.
	Present
	// PartialJSON: Raw is an SQL expression over the old document, with %s for
	// the column, as in "JSON_REPLACE(%s, _utf8mb4'$.a', 1)"; empty where the
	// document did not change.
	PartialJSON
)

// A Value is one column's value in an image. Raw is valid as long as the record.
type Value struct {
	State ValueState
	Raw   []byte
}

// An Image is a row before or after a change. The zero Image holds no row.
type Image struct {
	table   *Table
	lengths []byte // packed sint64, -1 for NULL
	values  []byte
	present []byte // bitmap of columns, nil where all are there
	partial []byte // bitmap of JSON columns by their ordinal, nil where none is
	// lossy says that NULL may also mean left out.
	lossy bool
}

// Exists reports whether there is such an image at all.
func (im *Image) Exists() bool { return im.table != nil }

// Images takes a row's payload apart. The record's Table must be set; a kind
// that holds no row gives two images that do not exist.
func (r *Record) Images() (before, after Image) {
	if !r.Kind.IsRow() || r.Table == nil {
		return Image{}, Image{}
	}
	var change rowChange
	if !change.scan(r.Payload) {
		return Image{}, Image{}
	}
	if change.hasBefore {
		before = Image{table: r.Table, lengths: change.before.lengths, values: change.before.values}
	}
	if change.hasAfter {
		after = Image{table: r.Table, lengths: change.after.lengths, values: change.after.values}
		after.present = bitmapBits(change.dataColumns)
		after.partial = bitmapBits(change.jsonPartial)
	}
	before.lossy = (after.present != nil || r.Table.partial) && !before.showsOmittable()
	return before, after
}

// showsOmittable reports whether an image holds a value that
// binlog_row_image=NOBLOB would leave out of it. JSON does not tell: a partial
// document comes with its old one.
func (im *Image) showsOmittable() bool {
	if im.table == nil {
		return false
	}
	lengths := im.lengths
	for i := range im.table.Columns {
		v, n := protowire.ConsumeVarint(lengths)
		if n < 0 {
			return false
		}
		lengths = lengths[n:]
		column := &im.table.Columns[i]
		if protowire.DecodeZigZag(v) >= 0 && column.omittable() && column.Type != query.Type_JSON {
			return true
		}
	}
	return false
}

// Values appends one Value a column to dst and returns it.
func (im *Image) Values(dst []Value) []Value {
	if im.table == nil {
		return dst
	}
	lengths, values, json := im.lengths, im.values, 0
	for i := range im.table.Columns {
		column := &im.table.Columns[i]
		value := Value{State: Absent}
		v, n := protowire.ConsumeVarint(lengths)
		if n > 0 {
			lengths = lengths[n:]
			value = im.value(i, column, protowire.DecodeZigZag(v), &values)
		}
		if column.Type == query.Type_JSON {
			if value.State == Present && bit(im.partial, json) {
				value.State = PartialJSON
			}
			json++
		}
		dst = append(dst, value)
	}
	return dst
}

func (im *Image) value(i int, column *Column, length int64, values *[]byte) Value {
	absent := im.present != nil && !bit(im.present, i)
	if length < 0 {
		if absent || im.lossy && column.omittable() {
			return Value{State: Absent}
		}
		return Value{State: Null}
	}
	if length > int64(len(*values)) {
		return Value{State: Absent}
	}
	raw := (*values)[:length:length]
	*values = (*values)[length:]
	if absent {
		return Value{State: Absent}
	}
	return Value{State: Present, Raw: raw}
}

// bitmapBits gives the bits of an encoded RowChange.Bitmap, nil where it is empty.
func bitmapBits(encoded []byte) []byte {
	for len(encoded) > 0 {
		num, typ, n := protowire.ConsumeTag(encoded)
		if n < 0 {
			return nil
		}
		encoded = encoded[n:]
		if num == 2 && typ == protowire.BytesType {
			bits, n := protowire.ConsumeBytes(encoded)
			if n < 0 {
				return nil
			}
			return bits
		}
		if n = protowire.ConsumeFieldValue(num, typ, encoded); n < 0 {
			return nil
		}
		encoded = encoded[n:]
	}
	return nil
}

// bit reads a bitmap that counts from the least significant bit.
func bit(bits []byte, i int) bool {
	return i/8 < len(bits) && bits[i/8]&(1<<(i%8)) != 0
}
