package demo

import (
	"context"
	"fmt"
	"time"

	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
)

func (st *stream) sent() { st.lastSent = time.Now() }

// Requests are the VStream requests received, oldest first, at most the last thousand.
func (s *Server) Requests() []*vtgatepb.VStreamRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*vtgatepb.VStreamRequest, len(s.faults.requests))
	for i, r := range s.faults.requests {
		out[i] = r.CloneVT()
	}
	return out
}

// Streams is the number of open streams.
func (s *Server) Streams() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.streams)
}

// AwaitStreams returns when exactly n streams are open.
func (s *Server) AwaitStreams(ctx context.Context, n int) error {
	for {
		s.mu.Lock()
		have, wake := len(s.streams), s.wake
		s.mu.Unlock()
		if have == n {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %d streams, there are %d: %w", n, have, ctx.Err())
		case <-wake:
		}
	}
}

// Shards are the serving shards of a keyspace, by key range.
func (s *Server) Shards(keyspace string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.keyspace(keyspace)
	if k == nil {
		return nil
	}
	names := make([]string, len(k.shards))
	for i, sh := range k.shards {
		names[i] = sh.name
	}
	return names
}

// Position is the executed GTID set of a shard, "shop/-40" or "-40", in the
// form of a VGTID: with its flavor in front.
func (s *Server) Position(shard string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh, err := s.shard(shard)
	if err != nil {
		return "", fmt.Errorf("position: %w", err)
	}
	set := sh.position()
	return flavor + set.String(), nil
}

// Tables are the names of the shop's tables, in the order of a copy.
func Tables() []string {
	names := make([]string, len(shopTables))
	for i, t := range shopTables {
		names[i] = t.name
	}
	return names
}
