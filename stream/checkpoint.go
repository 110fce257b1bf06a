package stream

import "encoding/binary"

// checkpoint appends, as an encoded binlogdatapb.VGtid, the position that a
// stream can start from once the COMMIT behind a VGTID has come. It appends
// nothing outside of the copy, where the VGTID itself is that position, and
// nothing where a shard's is not known. In the
// copy, the part of a shard that copies is the last one that says how far it
// is. The lock is held.
func (p *Progress) checkpoint(dst []byte, r *Record) []byte {
	if r.Shard == nil || p.copying == 0 {
		return dst
	}
	for _, shard := range p.live {
		s := p.shard(shard)
		part := s.committed
		if s.Phase == Copying {
			part = s.resume
		}
		if shard == r.Shard && (s.Phase != Copying || hasTablePKs(r.Own)) {
			part = r.Own
		}
		if part == nil {
			return dst[:0]
		}
		dst = append(dst, tagShardGtid)
		dst = binary.AppendUvarint(dst, uint64(len(part)))
		dst = append(dst, part...)
	}
	return dst
}
