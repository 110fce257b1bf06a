package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
)

// classedShards has two to four shards of every class but closed.
func classedShards(t testing.TB) *fixture {
	f := newFixture(t, shardNames(32)...)
	f.deliver(f.hello())
	for shard := range 28 {
		f.deliver(f.sale(shard))
	}
	more := make([]int, 28)
	for shard, n := range map[int]int{3: 7, 9: 1204, 5: -2, 17: -31, 2: 5, 11: 90, 20: 41} {
		more[shard] = n
	}
	f.executed(more...)
	for range 12 {
		f.pass(time.Second)
		for _, shard := range []int{2, 11, 20, 24, 25} {
			f.deliver(f.sale(shard))
		}
	}
	for i, shard := range []int{6, 14, 22} {
		f.lag = []time.Duration{9 * time.Second, 95 * time.Second, 40 * time.Second}[i]
		f.deliver(f.sale(shard))
	}
	f.lag = 0
	f.deliver(f.copying(26, insert(customerTable, f.customer(1)...)))
	f.executed(more...)
	f.progress.Compare([]stream.Executed{
		{Keyspace: keyspace, Shard: f.shards[8], At: f.clock, Unknown: "no primary"},
		{Keyspace: keyspace, Shard: f.shards[19], At: f.clock, Unknown: "no primary"},
	})
	return f
}

// TestWorstFirst holds the list under a heat map to its order: by class, and in
// a class by how far behind, ahead or late a shard is.
func TestWorstFirst(t *testing.T) {
	s := classedShards(t).screen(120, 40)
	order := s.model.shards.Order(&s.model.Context)
	if len(order) != 32 {
		t.Fatalf("%d shards are shown, not 32", len(order))
	}
	var got []string
	for _, shard := range order[:19] {
		got = append(got, fmt.Sprint(slices.Index(s.fixture.shards, shard.Shard.Name)))
	}
	const want = "9 3 17 5 11 20 2 14 22 6 28 29 30 31 26 8 19 24 25"
	if strings.Join(got, " ") != want {
		t.Errorf("the order of shards is %v, not %v", got, want)
	}
	for _, last := range order[19:] {
		if !last.IsCaughtUp(s.model.Now) {
			t.Errorf("a caught-up shard stands above %s, which is not", last.Shard)
		}
	}
}

// TestHeatMap holds the heat map to its signs, and its counts to the number of
// shards, with the words as far as there is room.
func TestHeatMap(t *testing.T) {
	s := classedShards(t).screen(200, 40)
	s.shows("! 2 stalled  + 2 ahead  - 3 behind  ~ 3 lagging  w 4 waiting  c 1 copying  ? 2 quiet  ▒ 2 streaming  · 13 caught up")
	s.shows("░ <10 ▒ <100 ▓ <1,000 █")
	if signs := strings.TrimSpace(s.lines()[2]); signs != "··-!·+~·?!·-··~··+·?-·~·░░c·wwww" {
		t.Errorf("the signs are %s", signs)
	}
	for width := 40; width <= 200; width += 8 {
		s.resize(width, 40)
		title := s.lines()[1]
		sum := 0
		for _, n := range regexp.MustCompile(`[!+~wc?▒·-] ?(\d+)`).FindAllStringSubmatch(title, -1) {
			more, _ := strconv.Atoi(n[1])
			sum += more
		}
		if width >= 48 && sum != 32 {
			t.Errorf("at %d columns the counts add up to %d of 32: %s", width, sum, title)
		}
		if !strings.Contains(title, "!") {
			t.Errorf("at %d columns the worst is not told: %s", width, title)
		}
	}
}

// TestLateStream says of a stream whose shards are all behind what holds it up,
// and of none of its shards that it has stalled.
func TestLateStream(t *testing.T) {
	f := newFixture(t, shardNames(16)...)
	f.deliver(f.hello())
	for shard := range 16 {
		f.deliver(f.sale(shard))
	}
	for range 4 {
		f.executed(slices.Repeat([]int{40}, 16)...).pass(stream.CompareInterval)
		for shard := 1; shard < 16; shard++ {
			f.deliver(f.sale(shard))
		}
	}
	s := f.executed(slices.Repeat([]int{40}, 16)...).screen(120, 40)
	s.shows("- 16 behind", "VTGate, the network or this machine does not keep up with the stream: 16 of 16 shards are behind").hides("stalled")
}
