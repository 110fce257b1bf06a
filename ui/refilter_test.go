package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/draw"
)

// setFilter sets a filter and lets every row be looked at.
func (s *screen) setFilter(text string) *screen {
	s.t.Helper()
	s.perform(s.model.after(s.model.setFilter(mustFilter(s.t, text))))
	s.model.View()
	return s
}

// only fails where a row of the log lacks the text.
func (s *screen) only(text string) *screen {
	s.t.Helper()
	for line := range strings.Lines(s.log()) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(line, text) {
			s.t.Errorf("a row without %q: %s", text, line)
		}
	}
	return s
}

func TestFilterShowsWhatMatches(t *testing.T) {
	s := liveShop(t).screen(120, 40).shows("Changes", "/ filter")
	all := s.model.Shown.Len()
	s.setFilter("_table = 'corder' and _event = 'delete'").only("delete").hides("Changes").fits()
	n := s.model.Sieve.Matches.Len()
	if n == 0 || n >= all {
		t.Fatalf("%d of %d rows match", n, all)
	}
	s.shows("filter  _table = 'corder' and _event = 'delete'", draw.Count(n)+" of "+draw.Count(all), "▶ follow")
	s.sales(40).only("delete").shows(draw.Count(s.model.Sieve.Matches.Len())+" of "+draw.Count(s.model.Shown.Len()), "▶ follow")
	if s.model.Sieve.Matches.Len() <= n {
		t.Error("no new row has matched, so nothing was tested")
	}
	last := s.model.Sieve.Matches.Row(s.model.Sieve.Matches.Len() - 1)
	s.at(last).press("k").at(s.model.Sieve.Matches.Row(s.model.Sieve.Matches.Len() - 2)).shows("1 below · G to follow")
}

// TestFilterFromTheStart is --where.
func TestFilterFromTheStart(t *testing.T) {
	f := newFixture(t)
	m := newModel(Options{
		Store: f.store, Progress: f.progress, Target: keyspace, Now: f.now, Filter: mustFilter(t, "_event = 'update'"),
	})
	s := &screen{t: t, fixture: f, model: m}
	s.resize(120, 40).frame().shows("filter  _event = 'update'", "0 of 0", "connecting")
	s.show(f.hello()).sales(60).only("update").shows(" of " + draw.Count(s.model.Shown.Len()))

	full := newModel(Options{
		Store: f.store, Progress: f.progress, Target: keyspace, Now: f.now, Filter: mustFilter(t, "_event = 'update'"),
	})
	s = &screen{t: t, fixture: f, model: full}
	for _, cmd := range full.Init()().(tea.BatchMsg)[2:] { // after the frame to come, and the tick
		s.perform(cmd)
	}
	s.resize(120, 40).only("update").shows(draw.Count(full.Sieve.Matches.Len()) + " of " + draw.Count(full.Shown.Len()))
}

// TestCursorStaysOnItsRow: also its line, where there are rows enough.
func TestCursorStaysOnItsRow(t *testing.T) {
	s := liveShop(t).sell(400).screen(120, 40)
	for s.press("pgup", "pgup", "pgup", "pgup", "pgup", "k", "k", "k"); !strings.Contains(s.selected(), " update "); {
		s.press("k")
	}
	row, at, line := identity(s.selected()), s.model.changes.Cursor, s.place()
	s.setFilter("_event = 'update'").at(at)
	if got := s.place(); identity(s.selected()) != row || got != line {
		t.Errorf("the cursor went from %q on line %d to %q on line %d", row, line, s.selected(), got)
	}
	if s.press("esc").at(at); s.place() != line {
		t.Errorf("the cursor went from line %d to %d when the filter went", line, s.place())
	}
	s.setFilter("_table = 'corder'").only("corder")
	if got := s.model.changes.Cursor; got >= at || s.model.Sieve.Matches.Nearest(at) != s.model.Sieve.Matches.Index(got) {
		t.Errorf("the cursor is at %d, which is not the nearest older to %d", got, at)
	}
}

func TestFilterOffAndOn(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("!").shows("there is no filter to switch on").press("k", "G")
	s.setFilter("_event = 'delete'").only("delete")
	s.press("!").shows("filter off (! on)  _event = 'delete'", draw.Count(s.model.Shown.Len())+" rows", "insert")
	s.sales(10).shows("insert").press("!").only("delete").hides("filter off")
	s.press("k", "esc").shows("Changes", "! restore the last", "insert").press("!").only("delete").shows("filter  _event")
	if s.quit {
		t.Error("esc quits")
	}
}

// TestEscGoesBackBeforeItTakesTheFilter, and q leaves the filter alone.
func TestEscGoesBackBeforeItTakesTheFilter(t *testing.T) {
	s := liveShop(t).screen(120, 40).setFilter("_event = 'delete'").press("enter", "esc")
	s.shows("filter  _event").press("tab", "esc").shows("filter  _event").press("esc").shows("Changes")
	s.press("!", "q")
	if !s.quit || s.model.Sieve.Filter == nil {
		t.Error("q takes the filter away in place of ending the program")
	}
}

func TestFilterThatMatchesNothing(t *testing.T) {
	for _, size := range goldenSizes {
		s := liveShop(t).screen(size[0], size[1]).setFilter("_table = 'none'").fits()
		s.shows("0 of "+draw.Count(s.model.Shown.Len()), "no row of "+draw.Count(s.model.Shown.Len())+" matches")
		s.press("enter", "k", "j", "pgup", "g", "G").fits().hides("╭ no row")
		s.sales(5).shows("0 of ").press("esc").hides("matches;")
	}
}

