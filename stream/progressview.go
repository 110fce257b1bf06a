package stream

import "time"

// Summary gives the state of the stream as a whole.
func (p *Progress) Summary() Summary {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.summary
}

// Shards gives the state of every shard seen, in the order they were first
// seen, writing over dst where it has room.
func (p *Progress) Shards(dst []ShardState) []ShardState {
	p.mu.Lock()
	defer p.mu.Unlock()
	dst = dst[:0]
	for _, s := range p.shards {
		if s == nil {
			continue
		}
		if s.moved {
			s.GTID, s.moved = gtidOf(s.committed), false
			s.Standing.narrow(s.GTID)
			s.setLastKeys()
		}
		state := s.ShardState
		if s.last != 0 {
			state.LastEvent = time.Unix(0, s.last)
		}
		state.Tables = append(spareTables(dst), s.Tables...)
		dst = append(dst, state)
	}
	return dst
}

// spareTables gives the room for tables that stands behind the end of a list.
func spareTables(states []ShardState) []TableCopy {
	if n := len(states); n < cap(states) {
		return states[:n+1][n].Tables[:0]
	}
	return nil
}

// Position is where the stream can be opened again without losing anything:
// the last committed position of every live shard.
func (p *Progress) Position() Position {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.position()
}

// isCopying reports whether a shard is in the copy.
func (p *Progress) isCopying() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.copying > 0
}

// position is Position with the lock held.
func (p *Progress) position() Position {
	if len(p.live) == 0 {
		return p.from
	}
	encoded := p.appendPosition(nil, (*shardProgress).checkpoint)
	position, err := DecodePosition(encoded)
	if len(encoded) == 0 || err != nil {
		return p.from
	}
	return position
}

// stands gives the last committed position of every live shard, as bytes.
func (p *Progress) stands() map[*Shard]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := make(map[*Shard]string, len(p.live))
	for _, shard := range p.live {
		at[shard] = string(p.shard(shard).checkpoint())
	}
	return at
}

// gtidOf reads the GTID set of an encoded ShardGtid.
func gtidOf(b []byte) string { return textIn(b, tagShardPosition) }

// Committed is the last committed GTID set of a shard outside of a copy, with
// its flavor; "" in a copy and before there is one.
func (p *Progress) Committed(shard *Shard) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if int(shard.ID) > len(p.shards) || p.shards[shard.ID-1] == nil || p.shards[shard.ID-1].Phase == Copying {
		return ""
	}
	return gtidOf(p.shards[shard.ID-1].committed)
}
