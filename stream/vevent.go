package stream

import (
	"bytes"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// vevent is the part of a binlogdatapb.VEvent that the walk reads. Its slices
// refer to the frame.
type vevent struct {
	kind            binlogdata.VEventType
	time            int64
	current         int64
	statement       []byte
	row, vgtid      []byte
	keyspace, shard []byte
	gtid            []byte
	// at is the shard where the walk knows it already, in place of its names.
	at *shard
	// rare says that the event holds what only the generated code reads.
	rare bool
}

// Tags of binlogdatapb.VEvent (proto/binlogdata.proto).
const (
	tagType         = 1<<3 | wireVarint
	tagTime         = 2<<3 | wireVarint
	tagCombinedGTID = 3<<3 | wireBytes
	tagStatement    = 4<<3 | wireBytes
	tagRow          = 5<<3 | wireBytes
	tagVGtid        = 7<<3 | wireBytes
	tagDML          = 9<<3 | wireBytes
	tagCurrentTime  = 20<<3 | wireVarint
	tagKeyspace     = 22<<3 | wireBytes
	tagShard        = 23<<3 | wireBytes
	tagThrottled    = 24<<3 | wireVarint
	tagReason       = 25<<3 | wireBytes
	tagCommitParent = 26<<3 | wireVarint
	tagSequence     = 27<<3 | wireVarint
	tagEventGTID    = 28<<3 | wireBytes

	lastEventField = 28
)

// scan reads one event; last is the shard of the one before, whose names are
// likely to come again. It reports false for what it does not understand; such
// an event goes through the generated code.
func (e *vevent) scan(b []byte, last *shard) bool {
	*e = vevent{}
	for i := 0; i < len(b); {
		if b[i] == tagKeyspace&0x7f|0x80 && last != nil && last.stamp != nil && bytes.HasPrefix(b[i:], last.stamp) {
			e.at = last
			i += len(last.stamp)
			continue
		}
		tag, value, next := field(b, i)
		if next < 0 {
			return false
		}
		i = next
		switch tag {
		case tagType:
			e.kind = binlogdata.VEventType(int32(value))
		case tagTime:
			e.time = int64(value)
		case tagStatement:
			e.statement = b[next-int(value) : next]
		case tagRow:
			if e.row != nil {
				return false // the generated code merges the two
			}
			e.row = b[next-int(value) : next]
		case tagVGtid:
			if e.vgtid != nil {
				return false
			}
			e.vgtid = b[next-int(value) : next]
		case tagCurrentTime:
			e.current = int64(value)
		case tagKeyspace, tagShard:
			if e.at != nil {
				return false
			}
			if tag == tagShard {
				e.shard = b[next-int(value) : next]
				break
			}
			e.keyspace = b[next-int(value) : next]
		case tagEventGTID:
			e.gtid = b[next-int(value) : next]
		case tagCombinedGTID, tagDML, tagThrottled, tagReason, tagCommitParent, tagSequence:
		default:
			if tag>>3 <= lastEventField {
				e.rare = true // FIELD, JOURNAL, LASTPK, or a known field in a wrong form
			}
		}
	}
	return true
}

// rowEvent is the part of a binlogdatapb.RowEvent that the walk reads.
type rowEvent struct {
	table           []byte
	changes         []byte // the event from its first change on
	count           int    // of changes
	keyspace, shard []byte
	internal        bool
}

// Tags of binlogdatapb.RowEvent.
const (
	tagRowTable    = 1<<3 | wireBytes
	tagRowChange   = 2<<3 | wireBytes
	tagRowKeyspace = 3<<3 | wireBytes
	tagRowShard    = 4<<3 | wireBytes
	tagRowFlags    = 5<<3 | wireVarint
	tagRowInternal = 6<<3 | wireVarint

	lastRowField = 6
)

// scan reads what names the table; the changes are walked afterwards, because
// the name may stand behind them.
func (e *rowEvent) scan(b []byte) bool {
	*e = rowEvent{}
	for i := 0; i < len(b); {
		tag, value, next := field(b, i)
		if next < 0 {
			return false
		}
		if tag == tagRowChange && e.count == 0 {
			e.changes = b[i:]
		}
		i = next
		switch tag {
		case tagRowChange:
			e.count++
		case tagRowFlags:
		case tagRowTable:
			e.table = b[next-int(value) : next]
		case tagRowKeyspace:
			e.keyspace = b[next-int(value) : next]
		case tagRowShard:
			e.shard = b[next-int(value) : next]
		case tagRowInternal:
			e.internal = value != 0
		default:
			if tag>>3 <= lastRowField {
				return false
			}
		}
	}
	return true
}
