package capture

import (
	"errors"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
)

// message is a protobuf message that is being written. A field with nothing in it is
// left out.
type message []byte

func (m *message) text(field protowire.Number, text string) {
	if text != "" {
		*m = protowire.AppendTag(*m, field, protowire.BytesType)
		*m = protowire.AppendString(*m, text)
	}
}

func (m *message) bytes(field protowire.Number, b []byte) {
	*m = protowire.AppendTag(*m, field, protowire.BytesType)
	*m = protowire.AppendBytes(*m, b)
}

func (m *message) number(field protowire.Number, n uint64) {
	if n != 0 {
		*m = protowire.AppendTag(*m, field, protowire.VarintType)
		*m = protowire.AppendVarint(*m, n)
	}
}

func (m *message) bool(field protowire.Number, set bool) {
	if set {
		m.number(field, 1)
	}
}

// time writes Unix nanoseconds.
func (m *message) time(field protowire.Number, t time.Time) {
	if !t.IsZero() {
		m.nanos(field, t.UnixNano())
	}
}

func (m *message) nanos(field protowire.Number, n int64) {
	if n != 0 {
		*m = protowire.AppendTag(*m, field, protowire.Fixed64Type)
		*m = protowire.AppendFixed64(*m, uint64(n))
	}
}

// errMessage is a message that is no protobuf.
var errMessage = errors.New("a record cannot be read")

// A part is one field of a message that is read: a number for the types of numbers,
// bytes for the others.
type part struct {
	field  protowire.Number
	number uint64
	bytes  []byte
}

func (p *part) text() string    { return string(p.bytes) }
func (p *part) time() time.Time { return time.Unix(0, int64(p.number)) }

// eachPart goes through the fields of a message.
func eachPart(b []byte, take func(p *part) error) error {
	for len(b) > 0 {
		field, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errMessage
		}
		b = b[n:]
		p := part{field: field}
		switch kind {
		case protowire.VarintType:
			p.number, n = protowire.ConsumeVarint(b)
		case protowire.Fixed64Type:
			p.number, n = protowire.ConsumeFixed64(b)
		case protowire.Fixed32Type:
			var small uint32
			small, n = protowire.ConsumeFixed32(b)
			p.number = uint64(small)
		case protowire.BytesType:
			p.bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(field, kind, b)
		}
		if n < 0 {
			return errMessage
		}
		b = b[n:]
		if err := take(&p); err != nil {
			return err
		}
	}
	return nil
}
