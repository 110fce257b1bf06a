package capture

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"vtscope/stream"
)

// An index stands at the end of a capture: what the blocks hold, and the columns of the
// tables. It is a frame that readers of zstd skip, as is the seek table behind it, which
// says where the blocks are.
type index struct {
	header  *Header
	blocks  []block
	columns *definitions
	answers []*Answer // the last to each question
	marks   []stream.Mark
}

// Fields of an index and of its parts.
const (
	indexHeader = iota + 1
	indexBlock
	indexColumns
	indexUse
	indexAnswer
	indexMark
)

// Fields of what a block holds.
const (
	infoFirst = iota + 1
	infoLast
	infoFrames
	infoRows
)

// Fields of where columns are used.
const (
	useBlock = iota + 1
	useKeyspace
	useShard
	useTable
	useColumns
)

// encode gives the index and the seek table.
func (x *index) encode() []byte {
	var m message
	m.bytes(indexHeader, x.header.encode())
	for i := range x.blocks {
		m.bytes(indexBlock, x.blocks[i].encode())
	}
	for _, event := range x.columns.events {
		m.bytes(indexColumns, []byte(event))
	}
	for _, u := range x.columns.uses {
		var b message
		b.number(useBlock, uint64(u.block))
		b.text(useKeyspace, u.of.keyspace)
		b.text(useShard, u.of.shard)
		b.text(useTable, u.of.table)
		b.number(useColumns, uint64(u.event))
		m.bytes(indexUse, b)
	}
	for _, a := range x.answers {
		m.bytes(indexAnswer, a.encode())
	}
	for i := range x.marks {
		m.bytes(indexMark, encodeMark(&x.marks[i]))
	}
	m = appendChecksum(m, 0)
	return append(skippable(indexMagic, m), x.seekTable()...)
}

// encode gives what a block holds.
func (b *block) encode() []byte {
	var m message
	m.nanos(infoFirst, b.first)
	m.nanos(infoLast, b.last)
	m.number(infoFrames, b.frames)
	m.number(infoRows, b.rows)
	return m
}

// skippable makes a frame that readers of zstd skip.
func skippable(magic uint32, content []byte) []byte {
	frame := binary.LittleEndian.AppendUint32(nil, magic)
	frame = binary.LittleEndian.AppendUint32(frame, uint32(len(content)))
	return append(frame, content...)
}

// seekTable says how long the blocks are, packed and unpacked, in the form of zstd's
// seekable format (contrib/seekable_format/zstd_seekable_compression_format.md).
func (x *index) seekTable() []byte {
	var table []byte
	for i := range x.blocks {
		table = binary.LittleEndian.AppendUint32(table, uint32(x.blocks[i].packed))
		table = binary.LittleEndian.AppendUint32(table, uint32(x.blocks[i].raw))
	}
	table = binary.LittleEndian.AppendUint32(table, uint32(len(x.blocks)))
	table = append(table, 0) // the entries have no checksums: the blocks have their own
	table = binary.LittleEndian.AppendUint32(table, seekableMagic)
	return skippable(seekTableMagic, table)
}

const (
	skippableHead = 8
	tableEntry    = 8
	tableFoot     = 9
)

// readIndex reads the index of a file of a size. It returns nil where there is none, or
// none that fits: then the file has been cut off, or is damaged.
func readIndex(r io.ReaderAt, size int64) *index {
	foot := make([]byte, tableFoot)
	if size < skippableHead+tableFoot || !readAt(r, foot, size-tableFoot) || binary.LittleEndian.Uint32(foot[5:]) != seekableMagic || foot[4] != 0 {
		return nil
	}
	count := int64(binary.LittleEndian.Uint32(foot))
	start := size - tableFoot - count*tableEntry - skippableHead
	if start < 0 {
		return nil
	}
	table := make([]byte, size-start)
	if !readAt(r, table, start) || binary.LittleEndian.Uint32(table) != seekTableMagic || int64(binary.LittleEndian.Uint32(table[4:])) != int64(len(table)-skippableHead) {
		return nil
	}
	x := &index{blocks: make([]block, count)}
	at := int64(0)
	for i := range x.blocks {
		entry := table[skippableHead+i*tableEntry:]
		x.blocks[i].packed, x.blocks[i].raw = int64(binary.LittleEndian.Uint32(entry)), int64(binary.LittleEndian.Uint32(entry[4:]))
		at += x.blocks[i].packed
	}
	if at > start-skippableHead || start-at > math.MaxUint32 {
		return nil
	}
	content := make([]byte, start-at)
	if !readAt(r, content, at) || binary.LittleEndian.Uint32(content) != indexMagic || int64(binary.LittleEndian.Uint32(content[4:])) != int64(len(content)-skippableHead) {
		return nil
	}
	if x.decode(content[skippableHead:]) != nil {
		return nil
	}
	return x
}

func readAt(r io.ReaderAt, b []byte, at int64) bool {
	n, err := r.ReadAt(b, at)
	return n == len(b) && (err == nil || err == io.EOF)
}

// decode reads the index's message into blocks whose sizes are known.
func (x *index) decode(b []byte) error {
	if !hasChecksum(b) {
		return errMessage
	}
	x.columns = &definitions{}
	blocks := 0
	err := eachPart(b, func(p *part) (err error) {
		switch p.field {
		case indexHeader:
			x.header, err = decodeHeader(p.bytes)
		case indexBlock:
			if blocks == len(x.blocks) {
				return errMessage
			}
			err = x.blocks[blocks].decode(p.bytes)
			blocks++
		case indexColumns:
			x.columns.events = append(x.columns.events, p.text())
		case indexUse:
			err = x.columns.decodeUse(p.bytes)
		case indexAnswer:
			var a *Answer
			a, err = decodeAnswer(p.bytes)
			x.answers = append(x.answers, a)
		case indexMark:
			var f *stream.Fact
			f, err = decodeMark(p.bytes)
			x.marks = append(x.marks, *f.Mark)
		}
		return err
	})
	if err == nil && (blocks != len(x.blocks) || x.header == nil) {
		return errMessage
	}
	return err
}

// decode reads what a block holds.
func (b *block) decode(m []byte) error {
	return eachPart(m, func(p *part) error {
		switch p.field {
		case infoFirst:
			b.first = int64(p.number)
		case infoLast:
			b.last = int64(p.number)
		case infoFrames:
			b.frames = p.number
		case infoRows:
			b.rows = p.number
		}
		return nil
	})
}

func (d *definitions) decodeUse(m []byte) error {
	var u use
	err := eachPart(m, func(p *part) error {
		switch p.field {
		case useBlock:
			u.block = int(min(p.number, math.MaxInt32))
		case useKeyspace:
			u.of.keyspace = p.text()
		case useShard:
			u.of.shard = p.text()
		case useTable:
			u.of.table = p.text()
		case useColumns:
			u.event = int(min(p.number, math.MaxInt32))
		}
		return nil
	})
	if u.event >= len(d.events) {
		return errMessage
	}
	d.uses = append(d.uses, u)
	return err
}

// hasChecksum reports whether a message ends with the checksum of what is before.
func hasChecksum(b []byte) bool {
	n := len(b) - checksumSize
	return n >= 0 && b[n] == recordChecksum<<3|byte(protowire.Fixed32Type) && binary.LittleEndian.Uint32(b[n+1:]) == crc32.Checksum(b[:n], castagnoli)
}
