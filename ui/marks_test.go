package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"

	"vitess.io/vitess/go/vt/proto/query"
)

// noted is a table with a text.
var noted = tableSpec{"notes", []*query.Field{keyed(column("id", query.Type_INT64, "bigint")), column("body", query.Type_TEXT, "text")}}

// TestMarks: rows are marked, found again, and kept by a filter that hides them.
func TestMarks(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("U").shows("no row is marked; m marks one")
	s.press("k", "k", "k", "k").toTable("product")
	first := s.selected()
	s.press("m").shows("1 row marked", "◆")
	s.press("k", "k").toTable("customer")
	second := s.selected()
	s.press("m").shows("2 rows marked").press("g", "u")
	for _, want := range []string{second, first} {
		if got := strings.Join(strings.Fields(strings.Trim(s.selected(), "◆┌│└ ")), " "); got != strings.Join(strings.Fields(strings.Trim(want, "┌│└ ")), " ") {
			t.Errorf("u goes to %q, not %q", got, want)
		}
		s.press("u")
	}
	s.press("U").press("u")
	s.press("u").shows("no further mark below").press("U").press("U").shows("no further mark above")
	s.setFilter("_table = 'corder'").press("g", "u").shows("hidden by the filter").press("!")
	s.press("g", "u", "m").shows("1 row marked").press("g", "u", "m").shows("no row is marked").fits()
}

// TestMarkedRowsThatGo: a mark whose row is no longer kept is told of.
func TestMarkedRowsThatGo(t *testing.T) {
	f := newFixtureOf(t, 1<<20)
	s := shop(f).screen(120, 30).press("g", "m").shows("1 row marked").press("G")
	for f.store.Snapshot().Dropped() == 0 {
		for range 500 {
			f.deliver(f.sale(0))
		}
	}
	s.frame().shows("1 marked row no longer kept")
	s.press("U").shows("no row is marked")
}

// TestMarksOfARecording: what was marked when it was recorded is marked in the replay, as
// soon as its row is there; one that was taken away is not.
func TestMarksOfARecording(t *testing.T) {
	live := newFixture(t)
	first := live.hello()
	rows := live.commit(0, insert(noted, 1, "a"), insert(noted, 2, "b"), insert(noted, 3, "c"))
	s := live.screen(120, 30).show(first, rows)
	s.press("g", "j", "j", "m", "m").shows("2 rows marked").press("k", "m").shows("1 row marked")
	s.frame()
	marks := live.progress.Marks(0)
	if len(marks) != 3 {
		t.Fatalf("%d marks", len(marks))
	}
	again := newFixture(t)
	r := again.screen(120, 30)
	for _, m := range marks {
		again.progress.Mark(m)
	}
	if r.show(first).frame(); len(r.model.changes.Marked()) != 0 {
		t.Error("rows that have not come are marked")
	}
	r.show(rows)
	if got, want := r.model.changes.Marked(), s.model.changes.Marked(); len(got) != len(want) || !slices.Equal(got, want) {
		t.Errorf("marked are %v, not %v", got, want)
	}
	r.press("U").press("m").frame().press("U").shows("no row is marked")
}

// TestTimes goes through what the first column shows.
func TestTheOtherTimes(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 30)
	s.show(f.hello(), f.commit(0, insert(noted, 1, "a")))
	f.pass(1500 * time.Millisecond)
	s.show(f.commit(1, insert(noted, 2, "b")))
	f.pass(90 * time.Minute)
	s.show(f.commit(1, insert(noted, 3, "c")))
	s.press("t").shows("ARRIVED UTC", "when rows arrived", "12:03:44.000", "12:03:45.500")
	s.press("t").shows("FROM FIRST", "time since the first row", "+0.000s", "+1.500s", "+90m01.5s")
	s.press("t").shows("DELTA", "time since the row above", "+1.500s", "+90m00.0s").hides("+90m01.5s")
	s.press("t").shows("TIME UTC", "when rows were committed")
	s.press("k", "m", "t", "t").shows("FROM MARK", "-1.500s", "+0.000s", "+90m00.0s").fits()
}

