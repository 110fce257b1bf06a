package capture

import (
	"time"

	"vtscope/stream"
)

// A Header says what a capture is of. It never holds a credential.
type Header struct {
	// Version is the format's version.
	Version int
	// Program and Vitess are the versions of vtscope and of the VTGate, "" where not
	// known.
	Program, Vitess string
	// Begun is when the recording began.
	Begun time.Time
	// Address is the VTGate's, Target what was asked of it, as it was typed.
	Address, Target string
	// Request is the encoded vtgatepb.VStreamRequest without its caller.
	Request []byte
	// Start is where the stream began.
	Start stream.Position
	// Keyspaces are those that the stream covers, empty where that is not known.
	Keyspaces []string
	// Untold is what the stream does not tell of its tables.
	Untold *stream.Untold
	// Masks are the rules by which values were left out, empty where all are there.
	Masks []string
	// FromBuffer says that the capture begins with rows that were seen before it was
	// begun: their frames are made anew, and have no positions.
	FromBuffer bool
}

// Fields of a header.
const (
	headerVersion = iota + 1
	headerProgram
	headerVitess
	headerBegun
	headerAddress
	headerTarget
	headerRequest
	headerStart
	headerKeyspace
	headerColumn
	headerPartial
	headerSilent
	headerMask
	headerFromBuffer
)

// encode gives the header's message.
func (h *Header) encode() []byte {
	var m message
	m.number(headerVersion, uint64(h.Version))
	m.text(headerProgram, h.Program)
	m.text(headerVitess, h.Vitess)
	m.time(headerBegun, h.Begun)
	m.text(headerAddress, h.Address)
	m.text(headerTarget, h.Target)
	m.bytes(headerRequest, h.Request)
	if start := h.Start.Encode(); len(start) > 0 {
		m.bytes(headerStart, start)
	}
	for _, keyspace := range h.Keyspaces {
		m.text(headerKeyspace, keyspace)
	}
	encodeUntold(&m, h.Untold)
	for _, mask := range h.Masks {
		m.text(headerMask, mask)
	}
	m.bool(headerFromBuffer, h.FromBuffer)
	return m
}

// decodeHeader reads a header's message.
func decodeHeader(b []byte) (*Header, error) {
	h := &Header{Untold: &stream.Untold{}}
	err := eachPart(b, func(p *part) (err error) {
		switch p.field {
		case headerVersion:
			h.Version = int(p.number)
		case headerProgram:
			h.Program = p.text()
		case headerVitess:
			h.Vitess = p.text()
		case headerBegun:
			h.Begun = p.time()
		case headerAddress:
			h.Address = p.text()
		case headerTarget:
			h.Target = p.text()
		case headerRequest:
			h.Request = append([]byte{}, p.bytes...)
		case headerStart:
			h.Start, err = stream.DecodePosition(p.bytes)
		case headerKeyspace:
			h.Keyspaces = append(h.Keyspaces, p.text())
		case headerColumn:
			err = decodeColumn(h.Untold, p.bytes)
		case headerPartial:
			h.Untold.PartialImages = with(h.Untold.PartialImages, p.text(), true)
		case headerSilent:
			h.Untold.Silent = append(h.Untold.Silent, p.text())
		case headerMask:
			h.Masks = append(h.Masks, p.text())
		case headerFromBuffer:
			h.FromBuffer = p.number != 0
		}
		return err
	})
	return h, err
}
