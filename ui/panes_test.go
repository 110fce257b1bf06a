package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTabOrder(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	order := func(key string, panes ...paneName) {
		t.Helper()
		for i, want := range panes {
			if s.press(key); s.model.focus != want {
				t.Errorf("%s %d gives the keys to pane %d, not %d", key, i+1, s.model.focus, want)
			}
		}
	}
	order("tab", paneShards, paneView, paneShards, paneView)
	s.press("enter")
	order("tab", paneDetails, paneShards, paneView, paneDetails)
	order("shift+tab", paneView, paneShards, paneDetails, paneView)
	if s.press("tab", "esc"); s.model.focus != paneView {
		t.Error("closing the details does not give the keys back to the log")
	}
	empty := newFixture(t).screen(80, 24)
	if empty.press("tab"); empty.model.focus != paneView {
		t.Error("a pane that is not there got the keys")
	}
}

func TestZoom(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	s.press("z").hides("╭ -40").shows("Changes").fits().press("z").shows("╭ -40").fits()
	s.press("tab", "\\").hides("Changes").shows("╭ -40").fits().press("esc").shows("Changes").fits()
}

// TestEveryShardCanBeReached scrolls the list under a heat map to its end.
func TestEveryShardCanBeReached(t *testing.T) {
	for _, n := range []int{16, 64, 256} {
		for _, zoomed := range []bool{false, true} {
			t.Run(fmt.Sprint(n, zoomed), func(t *testing.T) {
				s := manyShards(t, n).screen(120, 40).press("tab")
				if zoomed {
					s.press("z")
				}
				order := slices.Clone(s.model.shards.Order(&s.model.Context))
				if !strings.Contains(s.text(), "╭") {
					s.shows("↓")
				}
				s.shows(order[0].Shard.Name).fits()
				for range n {
					s.press("pgdown")
				}
				s.hides("↓").shows(order[n-1].Shard.Name).fits()
				s.press("g").shows(order[0].Shard.Name).fits()
			})
		}
	}
}