// TestFilterOfNoTable names the column that no table seen so far has, until one
// has it.
func TestFilterOfNoTable(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 40).setFilter("stock < 100")
	f.deliver(f.hello(), f.commit(0, insert(orderTable, f.order(1, "paid")...)))
	s.frame().shows("stock", "no table")
	f.deliver(f.commit(0, insert(productTable, f.product(1, 40)...)))
	s.frame().hides("no table").shows("SKU-0001")
}

func TestRowsThatCannotBeEvaluated(t *testing.T) {
	s := liveShop(t).screen(120, 40).setFilter("json_extract(note, '$.a') = 1")
	failed := s.model.Sieve.Matches.Failed
	if failed == 0 {
		t.Fatal("every row could be evaluated")
	}
	s.shows(draw.Count(failed) + " could not be evaluated: ").fits()
	s.sales(30)
	if s.model.Sieve.Matches.Failed <= failed {
		t.Error("new rows are not counted")
	}
	s.setFilter("_event = 'insert'").hides("could not be evaluated")
}

func TestFilterInAPause(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("space")
	kept := s.model.Shown.Len()
	s.sales(50).setFilter("_event = 'delete'").only("delete").shows(" of "+draw.Count(kept), "PAUSED")
	frozen, n := s.log(), s.model.Sieve.Matches.Len()
	if s.sales(50); s.log() != frozen {
		t.Error("the log moved in a pause")
	}
	s.press("space").only("delete").shows(" of "+draw.Count(s.model.Latest.Len()), "▶ follow")
	if s.model.Sieve.Matches.Len() <= n {
		t.Error("what came in the pause is left out")
	}
}

// TestStaleScanIsDropped: what a command found for another filter counts for
// nothing, whenever it comes.
func TestStaleScanIsDropped(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	stale := s.model.after(s.model.setFilter(mustFilter(t, "_event = 'insert'")))
	if !s.model.Sieve.IsPending() || !strings.Contains(s.text(), "update") {
		t.Error("the rows are gone before the first of the new ones are known")
	}
	s.shows("looking …")
	s.setFilter("_event = 'delete'")
	before, rows := s.view(), s.model.Sieve.Matches.Len()
	s.perform(stale)
	if s.only("delete"); s.view() != before || s.model.Sieve.Matches.Len() != rows {
		t.Errorf("a stale result changed the screen:\n%s", s.text())
	}
}

// slowClock gives a clock that moves by a step whenever it is read.
func slowClock(step time.Duration) func() time.Time {
	now := startTime
	return func() time.Time {
		now = now.Add(step)
		return now
	}
}

// TestTallyWhileLooking: what has not been looked at is told.
func TestTallyWhileLooking(t *testing.T) {
	s := liveShop(t).sell(2000).screen(120, 40)
	s.model.options.Now = slowClock(2 * time.Millisecond)
	cmd := s.model.after(s.model.setFilter(mustFilter(t, "_event = 'ddl' and _table = 'none'")))
	for range 3 {
		cmd = s.next(cmd)
		share := draw.Count(s.model.Sieve.Matches.Looked() * 100 / s.model.Shown.Len())
		s.shows("0 so far · "+share+"% looked at of "+draw.Count(s.model.Shown.Len()), "looking: "+share+"% of ", "none of them matches")
	}
	s.resize(60, 20).shows("0 so far · ").fits().resize(120, 40)
	s.perform(cmd)
	s.shows("0 of "+draw.Count(s.model.Shown.Len()), "no row of")
}

// next runs a command and gives the one that comes of it.
func (s *screen) next(cmd tea.Cmd) tea.Cmd {
	message := cmd()
	for batch, ok := message.(tea.BatchMsg); ok; batch, ok = message.(tea.BatchMsg) {
		message = batch[0]()
	}
	return s.send(message)
}

// sell delivers n made-up transactions, seen by no screen yet.
func (f *fixture) sell(n int) *fixture {
	for i := range n {
		f.deliver(f.sale(i % len(f.shards)))
	}
	return f
}

// TestBurstIsLookedAtInTheEnd: a frame has a time to look at its rows, and what
// is left is looked at beside it.
func TestBurstIsLookedAtInTheEnd(t *testing.T) {
	f := liveShop(t)
	s := f.screen(120, 40).setFilter("_event = 'delete'")
	s.model.options.Now = slowClock(15 * time.Millisecond)
	f.sell(1000)
	ahead := s.model.Sieve.Ahead(s.model.Paused)
	frame := makeFrame(s.clock, s.store, s.progress, spare{}, ahead)
	s.model.take(frame)
	v := s.model.Sieve.Matches
	want := matching(s.model.Shown, s.model.Sieve.Filter)
	if !v.Looking() || v.Len() == 0 || v.Row(v.Len()-1) != want[len(want)-1] {
		t.Fatalf("a frame looked at %d of %d rows, not the newest within its time", v.Looked(), s.model.Shown.Len())
	}
	s.shows("so far · ", "▶ follow").at(v.Row(v.Len() - 1))
	s.perform(s.model.scan())
	s.only("delete").shows(draw.Count(v.Len()) + " of " + draw.Count(s.model.Shown.Len()))
	if got, want := v.Rows(nil, 0, v.Len()), matching(s.model.Shown, s.model.Sieve.Filter); len(got) != len(want) {
		t.Errorf("%d rows are shown, %d match", len(got), len(want))
	}
}
