package ui

import (
	"errors"
	"testing"
	"time"

	"vtscope/stream"
)

// answer lets the model ask a shard's tablets.
func (s *screen) askTablets(a *answers) *screen {
	s.t.Helper()
	s.model.options.Inquirer, s.model.Facts.Asked = a, true
	if cmd := s.model.askTablets(); cmd != nil {
		s.send(cmd())
	}
	return s
}

// TestShardDetails opens the details of the shard under the cursor.
func TestShardDetails(t *testing.T) {
	f := troubledShop(newFixture(t))
	one := func(n string) string { return server(1) + ":" + n }
	a := &answers{tablets: []stream.Tablet{
		{Alias: "zone1-0000000300", Type: "primary", State: "SERVING", Executed: one("1-99999"), Purged: one("1-100")},
		{Alias: "zone1-0000000301", Type: "replica", State: "SERVING", Executed: one("1-50"), Purged: one("1-90000")},
		{Alias: "zone1-\x1b[31m302", Type: "rdonly", State: "NOT_SERVING", Unknown: "no healthy \x1btablet"},
		{Alias: "zone1-0000000303", Type: "replica", State: "SERVING", Executed: one("1-50:tag:1-7")},
	}}
	s := f.screen(120, 60).press("tab", "l", "enter", "enter").askTablets(a)
	s.shows("╭ shard shop/40-80", "stalled", "1,204 transactions behind", "and silent for 33s: replica",
		"position", server(1)+":1-", "executed", "asked of the primary 0s ago",
		"tablets     asked 0s ago", "zone1-0000000300 primary serving: has", "more than the stream had; nothing after", "purged there:",
		"zone1-0000000301 replica serving: lacks", "purged: no stream can start here from it",
		"not_serving: not known: no healthy", "GTIDs with tags cannot be compared; executed", ":tag:1-7").fits()
	s.press("esc", "esc", "esc").hides("╭ shard").fits()
}

// TestShardCursor moves among the shards, and stays on the one it chose.
func TestShardCursor(t *testing.T) {
	at := func(s *screen, want string) {
		t.Helper()
		if got := s.model.shards.Chosen(&s.model.Context).Shard.Name; got != want {
			t.Errorf("the cursor is on %s, want %s", got, want)
		}
	}
	s := liveShop(t).screen(120, 40).press("tab")
	at(s, "-40")
	for _, step := range []struct{ key, want string }{
		{"l", "40-80"}, {"right", "80-c0"}, {"l", "c0-"}, {"l", "c0-"}, {"h", "80-c0"}, {"j", "80-c0"}, {"g", "-40"}, {"G", "c0-"},
	} {
		at(s.press(step.key), step.want)
	}
	list := liveShop(t).screen(80, 24).press("tab")
	for _, want := range []string{"40-80", "80-c0", "c0-", "c0-"} {
		at(list.press("j"), want)
	}
	list.press("enter").shows("╭ shard shop/c0-").fits()

	heat := manyShards(t, 256).screen(120, 40).press("tab", "pgdown")
	chosen := heat.model.shards.Chosen(&heat.model.Context).Shard
	heat.fixture.pass(20 * time.Second) // all are quiet: another order
	if heat.frame(); heat.model.shards.Chosen(&heat.model.Context).Shard != chosen {
		t.Error("the cursor has left its shard")
	}
	heat.shows(chosen.Name).fits()
}

// TestIdleStreamShowsWhatIsAsked: no frame comes, and the answer shows.
func TestIdleStreamShowsWhatIsAsked(t *testing.T) {
	s := liveShop(t).screen(120, 40).shows("behind 0")
	s.pass(time.Minute).executed(7)
	s.send(tickMsg(s.clock))
	s.shows("behind 7").fits()
}

// TestTabletsThatCannotBeAsked say why.
func TestTabletsThatCannotBeAsked(t *testing.T) {
	liveShop(t).screen(120, 60).press("tab", "enter", "enter").
		askTablets(&answers{err: errors.New("not for you")}).shows("tablets", "not known: not for you").fits()
}
