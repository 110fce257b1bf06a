package stream

// AppendVGTID appends, for Kind VGTID, the encoded binlogdatapb.VGtid from which
// a stream can start once the record's transaction has committed. It is put
// together when it is asked for: a commit changes one shard's part of it. It is
// for a Sink, while it has the record.
func (r *Record) AppendVGTID(dst []byte) []byte {
	start := len(dst)
	if r.progress != nil {
		dst = r.progress.checkpoint(dst, r)
	}
	if len(dst) == start {
		dst = append(dst, r.Payload...)
	}
	return dst
}

// checkpoint appends, as an encoded binlogdatapb.VGtid, the position that a
// stream can start from once the COMMIT behind a VGTID has come. It appends
// nothing outside of the copy, where the VGTID itself is that position, and
// nothing where a shard's is not known. In the copy, the part of a shard that
// copies is the last one that says how far it is.
func (p *Progress) checkpoint(dst []byte, r *Record) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Shard == nil || p.copying == 0 {
		return dst
	}
	own := func(s *shardProgress) []byte {
		if s.Shard == r.Shard && (s.Phase != Copying || hasTablePKs(r.Own)) {
			return r.Own
		}
		return s.checkpoint()
	}
	return p.appendPosition(dst, own)
}

// checkpoint is the encoded ShardGtid from which the shard's stream can start
// again, empty where it has none.
func (s *shardProgress) checkpoint() []byte {
	if s.Phase == Copying {
		return s.resume
	}
	return s.committed
}

// appendPosition appends the live shards' parts as an encoded VGtid, nothing
// where one has none. The lock is held.
func (p *Progress) appendPosition(dst []byte, part func(*shardProgress) []byte) []byte {
	first, start := p.behindTable(), len(dst)
	for _, shard := range p.live {
		s := p.shard(shard)
		at := part(s)
		if len(at) == 0 {
			return dst[:start]
		}
		dst = s.appendPart(dst, at, first)
	}
	return dst
}
