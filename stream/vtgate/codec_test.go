package vtgate

import (
	"bytes"
	"testing"

	"google.golang.org/grpc/mem"
)

// countingPool tells how many of its buffers are out.
type countingPool struct{ out int }

func (p *countingPool) Get(n int) *[]byte {
	p.out++
	b := make([]byte, n)
	return &b
}

func (p *countingPool) Put(*[]byte) { p.out-- }

// A message in one piece is held, not copied, and freed with the next one.
func TestRawMessageHoldsOnePiece(t *testing.T) {
	pool := &countingPool{}
	receive := func(m *rawMessage) []byte {
		b := bytes.Repeat([]byte{'a'}, 5000)
		pool.out++
		data := mem.BufferSlice{mem.NewBuffer(&b, pool)}
		if err := (rawCodec{}).Unmarshal(data, m); err != nil {
			t.Fatal(err)
		}
		data.Free() // As gRPC does after Unmarshal.
		if &m.bytes[0] != &b[0] {
			t.Error("the message was copied")
		}
		return b
	}
	var m rawMessage
	for range 3 {
		if b := receive(&m); !bytes.Equal(m.bytes, b) || pool.out != 1 {
			t.Errorf("%d bytes, %d buffers out", len(m.bytes), pool.out)
		}
	}
	m.free()
	if m.free(); pool.out != 0 {
		t.Errorf("%d buffers out", pool.out)
	}
}

// Messages in pieces go into one buffer, which is used again.
func TestRawMessageReusesItsBuffer(t *testing.T) {
	pieces := func(n int) mem.BufferSlice {
		var s mem.BufferSlice
		for i := range n {
			s = append(s, mem.SliceBuffer(bytes.Repeat([]byte{byte(i)}, 16<<10)))
		}
		return s
	}
	many, few, one := pieces(20), pieces(3), pieces(1)
	var m rawMessage
	m.take(many)
	if !bytes.Equal(m.bytes, many.Materialize()) {
		t.Error("the pieces are not put together")
	}
	if n := testing.AllocsPerRun(100, func() { m.take(few); m.take(one); m.take(many) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	m.take(pieces(keptBuffer/(16<<10) + 1))
	if m.take(few); cap(m.copied) > keptBuffer {
		t.Errorf("a buffer of %d bytes is kept", cap(m.copied))
	}
}

func TestRawCodecTakesNothingElse(t *testing.T) {
	if err := (rawCodec{}).Unmarshal(nil, new(string)); err == nil {
		t.Error("a string was filled")
	}
}
