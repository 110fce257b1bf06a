package stream

import (
	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// Current is the GTID that stands for the end of the binlog.
const Current = "current"

// A Position says, per shard, where a stream starts or stands: VTGate's VGTID.
// A shard's Gtid is a GTID set with its flavor ("MySQL56/…"), "current", or ""
// for a copy from the start; its TablePKs say how far a table's copy is.
type Position struct {
	Shards []*binlogdata.ShardGtid
}

// IsCopy reports whether some shard starts with, or stands in, a copy.
func (p Position) IsCopy() bool {
	for _, s := range p.Shards {
		if s.Gtid == "" || len(s.TablePKs) > 0 {
			return true
		}
	}
	return false
}

// IsResumable reports whether a stream opened from the position loses nothing:
// every shard is named, and none stands at "current", which is another place
// each time.
func (p Position) IsResumable() bool {
	for _, s := range p.Shards {
		if s.Shard == "" || s.Gtid == Current {
			return false
		}
	}
	return len(p.Shards) > 0
}

// VGtid gives the position in the form of a request.
func (p Position) VGtid() *binlogdata.VGtid {
	return &binlogdata.VGtid{ShardGtids: p.Shards}
}

// DecodePosition reads an encoded binlogdatapb.VGtid, the payload of a record
// of Kind VGTID.
func DecodePosition(encoded []byte) (Position, error) {
	var vgtid binlogdata.VGtid
	if err := vgtid.UnmarshalVT(encoded); err != nil {
		return Position{}, err
	}
	return Position{Shards: vgtid.ShardGtids}, nil
}

// Encode gives the position as an encoded binlogdatapb.VGtid, for DecodePosition.
func (p Position) Encode() []byte {
	encoded, err := p.VGtid().MarshalVT()
	if err != nil {
		return nil // it holds text that is no UTF-8, as no VTGate's does
	}
	return encoded
}

// String gives the position as vtscope prints it: JSON in Debezium's form.
func (p Position) String() string { return string(p.AppendJSON(nil)) }
