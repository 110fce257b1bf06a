package ui

import (
	"strings"
	"testing"

	"vtscope/ui/draw"
)

// log is the text of the log's rows.
func (s *screen) log() string {
	lines := s.lines()
	end := len(lines) - 1 - s.model.layout.details
	return strings.Join(lines[end-s.model.changes.Rows():end], "\n")
}

func TestPauseFreezesTheLog(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("space").shows("PAUSED", "space resume")
	frozen, kept := s.log(), s.newest()
	for range 5 {
		s.sales(10)
		if s.log() != frozen {
			t.Fatalf("the log moved while it was paused:\n%s", s.text())
		}
		s.shows("PAUSED +" + draw.Count(s.newest()-kept))
	}
	s.press("space").at(s.newest()).hides("PAUSED").shows("▶ follow", "space pause")
}

// TestPauseOutlivesEviction: what was on screen at the pause stays readable,
// although the store has dropped it.
func TestPauseOutlivesEviction(t *testing.T) {
	s := smallShop(t).screen(120, 40).press("space")
	frozen, last := s.log(), s.newest()
	for s.store.Snapshot().First() <= last {
		s.sales(50)
	}
	if s.log() != frozen {
		t.Errorf("the log changed:\n%s", s.text())
	}
	s.press("k", "enter").shows("order_id").press("esc", "space")
	s.at(s.store.Snapshot().First()).fits()
}

func TestFollowEndsAPause(t *testing.T) {
	for _, key := range []string{"G", "f", "end"} {
		s := liveShop(t).screen(120, 40).press("space").sales(20).press("k", key)
		s.at(s.newest()).hides("PAUSED").shows("▶ follow")
	}
}

func TestMovingInAPause(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("space")
	at := s.newest()
	s.sales(10).press("k", "k").at(at-2).press("j", "j", "j").at(at).press("space").at(at).hides("▶ follow")
}
