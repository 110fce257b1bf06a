package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vtscope/internal/hostile"
	"vtscope/ui/draw"
)

// search searches for text and waits for the answer.
func (s *screen) search(text string) *screen {
	s.t.Helper()
	s.perform(s.model.after(s.model.startSearch(text)))
	s.model.View()
	return s
}

// marked are the parts of the log's rows that are marked as matches.
func (s *screen) marked() (parts []string) {
	for _, part := range strings.Split(s.view(), string(s.model.Theme.Hit))[1:] {
		text, _, _ := strings.Cut(part, draw.Reset)
		parts = append(parts, text)
	}
	return parts
}

// TestSearchGoesUpFirst: the newest rows are at the bottom, where one looks.
func TestSearchGoesUpFirst(t *testing.T) {
	s := liveShop(t).screen(120, 40).search("ALTER table").hides("▶ follow")
	if got := s.selected(); !strings.Contains(got, "ddl") || !strings.Contains(got, "ALTER TABLE corder") {
		t.Fatalf("found %q", got)
	}
	s.shows("search ALTER table  1 of 1  n ↓  N ↑")
	at := s.model.changes.Cursor
	s.press("n").at(at).shows("no further match below").press("N").at(at).shows("no further match above")
	s.press("g").search("alter").at(at) // below, since there is none above
	s.search("not there").at(at).shows("no row shown matches").hides("searching")
}

func TestNextAndPreviousMatch(t *testing.T) {
	s := liveShop(t).screen(120, 40).search("cancelled")
	first := s.model.changes.Cursor
	seen := []uint64{first}
	for s.press("N"); !strings.Contains(s.text(), "no further match above"); s.press("N") {
		if got := s.selected(); !strings.Contains(got, "delete") {
			t.Fatalf("%q is no match", got)
		}
		seen = append(seen, s.model.changes.Cursor)
	}
	if len(seen) < 20 {
		t.Fatalf("%d matches", len(seen))
	}
	for i := len(seen) - 2; i >= 0; i-- {
		s.press("n").at(seen[i])
	}
	if want := len(matching(s.model.Shown, mustFilter(t, "_event = 'delete'"))); len(seen) != want {
		t.Errorf("%d matches, %d rows have the word", len(seen), want)
	}
	s.press("n").at(first).shows("no further match below").press("k").hides("no further")
}

// TestMatchesAsFastAsTheKeyComes: a key that comes again while the search is
// under way is one match further.
func TestMatchesAsFastAsTheKeyComes(t *testing.T) {
	s := liveShop(t).screen(120, 40).search("cancelled")
	first := s.model.changes.Cursor
	s.press("N", "N", "N")
	third := s.model.changes.Cursor
	s.press("n", "n", "n").at(first)
	up, err := keyPress("N")
	if err != nil {
		t.Fatal(err)
	}
	cmd := s.send(up)
	s.press("N", "N").shows("searching …").perform(cmd)
	s.at(third).hides("searching")
}

// TestSearchLooksIntoWhatIsShown: into every column but the time, without
// regard to case, in full even where the line is cut; only rows that the filter
// shows.
func TestSearchLooksIntoWhatIsShown(t *testing.T) {
	s := liveShop(t).screen(80, 24)
	for _, text := range []string{
		"40-80", "DELETE", "corder", "'sku-14", "→ 'PAID'", "山田", "IBÁÑEZ", `\nRING twice`, "2026-11-22 12:03:40.125", "🦊", "streaming",
	} {
		if s.press("G").search(text); s.model.changes.Follow {
			t.Errorf("%q is not found:\n%s", text, s.text())
		}
	}
	s.press("G").search("12:04:").shows("▶ follow", "no row shown matches")
	s.setFilter("_table = 'corder'").search("customer_id").only("corder").search("sku-").shows("no row shown matches")
}