// TestSearchSaysWhichOfHowMany: the row found is numbered, new ones are counted when the
// search goes on.
func TestSearchSaysWhichOfHowMany(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 30)
	s.show(f.hello())
	for i := range 9 {
		text := "other"
		if i%3 == 0 {
			text = "needle"
		}
		s.show(f.commit(0, insert(noted, i, text)))
	}
	s.search("needle").shows("search needle  3 of 3  n ↓  N ↑").press("N").shows("2 of 3").press("N", "N").shows("1 of 3")
	s.show(f.commit(0, insert(noted, 20, "needle"))).shows("1 of 3+").press("n").shows("2 of 4").hides("4+")
	s.press("k").shows("search needle  4  n").setFilter("id > 5").hides("of 4").press("n").shows("of 2")
	s.search("nothing").shows("search nothing  0").fits()
}

// TestSearchScrollsToItsHit: what is found is to be seen, however far to the right.
func TestSearchScrollsToItsHit(t *testing.T) {
	f := newFixture(t)
	s := f.screen(100, 30)
	s.show(f.hello(), f.commit(0, insert(noted, 1, "near "+strings.Repeat("x", 700)+" far away")))
	s.search("far away").shows("far away", "←").fits()
	s.search("near").shows("near").hides("←").fits()
	s.search("far away").press("esc", "esc").fits()
}

// TestTallyRunsBesideTheScreen: a large log is counted in pieces.
func TestTallyOfManyRows(t *testing.T) {
	f := newFixture(t)
	s := f.screen(100, 30)
	f.deliver(f.hello())
	for i := range 500 {
		changes := make([]change, 300)
		for j := range changes {
			changes[j] = insert(noted, i*300+j, "note")
		}
		f.deliver(f.commit(0, changes...))
	}
	s.frame()
	s.press("/").press("esc").press("s").types("note")
	messages := 0
	count := func(cmd tea.Cmd) {
		for cmd != nil {
			message := cmd()
			if batch, is := message.(tea.BatchMsg); is {
				cmd = nil
				for _, c := range batch {
					if c != nil {
						cmd = c
					}
				}
				continue
			}
			messages++
			cmd = s.send(message)
		}
	}
	key, err := keyPress("enter")
	if err != nil {
		t.Fatal(err)
	}
	count(s.send(key))
	s.shows("150,000 of 150,000")
	if messages < 3 {
		t.Errorf("counted in %d messages", messages)
	}
	var r stream.Record
	if !s.model.Shown.At(s.model.changes.Cursor, &r) {
		t.Error("the row found is not kept")
	}
}

// TestTallyUnderAFilter is complete once all rows shown are counted, and anew when other
// columns are shown.
func TestTallyUnderAFilter(t *testing.T) {
	f := newFixture(t)
	s := f.screen(120, 30)
	s.show(f.hello(), f.commit(0, insert(noted, 1, "needle")), f.commit(0, insert(noted, 2, "needle")), f.commit(0, insert(noted, 3, "other")))
	s.setFilter("id < 3").search("needle").shows("2 of 2  n").hides("2 of 2+")
	s.perform(s.model.changeColumn(draw.ColumnChange{Name: "body", Everywhere: true, To: draw.Column{Hidden: true}}))
	s.model.after(nil)
	s.shows("search needle  0").hides("of 2")
}

// TestLongSpans: the widest has its column.
func TestLongSpans(t *testing.T) {
	for span, want := range map[time.Duration]string{
		11*time.Hour + 2*time.Minute + 3*time.Second: "+11h02m03s", -90 * time.Minute: "-90m00.0s", 99*time.Second + 999*time.Millisecond: "+99.999s",
		12*24*time.Hour + 5*time.Hour: "+12d05h00m",
	} {
		if got := draw.Span(span); got != want || len(got) > 10 {
			t.Errorf("%v is %q, not %q", span, got, want)
		}
	}
	f := newFixture(t)
	s := f.screen(120, 30).show(f.hello(), f.commit(0, insert(noted, 1, "a")))
	f.pass(11*time.Hour + 2*time.Minute + 3*time.Second)
	s.show(f.commit(0, insert(noted, 2, "b"))).press("t", "t", "t").shows("+11h02m03s")
}
