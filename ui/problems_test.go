package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vitess.io/vitess/go/vt/proto/binlogdata"
)

// TestProblems lists what is wrong now and what has happened, and goes to its row.
func TestProblems(t *testing.T) {
	s := troubledShop(newFixture(t)).screen(120, 40).press("5").fits()
	s.shows("2 now, 4 since the start", "now            40-80 stalled  1,204 transactions behind", "reopened after", "╭ stalled  shop/40-80")
	s.press("enter").shows("it has no row in the log").press("down", "down", "enter").shows("Changes")
	if got := s.selected(); !strings.Contains(got, "problem") {
		t.Errorf("enter goes to %q", got)
	}
	s.press("5", "down", "enter").shows("Changes")
	if got := s.selected(); !strings.Contains(got, "ALTER TABLE") {
		t.Errorf("enter goes to %q", got)
	}
	s.setFilter("_table = 'corder'").press("5", "enter").shows("the filter hides its row; ! switches it off").press("!")
	s.press("5", "O").shows("╭ stalled").press("down", "down").shows("╭ retrying").press("y", "t")
	if len(s.raw) == 0 {
		t.Error("nothing is copied")
	}
	s.press("5", "g").click("ddl").shows("╭ ddl").click("ddl").shows("CHANGE")
}

// TestNoProblem says that there is none.
func TestNoProblem(t *testing.T) {
	s := newFixture(t).screen(100, 30).press("5").fits().shows("nothing has happened yet").press("enter", "down", "y").fits()
	f := newFixture(t)
	f.screen(100, 30).show(f.hello()).press("5").shows("nothing is wrong, and nothing has happened").fits()
	s.press("esc", "esc", "esc").shows("Changes")
}

// TestProblemWhoseRowIsGone: it is still told of.
func TestProblemWhoseRowIsGone(t *testing.T) {
	f := newFixtureOf(t, 1<<20)
	s := shop(f).screen(120, 30)
	for f.store.Snapshot().First() < 300 {
		for range 500 {
			f.deliver(f.sale(0))
		}
	}
	s.frame().press("5").shows("ALTER TABLE").press("enter").shows("no longer kept; the log begins later").fits()
}

// TestDrift: shards that have told of other columns last are told of, until they agree.
func TestDrift(t *testing.T) {
	f := newFixture(t)
	wide := noted
	wide.fields = append(wide.fields[:2:2], column("extra", 6165, "varchar(9)"))
	f.deliver(f.hello(), f.commit(0, insert(noted, 1, "a")), f.commit(1, insert(noted, 2, "b")), f.commit(2, insert(noted, 3, "c")))
	s := f.screen(140, 30).press("5").shows("0 now")
	clear(f.fielded)
	s.show(f.commit(0, insert(wide, 4, "d", "e"))).shows("1 now", "drift    shop.notes: version 2 (3 columns) on -40, version 1 (2 columns) on 40-80 and 1 other shard").fits()
	s.show(f.commit(1, insert(wide, 5, "d", "e")), f.commit(2, insert(wide, 6, "d", "e"))).shows("0 now").hides("drift")
}

// TestGraph: row changes over time, by event, table and shard.
func TestGraph(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("6").fits().shows("Row changes by event   all changes", "261 in the last minute", "12:04:42 UTC", "update ")
	s.press("enter").shows("these are all changes").press("down").shows("by event   update").press("enter").shows("_event = 'update'").fits()
	s.press("6", "o").shows("by table", "customer").press("o").shows("by shard", "c0-").press("o").shows("by event").press("O").shows("by shard")
	s.press("left").shows("the last 15 minutes", "11:49:42").fits().press("right").shows("the last minute", "12:03:42")
	s.click("40-80  ").press("enter").shows("_shard = '40-80'")
	s.press("6").wheel("all changes", tea.MouseWheelDown).fits()
	for _, size := range [][2]int{{40, 8}, {41, 9}, {60, 12}, {300, 100}} {
		s.resize(size[0], size[1]).fits().press("z").fits().press("z")
	}
	newFixture(t).screen(80, 24).press("6").fits().press("enter", "o", "down").fits()
}

// TestGraphOfTheLastQuarter: the long span has what the short one has no more.
func TestGraphOfTheLastQuarter(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 40).show(f.hello(), f.commit(0, insert(noted, 1, "a"), insert(noted, 2, "b")))
	f.pass(5 * time.Minute)
	s.frame().press("6").shows("0 in the last minute").press("left").shows("2 in the last 15 minutes", "at most 0.2/s").fits()
}

// TestProblemsInAPause: what is wrong is told at once, whatever the log does.
func TestProblemsInAPause(t *testing.T) {
	f := shop(newFixture(t))
	s := f.screen(120, 40).press("5", "1")
	s.show(f.ddl(0, "ALTER TABLE corder ADD xx INT")).press("space", "5").shows("xx INT")
	f.deliver(f.ddl(0, "ALTER TABLE corder ADD yy INT"))
	s.frame().shows("yy INT").press("space").shows("yy INT").fits()
}

// TestCursorOnARepeatedProblem stays there when it comes again.
func TestCursorOnARepeatedProblem(t *testing.T) {
	f := shop(newFixture(t))
	again := func() {
		clear(f.fielded)
		e := insert(noted, 1, "a").event()
		f.live(2, e)
		f.deliver([]*binlogdata.VEvent{e})
	}
	again()
	s := f.screen(120, 40).press("5", "down").shows("╭ ")
	title := s.detailTitle()
	s.press("up", "down")
	again()
	if got := s.frame().detailTitle(); got != title {
		t.Errorf("the details are of %q, not of %q:\n%s", got, title, s.text())
	}
}