func TestSearchMarks(t *testing.T) {
	for _, colour := range []bool{true, false} {
		s := liveShop(t).screenOf(120, 40, colour).search("pEnding").fits()
		parts := s.marked()
		for _, part := range parts {
			if ansi.Strip(part) != "pending" {
				t.Errorf("%q is marked", part)
			}
		}
		if n := strings.Count(s.log(), "pending"); len(parts) < n || n == 0 {
			t.Errorf("%d places are marked, %d have the word", len(parts), n)
		}
		if !colour {
			s.colourless()
		}
		plain := liveShop(t).screenOf(120, 40, colour)
		*plain.model.changes = *s.model.changes
		plain.press("H")
		if strings.ReplaceAll(s.log(), "›", " ") != plain.log() {
			t.Errorf("marks change the text:\n%s\n%s", s.log(), plain.log())
		}
		if s.press("esc"); len(s.marked()) != 0 || strings.Contains(s.text(), "›") {
			t.Error("esc leaves the marks")
		}
	}
}

// TestSearchOfARowCutShort: a row whose match has no room is marked at its left, and
// scrolled to it.
func TestSearchOfARowCutShort(t *testing.T) {
	f := newFixture(t)
	long := strings.Repeat("abcdefghij", 40) + "THE END"
	s := f.deliver(f.hello(), f.commit(0, insert(orderTable, 1, 2, "paid", "1.00", long))).screen(80, 24).search("the end")
	if len(s.marked()) != 1 || !strings.HasPrefix(s.selected(), "›") {
		t.Errorf("the row is %q", s.selected())
	}
	if s.press("H", "H", "H", "H", "H", "H", "H", "H", "H", "H", "H"); len(s.marked()) != 0 || !strings.HasPrefix(s.selected(), "›") {
		t.Errorf("the row is %q", s.selected())
	}
}

// TestSearchInPieces goes through more rows than one command takes, in slices,
// and ends at the next key.
func TestSearchInPieces(t *testing.T) {
	f := liveShop(t)
	s := f.sell(3000).screen(120, 40)
	s.model.options.Now = slowClock(20 * time.Millisecond)
	cmd := s.model.after(s.model.startSearch("ALTER TABLE"))
	steps := 0
	for ; s.model.hunt != nil; steps++ {
		s.model.View()
		s.shows("searching …")
		cmd = s.next(cmd)
	}
	if !strings.Contains(s.selected(), "ALTER TABLE") || steps < 5 {
		t.Errorf("after %d steps at %q", steps, s.selected())
	}
	s.press("G")
	cmd = s.next(s.model.after(s.model.startSearch("ALTER TABLE")))
	at := s.model.changes.Cursor
	s.press("k").hides("searching").at(at - 1)
	s.perform(cmd)
	if s.at(at - 1); s.model.hunt != nil {
		t.Error("a search goes on after another key")
	}
	s.show(s.hello()).at(at - 1)
}

func TestSearchForNothing(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("n").shows("nothing is searched for; s searches")
	if s.search("").hides("search  "); s.model.hunt != nil {
		t.Error("nothing is searched for")
	}
	empty := newFixture(t).screen(80, 24).search("x").shows("no row shown matches")
	empty.press("n", "N").fits()
}

func TestMarkHits(t *testing.T) {
	const hit = "<>"
	for _, c := range []struct{ line, needle, want string }{
		{"abcabc", "bc", "a<>bc\x1b[ma<>bc\x1b[m"},
		{"a\x1b[1mb\x1b[mc", "abc", "<>a\x1b[1m<>b\x1b[m<>c\x1b[m"},
		{"\x1b[7mabc\x1b[m", "b", "\x1b[7ma<>b\x1b[m\x1b[7mc\x1b[m"},
		{"\x1b[7ma\x1b[1mbc\x1b[m", "b", "\x1b[7ma\x1b[1m<>b\x1b[m\x1b[7m\x1b[1mc\x1b[m"},
		{"ÁÉ É", "é", "Á<>É\x1b[m <>É\x1b[m"},
		{"aaa", "aa", "<>aa\x1b[ma"},
		{"abab", "", "abab"},
		{"", "a", ""},
	} {
		if got := draw.MarkHits(c.line, []byte(c.needle), 0, hit); got != c.want {
			t.Errorf("%q in %q is marked as %q, want %q", c.needle, c.line, got, c.want)
		}
	}
	if got := draw.MarkHits("12 12", []byte("12"), 3, hit); got != "12 <>12\x1b[m" {
		t.Errorf("marked as %q from column 3 on", got)
	}
}

