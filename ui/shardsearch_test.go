package ui

import (
	"strings"
	"testing"
	"time"

	"vtscope/stream"
)

// chosenShard is the shard under the cursor.
func (s *screen) chosenShard() string { return s.model.shards.Chosen(&s.model.Context).Shard.Name }

// TestFindAShard among 4,096: by its name, by a part of it, and by a keyspace ID that lies
// in its range.
func TestFindAShard(t *testing.T) {
	s := manyShards(t, 4096).screen(120, 40)
	for text, want := range map[string]string{"7f30-7f40": "7f30-7f40", "7f3a": "7f30-7f40", "0xABCD12": "abc0-abd0", "fff0-": "fff0-", "shop/-0010": "-0010"} {
		s.press("2", "s").types(text).press("enter")
		if got := s.chosenShard(); got != want {
			t.Errorf("%q finds %s, want %s", text, got, want)
		}
		s.shows(want).fits()
	}
	s.press("s").types("0ff0").press("enter")
	first := s.chosenShard()
	if s.press("n"); s.chosenShard() == first || !strings.Contains(s.chosenShard(), "0ff0") {
		t.Errorf("after %s comes %s", first, s.chosenShard())
	}
	if s.press("N"); s.chosenShard() != first {
		t.Errorf("before that comes %s, want %s", s.chosenShard(), first)
	}
	s.press("s").types("nothing").press("enter").shows("no shard is called, or holds, nothing").fits()
	// The log's search is another one.
	s.press("1", "n").shows("nothing is searched for").press("3", "2", "s").types("7f3a").press("enter").shows("7f30-7f40")
}

func TestOrdersOfShards(t *testing.T) {
	s := troubledShop(newFixture(t, shardNames(16)...)).screen(160, 40).press("2")
	value := map[string]func(*stream.ShardState) float64{
		"behind":                func(s *stream.ShardState) float64 { return float64(s.Standing.Behind) },
		"rate":                  func(a *stream.ShardState) float64 { return a.Rate.PerSecond(s.model.Now) },
		"age of the last event": func(a *stream.ShardState) float64 { return float64(s.model.Now.Sub(a.LastEvent)) },
	}
	for _, name := range []string{"name", "trouble", "behind", "lag", "rate", "age of the last event"} {
		s.press("o").shows("shards by " + name).fits()
		list := s.model.shards.Order(&s.model.Context)
		for i := 1; i < len(list) && value[name] != nil; i++ {
			if value[name](list[i-1]) < value[name](list[i]) {
				t.Errorf("by %s, %s comes before %s", name, list[i-1].Shard, list[i].Shard)
			}
		}
		last := list[len(list)-1]
		if s.press("down", "O"); s.model.shards.Order(&s.model.Context)[0] != last || s.chosenShard() != last.Shard.Name {
			t.Errorf("the other way round, %s is not first, or not under the cursor", last.Shard)
		}
	}
	s.press("o").shows("shards by key range").pass(time.Second)
	for size := range 3 {
		s.resize(40+40*size, 12+14*size).press("o").fits()
	}
}
