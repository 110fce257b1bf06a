package ui

import (
	"slices"
	"strings"
	"testing"

	"vtscope/stream"
	"vtscope/ui/draw"
)

func TestDetailsShowEveryColumn(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer")
	s.shows("customer_id", "● phone", "NULL  →  '+31 20 555 01 77'", "● settings", "▸ 3 unchanged  email, name, updated_at", "17156075-5f1a-11f1-8c2d-02fc00000002:")
	s.upTo("delete shop.corder").shows("'cancelled'").hides("●  ")
}

// TestUnchangedColumnsUnfold, and stay so from row to row: what has changed comes first.
func TestUnchangedColumnsUnfold(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").press("tab").chooses("▸ 3 unchanged").press("enter")
	s.shows("▾ 3 unchanged", "  email  ", "varchar(128)", "  updated_at")
	s.press("shift+tab").upTo("update shop.corder").shows("● status", "▾ 3 unchanged", "  note").press("tab").chooses("▾ 3 unchanged").press("enter")
	s.shows("▸ 3 unchanged  customer_id, total, note").hides("  note  ").fits()
	order := s.detailOrder()
	if want := []string{"status", "order_id", "3"}; !slices.Equal(order[:3], want) {
		t.Errorf("the lines are of %q, want %q", order, want)
	}
}

// detailOrder is what the lines of an update's details are of.
func (s *screen) detailOrder() (names []string) {
	for line := range strings.SplitSeq(s.detailLines(), "\n") {
		if words := strings.Fields(strings.Trim(line, "│ ●▸▾")); len(words) > 1 {
			names = append(names, words[0])
		}
	}
	return names
}

// TestDetailsKeepTheirHeight while the cursor goes from row to row, so that the log does
// not jump; they grow where a row has more.
func TestDetailsKeepTheirHeight(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("k").sales(1).press("enter")
	height := s.model.layout.details
	for range 40 {
		s.press("k")
		if now := s.model.layout.details; now < height {
			t.Fatalf("the details go from %d lines to %d:\n%s", height, now, s.text())
		} else {
			height = now
		}
	}
	if s.press("esc", "enter"); s.model.layout.details > height {
		t.Errorf("opened again they take %d lines, and %d before", s.model.layout.details, height)
	}
}

func TestDetailsFollowTheSelectedRow(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter")
	for range 25 {
		s.shows(s.arrived()).press("k")
	}
	s.press("G").sales(2).shows("▶ follow", s.arrived())
}

// arrived is what the details' title says of the row under the cursor.
func (s *screen) arrived() string {
	s.t.Helper()
	var r stream.Record
	if !s.model.Shown.At(s.model.changes.Cursor, &r) {
		s.t.Fatal("no row is under the cursor")
	}
	return draw.Arrival(&r) + " ──"
}

// TestDetailsKeepTheirRow: the store drops the row that they show, and they do
// not turn into another.
func TestDetailsKeepTheirRow(t *testing.T) {
	f := newFixtureOf(t, 1<<16)
	s := f.screen(140, 40).show(f.hello()).sales(20).press("enter").upTo("update shop.customer").press("k", "j")
	shown := s.detailLines()
	s.sales(3000).shows("update shop.customer", "no longer kept", "the row of the details is no longer kept")
	if got := s.detailLines(); got != shown {
		t.Errorf("the details show\n%s\nand showed\n%s", got, shown)
	}
	if s.model.changes.Cursor != s.model.Shown.First() {
		t.Errorf("the cursor is on row %d, and the oldest is %d", s.model.changes.Cursor, s.model.Shown.First())
	}
	s.sales(300).shows("no longer kept").press("j").hides("no longer kept").shows(s.arrived())
	s.press("esc").hides("no longer kept").press("enter").shows(s.arrived())
}

// detailLines are the lines of the details, without their frame.
func (s *screen) detailLines() string {
	_, below, _ := strings.Cut(s.text(), "╭ update")
	_, lines, _ := strings.Cut(below, "\n")
	lines, _, _ = strings.Cut(lines, "╰")
	return lines
}

func TestDetailsStayWhileRowsArrive(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer")
	at := s.model.changes.Cursor
	s.sales(200).at(at).shows("update shop.customer", "● phone")
}

func TestSecondEnterZooms(t *testing.T) {
	s := liveShop(t).screen(80, 24).press("enter").upTo("update shop.customer").shows("Changes")
	s.press("enter").hides("Changes", "SHARD").shows("update shop.customer", "● phone", "updated_at").fits()
	s.press("esc").shows("Changes").fits()
}

// TestZoomedLogOpensDetails: the details are seen where they are opened from a
// log that fills the screen.
func TestZoomedLogOpensDetails(t *testing.T) {
	s := liveShop(t).screen(80, 24).press("k", "z").hides("PHASE").press("enter").fits()
	s.shows("╭ ").press("esc", "esc", "esc").hides("╭ ").shows("Changes")
	if s.quit {
		t.Error("esc quits")
	}
}

// TestLongDetailsScroll with the line that is chosen.
func TestLongDetailsScroll(t *testing.T) {
	f := liveShop(t)
	s := f.screen(60, 12).press("enter").upTo("update shop.customer").press("tab").fits()
	s.hides("_time").press("G").shows("_time", "↑").fits()
	s.press("g").shows("● phone").press("j").shows("● phone").press("j", "j", "j").hides("● phone")
	s.press("k", "k", "k", "k").shows("● phone")
	for range 12 {
		s.press("pgdown").fits()
	}
	s.shows("_time")
	for range 6 {
		s.press("pgup", "ctrl+u").fits()
	}
	s.shows("● phone")
}

// TestEscGoesBackAndNeverQuits and what q does beside it.
func TestEscGoesBackAndNeverQuits(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter", "enter").hides("Changes")
	s.press("esc").shows("Changes", "╰─", "customer_id").press("esc").hides("bigint")
	s.press("esc", "esc", "esc").shows("Changes")
	if s.quit {
		t.Error("esc quits")
	}
}

func TestCloseTakesWhatIsOpenThenQuits(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter", "enter", "?")
	s.press("q").hides("Moving").press("q").shows("Changes", "bigint").press("q").hides("bigint")
	if s.quit {
		t.Fatal("q quits while something is open")
	}
	if s.press("q"); !s.quit || s.model.interrupted {
		t.Error("q does not quit with nothing open")
	}
}

func TestInterrupt(t *testing.T) {
	for _, keys := range [][]string{nil, {"enter", "enter"}, {"?"}, {"space"}} {
		s := liveShop(t).screen(120, 40).press(keys...).press("ctrl+c")
		if !s.quit || !s.model.interrupted {
			t.Errorf("after %v ctrl-c does not interrupt", keys)
		}
	}
}

func TestNoRowNoDetails(t *testing.T) {
	newFixture(t).screen(80, 24).press("enter", "enter", "k", "j", "g", "G", "pgup", "tab", "z").fits()
}