func FuzzMarkHits(f *testing.F) {
	f.Add("a\x1b[1mb\x1b[mc", "b", 0)
	f.Add("İstanbul ẞ K", "i̇s", 1)
	f.Add("山田\x1b[7m花子", "田花", 0)
	f.Fuzz(func(t *testing.T, text, needle string, column int) {
		line := string(draw.NewTheme(draw.MonoTheme, false).Reverse) + draw.Safe([]byte(text)) + draw.Reset + draw.Safe([]byte(needle))
		folded := draw.AppendFolded(nil, []byte(draw.Safe([]byte(needle))))
		got := draw.MarkHits(line, folded, column%8, "\x1b[4m")
		if ansi.Strip(got) != ansi.Strip(line) {
			t.Errorf("%q became %q", line, got)
		}
		if len(folded) > 0 && column%8 == 0 && !strings.Contains(got, "\x1b[4m") {
			t.Errorf("%q is not marked in %q", folded, got)
		}
	})
}

// TestSearchWaitsForTheFilter says so where not every row has been looked at.
func TestSearchWaitsForTheFilter(t *testing.T) {
	s := liveShop(t).sell(2000).screen(120, 40)
	s.model.options.Now = slowClock(2 * time.Millisecond)
	cmd := s.next(s.model.after(s.model.setFilter(mustFilter(t, "_event = 'delete'"))))
	s.search("not there").shows("no row shown matches so far; the filter is still looking")
	s.perform(cmd)
	s.search("not there").hides("so far")
}

// TestHostileSearch marks parts of hostile rows, and searches for hostile text.
func TestHostileSearch(t *testing.T) {
	s := hostileShop(t).screen(133, 43)
	for _, text := range append([]string{"x", `\x1b`, "'", "a"}, hostile.Texts...) {
		s.search(text).harmless().press("N").harmless().press("g", "n").harmless()
	}
	s.setFilter("_table <> '" + strings.Repeat("\x1b]0;x\a\u202e", 9) + "'").harmless().press("!").harmless()
}

// TestFromProblemToProblem: e and E go to what may be the cause of trouble, from anywhere.
func TestFromProblemToProblem(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("3", "e").shows("TIME UTC").hides("▶ follow")
	kinds := map[string]bool{}
	seen := []uint64{s.model.changes.Cursor}
	for ; !strings.Contains(s.text(), "no further problem, reconnect or DDL above"); s.press("E") {
		fields := strings.Fields(strings.TrimLeft(s.selected(), " ~"))
		for _, kind := range []string{"ddl", "problem", "status"} {
			if len(fields) > 2 && (fields[1] == kind || fields[2] == kind) {
				kinds[kind] = true
			}
		}
		if at := s.model.changes.Cursor; at != seen[len(seen)-1] {
			seen = append(seen, at)
		}
	}
	if want := len(matching(s.model.Shown, mustFilter(t, "_event IN ('ddl', 'problem', 'journal')"))); len(seen) <= want || len(kinds) != 3 {
		t.Errorf("%d stops, of kinds %v; %d are no reconnects", len(seen), kinds, want)
	}
	for i := len(seen) - 2; i >= 0; i-- {
		s.press("e").at(seen[i])
	}
	s.press("e").at(seen[0]).shows("no further problem, reconnect or DDL below")
	// It leaves alone what is searched for.
	s.search("cancelled").press("e").shows("search cancelled")
	newFixture(t).screen(80, 24).press("e", "E").shows("no further problem, reconnect or DDL").fits()
}
