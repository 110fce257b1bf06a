package capture

import (
	"encoding/binary"
	"hash/crc32"

	"google.golang.org/protobuf/encoding/protowire"
)

// Version is the version of the format that is written. A reader takes this and all
// before it.
const Version = 1

// Bounds of the format. A block ends with the record that fills it; a record holds one
// message of VTGate's, whose size vtscope bounds where it receives it.
const (
	blockSize   = 4 << 20
	recordLimit = 1 << 30
)

// Fields of a record. One of those between at and checksum is set.
const (
	recordAt          = 1
	recordFrame       = 2
	recordHeader      = 3
	recordStatus      = 4
	recordExecuted    = 5
	recordExplanation = 6
	recordRemark      = 7
	recordAnswer      = 8
	recordMark        = 9
	recordBlock       = 10
	recordDamage      = 11
	recordChecksum    = 15
)

// checksumSize is what the checksum takes at the end of a record: a tag of a byte and
// the CRC-32C of the bytes before it.
const checksumSize = 5

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Magic numbers of zstd frames that readers of zstd skip. The index is ours; the seek
// table is that of zstd's seekable format.
const (
	indexMagic     = 0x184D2A56
	seekTableMagic = 0x184D2A5E
	seekableMagic  = 0x8F92EAB1
)

// appendRecord appends a record with one field of bytes: its length, its time in Unix
// nanoseconds, 0 for none, the field, and room for the checksum, which seal fills.
func appendRecord(dst []byte, at int64, field protowire.Number, body []byte) []byte {
	size := protowire.SizeTag(field) + protowire.SizeBytes(len(body)) + checksumSize
	if at != 0 {
		size += protowire.SizeTag(recordAt) + protowire.SizeFixed64()
	}
	dst = protowire.AppendVarint(dst, uint64(size))
	if at != 0 {
		dst = protowire.AppendTag(dst, recordAt, protowire.Fixed64Type)
		dst = protowire.AppendFixed64(dst, uint64(at))
	}
	dst = protowire.AppendTag(dst, field, protowire.BytesType)
	dst = protowire.AppendBytes(dst, body)
	return append(dst, recordChecksum<<3|byte(protowire.Fixed32Type), 0, 0, 0, 0)
}

// seal puts the checksums into records: not the stream, but whoever writes them computes
// these.
func seal(records []byte) []byte {
	for rest := records; len(rest) > 0; {
		size, n := protowire.ConsumeVarint(rest)
		record := rest[n : n+int(size)]
		content := record[:len(record)-checksumSize]
		binary.LittleEndian.PutUint32(record[len(content)+1:], crc32.Checksum(content, castagnoli))
		rest = rest[n+int(size):]
	}
	return records
}

// appendChecksum ends the message that begins at start.
func appendChecksum(dst []byte, start int) []byte {
	sum := crc32.Checksum(dst[start:], castagnoli)
	dst = protowire.AppendTag(dst, recordChecksum, protowire.Fixed32Type)
	return protowire.AppendFixed32(dst, sum)
}

// Fields of the record that every block begins with.
const (
	blockNumber = iota + 1
	blockVersion
)
