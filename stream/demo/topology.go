package demo

import (
	"fmt"
	"sort"
	"strings"
	"sync/atomic"

	binlogdatapb "vitess.io/vitess/go/vt/proto/binlogdata"
)

// keyspace is a database cut into shards. Its lists are guarded by Server.mu.
type keyspace struct {
	name    string
	shards  []*shard // serving, by key range
	retired []*shard // resharded away, still readable
	made    int      // shards made so far: gives each its own ids
}

// shard is one MySQL server with its history. Everything but head and the
// constant fields is guarded by Server.mu.
type shard struct {
	keyspace, name string
	uuid           string
	uid            int // the primary tablet's
	work           *workload
	base           int64        // transactions executed before the workload's first: the loading of the rows
	head           atomic.Int64 // the last transaction's number, as in its GTID
	purged         int64        // transactions up to here are no longer in the binary logs
	times          []moment     // when transactions were committed
	custom         []custom     // transactions that are not the workload's, ascending
	closed         bool         // resharded away: no more transactions
}

// moment says that transactions from number on were committed at unix, up to the next moment.
type moment struct{ number, unix int64 }

// maxMoments bounds what is remembered of commit times: about a day.
const maxMoments = 1 << 16

// custom is a transaction given from outside, in place of one of the workload.
type custom struct {
	number int64
	// events are the body: what stands between BEGIN and VGTID, or the one DDL or OTHER.
	events []*binlogdatapb.VEvent
}

// newKeyspace makes a keyspace of n shards with rows rows in all.
func newKeyspace(seed uint64, name string, n, rows int) *keyspace {
	k := &keyspace{name: name}
	for i, shard := range shardNames(n) {
		share := rows / n
		if i < rows%n {
			share++
		}
		k.shards = append(k.shards, k.newShard(seed, shard, int64(n), int64(share)))
	}
	return k
}

func (k *keyspace) newShard(seed uint64, name string, stride, rows int64) *shard {
	h := hashString(seed, k.name+"/"+name)
	s := &shard{
		keyspace: k.name, name: name, uuid: uuidOf(h), uid: 100 * (k.made + 1),
		work: newWorkload(h, int64(k.made), stride, rows),
		base: 20 + int64(h%40),
	}
	k.made++
	s.head.Store(s.base)
	s.purged = s.base
	return s
}

// shardNames cuts the key range into n parts: "-40", "40-80", ... or "-" alone.
func shardNames(n int) []string {
	digits := 2
	for 1<<(4*digits) < n {
		digits += 2
	}
	bound := func(i int) string {
		if i == 0 || i == n {
			return ""
		}
		// As Vitess's GenerateShardRanges: equal parts, rounded down.
		return fmt.Sprintf("%0*x", digits, uint64(i)<<(4*digits)/uint64(n))
	}
	names := make([]string, n)
	for i := range names {
		names[i] = bound(i) + "-" + bound(i+1)
	}
	return names
}

// position is the shard's executed GTID set.
func (s *shard) position() gtidSet { return upTo(s.uuid, s.head.Load()) }

// tablet is the alias of the primary.
func (s *shard) tablet() string { return fmt.Sprintf("zone1-%010d", s.uid) }

// database is the name MySQL knows the keyspace by.
func (s *shard) database() string { return "vt_" + s.keyspace }

// committedAt is when transaction number was committed. Call with Server.mu held.
func (s *shard) committedAt(number int64) int64 {
	i := sort.Search(len(s.times), func(i int) bool { return s.times[i].number > number })
	if len(s.times) == 0 {
		return 0
	}
	i = max(i, 1) // what is forgotten is as old as the oldest that is not
	return s.times[i-1].unix
}

// commit moves the head by one. Call with Server.mu held.
func (s *shard) commit(unix int64) int64 {
	number := s.head.Load() + 1
	if n := len(s.times); n == 0 || s.times[n-1].unix != unix {
		if n >= maxMoments {
			s.times = append(s.times[:0], s.times[n/2:]...)
		}
		s.times = append(s.times, moment{number, unix})
	}
	s.head.Store(number)
	return number
}

// lookup translates a transaction's number: either it is a custom one, or it
// is the workload's transaction step. Call with Server.mu held.
func (s *shard) lookup(number int64) (step int64, events []*binlogdatapb.VEvent, isCustom bool) {
	i := sort.Search(len(s.custom), func(i int) bool { return s.custom[i].number >= number })
	if i < len(s.custom) && s.custom[i].number == number {
		return number - s.base - int64(i), s.custom[i].events, true
	}
	return number - s.base - int64(i), nil, false
}

// stepAt is how far the workload has come when transaction number is the last.
// Call with Server.mu held.
func (s *shard) stepAt(number int64) int64 {
	i := sort.Search(len(s.custom), func(i int) bool { return s.custom[i].number > number })
	return max(number-s.base-int64(i), 0)
}

// find looks a shard up by name: serving ones first. Call with Server.mu held.
func (k *keyspace) find(name string) *shard {
	for _, list := range [][]*shard{k.shards, k.retired} {
		for _, s := range list {
			if s.name == name {
				return s
			}
		}
	}
	return nil
}

// byRange orders shards by where their key range begins.
func byRange(a, b *shard) int {
	al, _, _ := strings.Cut(a.name, "-")
	bl, _, _ := strings.Cut(b.name, "-")
	return strings.Compare(al, bl)
}
