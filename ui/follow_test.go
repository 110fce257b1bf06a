package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vtscope/stream"
)

// identity is what of a row's line does not depend on the columns' widths.
func identity(line string) string {
	fields := strings.Fields(strings.TrimLeft(line, " ▌┌│└")) // without the bracket of its transaction
	return strings.Join(fields[:min(5, len(fields))], " ")
}

// place is the number of the line under the cursor, -1 without one.
func (s *screen) place() int {
	mark := string(s.model.Theme.Reverse)
	return slices.IndexFunc(strings.Split(s.view(), "\n"), func(line string) bool {
		return strings.HasPrefix(ansi.Strip(line), "▌") || strings.Contains(line, mark)
	})
}

func (s *screen) at(seq uint64) *screen {
	s.t.Helper()
	if s.model.changes.Cursor != seq {
		s.t.Errorf("the cursor is at row %d, not %d", s.model.changes.Cursor, seq)
	}
	return s
}

func (s *screen) newest() uint64 { return s.store.Snapshot().End() - 1 }

func TestFollowStaysAtTheNewest(t *testing.T) {
	s := liveShop(t).screen(100, 30)
	for range 20 {
		s.sales(3).at(s.newest()).shows("▶ follow")
		// The newest row is the last line of the log, above the key line.
		if got := s.place(); got != 28 {
			t.Fatalf("the newest row is on line %d:\n%s", got, s.text())
		}
	}
}

func TestMovingUpLeavesFollow(t *testing.T) {
	for _, key := range []string{"up", "k", "ctrl+u", "pgup", "b", "ctrl+b", "home", "g"} {
		s := liveShop(t).screen(100, 30).press(key).hides("▶ follow").shows("below · G to follow")
		row, line, at := identity(s.selected()), s.place(), s.model.changes.Cursor
		for range 30 {
			s.sales(4).at(at)
			if got := identity(s.selected()); got != row || s.place() != line {
				t.Fatalf("after %s the cursor went from %q on line %d to %q on line %d", key, row, line, got, s.place())
			}
		}
		for _, back := range []string{"G", "f", "end"} {
			s.press("k", back).at(s.newest()).shows("▶ follow")
		}
	}
}

// TestMovingDownDoesNotFollow: at the newest row, rows would run away under the
// reader.
func TestMovingDownDoesNotFollow(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("up", "down", "down", "pgdown")
	at := s.newest()
	s.at(at).sales(5).at(at).hides("▶ follow")
}

func TestMoves(t *testing.T) {
	s := liveShop(t).screen(100, 30)
	newest, rows := s.newest(), uint64(s.model.changes.Rows())
	s.press("k").at(newest - 1).press("up").at(newest - 2).press("j").at(newest - 1).press("down").at(newest)
	s.press("pgup").at(newest - (rows - 1)).press("pgdown").at(newest)
	s.press("ctrl+u").at(newest - rows/2).press("ctrl+d").at(newest)
	s.press("g").at(1).press("up", "pgup", "ctrl+u").at(1)
	s.press("j").at(2).press("G").at(newest)
}

// smallShop has a store that keeps little, so that rows are evicted soon.
func smallShop(t testing.TB) *fixture {
	f := newFixtureOf(t, 128<<10)
	return f.deliver(f.hello()).traffic(2)
}

// TestEvictionLeavesTheRowUnderTheCursor: while the store drops rows before it,
// the cursor's row and its line stay.
func TestEvictionLeavesTheRowUnderTheCursor(t *testing.T) {
	s := smallShop(t).screen(100, 30).sales(600).press("k", "k")
	row, line, at := identity(s.selected()), s.place(), s.model.changes.Cursor
	dropped := uint64(0)
	for range 40 {
		s.sales(10)
		snapshot := s.store.Snapshot()
		if dropped = max(dropped, snapshot.Dropped()); snapshot.First() > at {
			break
		}
		if got := identity(s.at(at).selected()); got != row {
			t.Fatalf("the cursor went from %q to %q", row, got)
		}
		if snapshot.First() <= s.model.changes.Top && s.place() != line {
			t.Fatalf("the cursor's line went from %d to %d", line, s.place())
		}
	}
	if dropped == 0 {
		t.Fatal("nothing was dropped, so nothing was tested")
	}
	s.shows("dropped")
}

func TestEvictionUnderTheCursorGoesToTheOldest(t *testing.T) {
	s := smallShop(t).screen(100, 30).press("g", "j", "j")
	for s.store.Snapshot().First() <= 3 {
		s.sales(50)
	}
	s.at(s.store.Snapshot().First()).fits().hides("▶ follow")
	var r stream.Record
	if !s.model.Shown.At(s.model.changes.Cursor, &r) {
		t.Error("the cursor is at a row that is gone")
	}
	if got, want := s.place(), 30-1-s.model.changes.Rows(); got != want {
		t.Errorf("the oldest row is on line %d, not %d", got, want)
	}
}

func TestFollowKeepsTheSidewaysScroll(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("L", "l", "l", "h").shows("←11")
	s.sales(30).shows("←11").press("k").sales(2).shows("←11").press("G").sales(5).shows("←11", "▶ follow")
	s.press("H", "h", "h", "h").hides("←").press("l").shows("←1")
}

// TestSidewaysShowsTheRest: what a line cuts off can be reached.
func TestSidewaysShowsTheRest(t *testing.T) {
	f := newFixture(t)
	long := strings.Repeat("abcdefghij", 40) + "THE END"
	s := f.deliver(f.hello(), f.commit(0, insert(orderTable, 1, 2, "paid", "1.00", long))).screen(80, 24).hides("THE END")
	for range 43 {
		s.press("L")
	}
	s.shows("THE END").fits()
}

// TestPageKeepsTheLine: paging moves the rows under the cursor, not the cursor.
func TestPageKeepsTheLine(t *testing.T) {
	s := newFixture(t).traffic(200).screen(100, 30).press("pgup", "pgup", "k", "k", "k", "k")
	line := s.place()
	for _, key := range []string{"pgup", "pgup", "pgdown", "pgdown", "pgup"} {
		if s.press(key); s.place() != line {
			t.Errorf("%s takes the cursor from line %d to %d", key, line, s.place())
		}
	}
}
