package ui

import (
	"testing"
)

func TestDetailsShowEveryColumn(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer")
	s.shows("customer_id", "varchar(128)", "● phone", "NULL  →  '+31 20 555 01 77'", "● settings", "  updated_at", "17156075-5f1a-11f1-8c2d-02fc00000002:")
	s.upTo("delete shop.corder").shows("'cancelled'").hides("●  ")
}

func TestDetailsFollowTheSelectedRow(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter")
	for range 25 {
		s.shows("  " + s.selected()[:len("12:04:42.000")] + " ──").press("k")
	}
	s.press("G").sales(2).shows("▶ follow", "  "+s.selected()[:len("12:04:42.000")]+" ──")
}

func TestDetailsStayWhileRowsArrive(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer")
	at := s.model.log.cursor
	s.sales(200).at(at).shows("update shop.customer", "● phone")
}

func TestSecondEnterZooms(t *testing.T) {
	s := liveShop(t).screen(80, 24).press("enter").upTo("update shop.customer").shows("Changes")
	s.press("enter").hides("Changes", "SHARD").shows("update shop.customer", "● phone", "updated_at").fits()
	s.press("enter").shows("Changes").fits()
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
	s.press("g").shows("customer_id").press("j").shows("customer_id").press("j", "j", "j").hides("customer_id")
	s.press("k", "k", "k", "k").shows("customer_id")
	for range 12 {
		s.press("pgdown").fits()
	}
	s.shows("_time")
	for range 6 {
		s.press("pgup", "ctrl+u").fits()
	}
	s.shows("customer_id")
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
