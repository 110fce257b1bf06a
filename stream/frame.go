package stream

import "time"

// A Frame is one encoded vtgatepb.VStreamResponse as it came off the wire, and
// when it came. It is the one form that live streams, captures and the demo share.
type Frame struct {
	// Arrived is when the last byte was received, by the local clock.
	Arrived time.Time
	// Bytes is the encoded message. It is valid until the next Recv.
	Bytes []byte
}
