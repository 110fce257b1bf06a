package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vtscope/stream"
	"vtscope/ui/draw"
)

// chosenShard is the shard under the cursor.
func (s *screen) chosenShard() string { return s.model.shards.Chosen(&s.model.Context).Shard.Name }

// TestFindAShard among 4,096: by its name, by a part of it, and by a keyspace ID that lies
// in its range.
func TestFindAShard(t *testing.T) {
	s := manyShards(t, 4096).screen(120, 40)
	for text, want := range map[string]string{"7f30-7f40": "7f30-7f40", "7f3a": "7f30-7f40", "0xABCD12": "abc0-abd0", "fff0-": "fff0-", "shop/-0010": "-0010", "2a4": "2a40-2a50"} {
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

// TestNarrowShards: while somebody types, the shards shown are those that are meant; what is
// below stays where it is.
func TestNarrowShards(t *testing.T) {
	for _, n := range []int{4, 16, 256, 4096} {
		s := manyShards(t, n).screen(120, 40)
		name := s.model.Shards[n/2].Shard.Name
		before := s.line("CHANGE")
		s.press("2", "s")
		for _, letter := range name {
			if s.press(string(letter)).fits(); s.line("CHANGE") != before && s.line(" search") != before-1 {
				t.Errorf("%d shards: the log moves:\n%s", n, s.text())
			}
		}
		if list := s.model.shards.Order(&s.model.Context); len(list) != 1 || list[0].Shard.Name != name {
			t.Errorf("%d shards: %q leaves %d", n, name, len(list))
		}
		s.shows("1 of " + draw.Count(n) + " shards, those with " + name).press("enter")
		if s.chosenShard() != name {
			t.Errorf("%d shards: %s is chosen", n, s.chosenShard())
		}
		s.press("enter").shows("╭ shard shop/" + name).press("esc").fits()
		s.press("2", "esc").hides("those with")
		if got := len(s.model.shards.Order(&s.model.Context)); got != n || s.chosenShard() != name {
			t.Errorf("esc leaves %d of %d shards, with %s chosen", got, n, s.chosenShard())
		}
		s.press("s").types("nowhere").fits().shows("0 of ").press("esc").hides("those with")
		s.press("s").types("zz").press("enter").shows("no shard is called").hides("those with").fits()
	}
	s := manyShards(t, 256).screen(120, 40).press("2", "s").types("7f").press("z", "esc").fits()
	s.press("s").types("7").press("enter", "z").fits().press("z").fits()
	for _, size := range [][2]int{{40, 8}, {60, 12}, {80, 24}, {300, 100}} {
		s.resize(size[0], size[1]).fits()
	}
}

// line is the first line with a text, -1 without one.
func (s *screen) line(text string) int {
	return slices.IndexFunc(s.lines(), func(line string) bool { return strings.Contains(line, text) })
}

// TestWalkTheHeatMap: the cursor goes from sign to sign by key range, and is to be seen.
func TestWalkTheHeatMap(t *testing.T) {
	s := manyShards(t, 256).screen(120, 40).press("2")
	names := shardNames(256)
	s.press("s").types(names[10]).press("enter", "esc", "2")
	walk := func(key, want string) {
		t.Helper()
		if s.press(key); s.chosenShard() != want {
			t.Errorf("%s goes to %s, not %s", key, s.chosenShard(), want)
		}
		s.fits()
	}
	walk("right", names[11])
	walk("right", names[12])
	walk("left", names[11])
	walk("L", names[11+118])
	walk("H", names[11])
	row := strings.Split(s.view(), "\n")[2]
	if !strings.Contains(row, string(s.model.Theme.Reverse)) {
		t.Errorf("the cursor is not to be seen: %q", row)
	}
	for range 300 {
		s.press("left")
	}
	walk("left", names[0])
	many := manyShards(t, 4096).screen(80, 24).press("2", "right", "right").fits()
	many.press("enter").shows("╭ shard shop/")
}

// TestShardsStayWhileTheyHaveTheKeys: what is worst comes first, but no line moves under the
// cursor.
func TestShardsStayWhileTheyHaveTheKeys(t *testing.T) {
	f := manyShards(t, 256)
	s := f.screen(120, 40).press("2").shows("worst first")
	names := func() (list []string) {
		for _, shard := range s.model.shards.Order(&s.model.Context) {
			list = append(list, shard.Shard.Name)
		}
		return list
	}
	before := names()
	behind := make([]int, 256)
	behind[77] = 5000
	f.pass(time.Minute).executed(behind...)
	f.deliver(f.sale(3))
	f.pass(30 * time.Second)
	if s.frame(); !slices.Equal(names(), before) {
		t.Error("lines move under the cursor")
	}
	s.press("1").frame()
	if after := names(); after[0] != shardNames(256)[77] {
		t.Errorf("first is %s", after[0])
	}
	low := manyShards(t, 4).screen(40, 8).press("2").fits()
	if low.model.layout.shards == 0 {
		t.Errorf("the shards have the keys, and are not to be seen:\n%s", low.text())
	}
}

// TestAShardInTrouble is found among 4,096 by two keys: it stands first.
func TestAShardInTrouble(t *testing.T) {
	f := manyShards(t, 4096)
	e := stream.Executed{Keyspace: keyspace, Shard: "7f30-7f40", GTID: fmt.Sprintf("%s:1-%d", server(0x7f3), 100_000), At: f.clock}
	f.progress.Compare([]stream.Executed{e})
	f.pass(20 * time.Second)
	e.At = f.clock
	f.progress.Compare([]stream.Executed{e})
	f.screen(120, 40).press("2", "enter").shows("╭ shard shop/7f30-7f40", "behind").fits()
}
