package demo

import (
	"fmt"
	"math"
	"time"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

const (
	loadTick    = 10 * time.Millisecond
	burstPeriod = 30 * time.Second // in it a burst of burstLength at burstFactor times the rate
	burstLength = 2 * time.Second
	burstFactor = 4
	smoothRate  = 1000 // at this rate and above the load is even
)

// generate commits transactions at the options' rate until the server closes.
func (s *Server) generate() {
	ticker := time.NewTicker(loadTick)
	defer ticker.Stop()
	begin := time.Now()
	last, credit := begin, 0.0
	for {
		select {
		case <-s.stop:
			return
		case <-ticker.C:
		}
		now := time.Now()
		// A machine that slept does not catch up at once.
		elapsed := min(now.Sub(last), time.Second)
		last = now
		credit += s.options.Rate * burst(now.Sub(begin), s.options.Rate) * elapsed.Seconds()
		credit = s.spend(credit)
	}
}

// burst is the factor by which the load differs from its mean.
func burst(since time.Duration, rate float64) float64 {
	if rate >= smoothRate {
		return 1
	}
	if since%burstPeriod >= burstPeriod-burstLength {
		return burstFactor
	}
	return (burstPeriod - burstFactor*burstLength).Seconds() / (burstPeriod - burstLength).Seconds()
}

// spend commits what the credit allows and returns the rest. Gaps between
// transactions are exponential, as of many independent users.
func (s *Server) spend(credit float64) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	unix := s.options.Now().Unix()
	did := false
	for {
		cost := 1.0
		if s.options.Rate < smoothRate {
			u := float64(hash3(s.options.Seed, 60, uint64(s.chosen))>>11+1) / (1 << 53)
			cost = -math.Log(u)
		}
		if credit < cost {
			break
		}
		credit -= cost
		s.choose().commit(unix)
		did = true
	}
	if did {
		s.broadcast()
	}
	return credit
}

// choose picks the shard of the next transaction: one shard is hot, one is
// quiet and idle for long stretches. Call with mu held.
func (s *Server) choose() *shard {
	g := uint64(s.chosen)
	s.chosen++
	h := hash3(s.options.Seed, 61, g)
	if len(s.keyspaces) > 1 && h>>32%20 == 0 {
		return s.keyspaces[0].shards[0]
	}
	shards := s.keyspaces[len(s.keyspaces)-1].shards
	n := len(shards)
	hot := pick(hash2(s.options.Seed, 62), n)
	if h%100 < 40 {
		return shards[hot]
	}
	i := pick(h, n)
	quiet := (hot + n/2) % n
	if n > 1 && i == quiet && g/200%8 != 7 {
		i = (i + 1) % n
	}
	return shards[i]
}

// Step commits n transactions, on the shards that the load would choose.
func (s *Server) Step(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	unix := s.options.Now().Unix()
	for range n {
		s.choose().commit(unix)
	}
	s.broadcast()
}

// Commit commits the next transaction of a shard, "shop/-40" or "-40", and
// returns its GTID. Without events it is the workload's; events are put
// between BEGIN and VGTID as they are, and a single DDL or OTHER stands by itself.
// Keyspace, shard, times and GTID are filled in where they are missing, the
// keyspace is put before table names where the client wants it.
func (s *Server) Commit(shard string, events ...*binlogdatapb.VEvent) (gtid string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh, err := s.shard(shard)
	if err != nil {
		return "", fmt.Errorf("committing: %w", err)
	}
	number := s.commitOn(sh, events)
	s.broadcast()
	return fmt.Sprintf("%s:%d", sh.uuid, number), nil
}

// CommitN commits the workload's next n transactions of a shard.
func (s *Server) CommitN(shard string, n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	sh, err := s.shard(shard)
	if err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	for range n {
		s.commitOn(sh, nil)
	}
	s.broadcast()
	return nil
}

// commitOn commits on one shard. Call with mu held.
func (s *Server) commitOn(sh *shard, events []*binlogdatapb.VEvent) int64 {
	if len(events) > 0 {
		sh.custom = append(sh.custom, custom{sh.head.Load() + 1, events})
	}
	return sh.commit(s.options.Now().Unix())
}
