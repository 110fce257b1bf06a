package vtgate

import (
	"fmt"

	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// keptBuffer is the largest buffer that a rawMessage keeps between messages:
// one huge row must not hold its memory for the rest of the run.
const keptBuffer = 8 << 20

// A rawMessage takes a message's bytes as they came off the wire. They are
// valid until the next message or free.
type rawMessage struct {
	bytes []byte
	// held is the transport's buffer behind bytes, where the message came in
	// one piece; otherwise bytes lie in copied.
	held   mem.Buffer
	copied []byte
}

// take makes data the message. A message in one piece is not copied: its
// buffer stays out of the transport's pool until it is freed.
func (m *rawMessage) take(data mem.BufferSlice) {
	m.free()
	if len(data) == 1 {
		data[0].Ref()
		m.held = data[0]
		m.bytes = m.held.ReadOnlyData()
		return
	}
	size := data.Len()
	if size > cap(m.copied) {
		m.copied = make([]byte, size)
	}
	m.bytes = m.copied[:size]
	data.CopyTo(m.bytes)
}

// free gives back what the message holds.
func (m *rawMessage) free() {
	if m.held != nil {
		m.held.Free()
		m.held = nil
	}
	if cap(m.copied) > keptBuffer {
		m.copied = nil
	}
	m.bytes = nil
}

// rawCodec encodes requests as the protobuf codec does and hands responses
// over undecoded. It is given to single calls and registered nowhere: gRPC's
// registry is global to the process.
type rawCodec struct{}

func (rawCodec) Name() string { return proto.Name }

func (rawCodec) Marshal(v any) (mem.BufferSlice, error) {
	return encoding.GetCodecV2(proto.Name).Marshal(v)
}

func (rawCodec) Unmarshal(data mem.BufferSlice, v any) error {
	m, ok := v.(*rawMessage)
	if !ok {
		return fmt.Errorf("a raw codec fills a raw message, not %T", v)
	}
	m.take(data)
	return nil
}
