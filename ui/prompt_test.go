package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vtscope/internal/hostile"
	"vtscope/ui/draw"
)

// types types text, a key for each character.
func (s *screen) types(text string) *screen {
	s.t.Helper()
	for _, r := range text {
		s.perform(s.send(tea.KeyPressMsg{Code: r, Text: string(r)}))
	}
	return s
}

// alone closes the proposals, so that up and down go through the history.
func (s *screen) alone() *screen {
	s.t.Helper()
	if n, _ := s.model.prompt.Proposals(); n > 0 {
		s.press("esc")
	}
	return s
}

func (s *screen) pastes(text string) *screen {
	s.perform(s.send(tea.PasteMsg{Content: text}))
	return s
}

// filtered fails where the log has another filter; "" stands for none.
func (s *screen) filtered(want string) *screen {
	s.t.Helper()
	got := ""
	if s.model.Sieve.Filter != nil && !s.model.Sieve.Off {
		got = s.model.Sieve.Filter.String()
	}
	if got != want {
		s.t.Errorf("the filter is %q, not %q", got, want)
	}
	return s
}

// typed fails where the line that is typed in holds another text.
func (s *screen) typed(want string) *screen {
	s.t.Helper()
	if got, _ := s.model.prompt.Text(); got != want || !s.model.prompt.IsOpen() {
		s.t.Errorf("the line holds %q, not %q; open: %v", got, want, s.model.prompt.IsOpen())
	}
	return s
}

// cursorOn fails where the terminal's cursor is not on the first character of
// what the screen shows.
func (s *screen) cursorOn(text string) *screen {
	s.t.Helper()
	cursor := s.model.View().Cursor
	if cursor == nil {
		s.t.Fatalf("no cursor:\n%s", s.text())
	}
	line := s.lines()[cursor.Y]
	before, _, found := strings.Cut(line, text)
	if !found || draw.TextWidth(before) != cursor.X {
		s.t.Errorf("the cursor is in column %d of %q, not on %q", cursor.X, line, text)
	}
	return s
}

func TestPromptSetsTheFilter(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/").shows(" filter", "enter apply", "esc cancel", "tab complete").hides("q quit")
	if s.model.View().Cursor == nil {
		t.Error("the line has no cursor")
	}
	rows := s.model.Sieve.Matches.Len()
	s.types("_event = 'delete'").fits().filtered("")
	if s.model.Sieve.Matches.Len() != rows {
		t.Error("typing alone changes the log")
	}
	s.press("enter").filtered("_event = 'delete'").shows("filter  _event = 'delete'", " of ", "q quit").hides(" update ", " insert ")
	if s.model.View().Cursor != nil {
		t.Error("the cursor stays")
	}
	s.press("/").typed("_event = 'delete'").types("x").press("esc").filtered("_event = 'delete'")
	s.press("/", "ctrl+u", "enter").filtered("").shows("Changes", " update ")
	s.press("/").types("  customer_id > 3  ").press("enter").filtered("customer_id > 3")
}

// TestPromptTakesEveryKey: what is bound outside of the line is typed.
func TestPromptTakesEveryKey(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("s").types("qQ?/sfgGjk z!+-n")
	s.typed("qQ?/sfgGjk z!+-n").press("f1", "pgup", "pgdown", "ctrl+y").typed("qQ?/sfgGjk z!+-n")
	if s.model.Paused || s.model.zoomed || len(s.model.windows) > 0 || s.quit {
		t.Error("a key went through the line")
	}
	if s.press("ctrl+z"); !s.asleep {
		t.Error("ctrl-z does not suspend")
	}
	if s.press("ctrl+c"); !s.quit || !s.model.interrupted {
		t.Error("ctrl-c does not quit")
	}
}

func TestPromptSaysWhatIsWrong(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/").types("emial = 'x' ")
	bad, dim := string(s.model.Theme.Bad), string(s.model.Theme.Dim)
	under := func(text, carets, look string) {
		t.Helper()
		lines := strings.Split(s.fits().view(), "\n")
		y := s.model.View().Cursor.Y
		column := strings.Index(s.lines()[y], text)
		if got := strings.Index(s.lines()[y+1], carets+" "); got != column || column < 0 {
			t.Errorf("%q is under column %d, not %d:\n%s", carets, got, column, s.text())
		}
		if !strings.Contains(lines[y+1], look+carets) {
			t.Errorf("the problem looks otherwise: %q", lines[y+1])
		}
	}
	under("emial", "^^^^^", bad)
	s.shows("no table seen so far has a column emial; did you mean email?")
	// What may still become right is not held against who types.
	s.press("ctrl+u").types("(customer_id = 3").alone()
	under("(customer", "^", dim)
	s.press("ctrl+u").types("email = 'unclosed").alone()
	under("'unclosed", "^^^^^^^^^", dim)
	s.press("ctrl+u").types("name = ")
	s.shows("^ the expression ends after =")
	// Enter asks for it.
	s.press("enter").filtered("").typed("name = ").shows("the expression ends after =")
	if !strings.Contains(s.view(), bad+"^") {
		t.Error("after enter, the problem is not said loudly")
	}
	s.types("'x'").hides("the expression ends").press("enter").filtered("name = 'x'")
}

// TestUnknownColumnCanBeInsistedOn: the table that has it may be yet to come.
func TestUnknownColumnCanBeInsistedOn(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("/").types("nowhere = 1").press("enter").filtered("").typed("nowhere = 1")
	s.shows("no table seen so far has a column nowhere", "enter again applies it")
	s.types("2").hides("enter again").press("enter").shows("enter again").press("enter").filtered("nowhere = 12")
	s.press("/", "ctrl+u").types("nowhere = ").press("enter", "enter", "enter").typed("nowhere = ")
}

// TestProblemFindsRoom: on a narrow screen it stands before the carets, or
// below them.
func TestProblemFindsRoom(t *testing.T) {
	for _, width := range []int{40, 60, 80, 120} {
		for _, text := range []string{"emial = 'x'", "total = 17.25 AND emial = 'x'", "(total = 17.25 AND status = 'paid') OR emial = 'x' OR 1 = 1"} {
			s := liveShop(t).screen(width, 12).press("/").types(text).fits()
			words := strings.Join(strings.Fields(s.text()), " ")
			if !strings.Contains(words, "did you mean email?") || !strings.Contains(words, "^") {
				t.Errorf("%d columns do not show what is wrong with %q:\n%s", width, text, s.text())
			}
		}
	}
}

func TestPasteIntoThePrompt(t *testing.T) {
	s := liveShop(t).screen(100, 30).pastes("q").press("/").pastes("email = 'a'\r\nAND\tname\n= 'b'")
	s.typed("email = 'a' AND name = 'b'").press("ctrl+a").pastes("NOT ").typed("NOT email = 'a' AND name = 'b'").cursorOn("email")
	s.press("ctrl+u", "ctrl+k").types("a = 1").pastes(strings.Repeat("1 + ", 42000)).fits().shows("168 kB, the limit is 64 KiB").typed("a = 1")
	s.press("ctrl+u").pastes(strings.Repeat("1 + ", (64<<10)/4)).fits().hides("limit")
	if text, _ := s.model.prompt.Text(); len(text) != 64<<10 {
		t.Errorf("%d bytes are kept", len(text))
	}
	s.types("x").shows("66 kB, the limit is 64 KiB")
	s.press("left", "backspace", "ctrl+left", "home", "delete").fits().press("enter").fits()
}

func TestHostilePaste(t *testing.T) {
	for _, text := range hostile.Texts {
		for _, open := range []string{"/", "s"} {
			s := liveShop(t).screen(60, 16).press(open).pastes(text).harmless()
			s.pastes("name = '"+text+"'").harmless().press("left").harmless().press("ctrl+left", "enter").harmless()
			if s.model.prompt.IsOpen() {
				s.press("esc", "esc")
			}
			s.harmless().press("/").harmless().press("up").harmless()
		}
	}
}

func TestCaretIsInView(t *testing.T) {
	for _, text := range []string{"status = 'paid' AND ", "山田 = '花子' ", "note = 'e\u0301🎁\x1b[2J' "} {
		s := liveShop(t).screen(60, 16).press("/").pastes(strings.Repeat(text, 20))
		for range 3 {
			for _, key := range []string{"left", "alt+b", "ctrl+left", "right"} {
				for range 30 {
					s.press(key).fits()
					if x := s.model.View().Cursor.X; x < len(" filter  ") || x >= 59 {
						t.Fatalf("the caret is in column %d", x)
					}
				}
			}
		}
		s.press("home").fits().cursorOn(text[:1]).press("end").fits()
	}
}

func TestPromptNeedsItsLine(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("enter", "enter").hides("TIME").press("/").shows(" filter").types("1 = 1").fits()
	s.press("enter").filtered("1 = 1")
	s.press("tab", "z").hides("TIME").press("/").shows(" filter").fits().resize(20, 5).resize(100, 30).typed("1 = 1")
	s.press("esc").hides("enter apply")
}

func TestSearchPrompt(t *testing.T) {
	s := liveShop(t).screen(100, 30).press("s").shows(" search", "enter search").hides("tab complete").types("cancelled").fits()
	s.hides("no table seen").press("tab").typed("cancelled").press("enter").filtered("")
	if s.model.Search.Text != "cancelled" {
		t.Errorf("%q is searched for", s.model.Search.Text)
	}
	s.press("s").typed("").types("paid").press("enter", "s", "up").typed("paid").press("up").typed("cancelled")
	s.press("down", "down").typed("").types("can").press("up").typed("cancelled").press("esc")
	if s.model.Search.Text != "paid" {
		t.Errorf("after esc %q is searched for", s.model.Search.Text)
	}
	s.press("/", "up").typed("")
}

// TestProgramFilters types into the whole program, where the terminal's own
// cursor stands in the line.
func TestProgramFilters(t *testing.T) {
	p := startProgram(t, 120, 40)
	p.shows("● LIVE", "customer", "corder")
	p.press("/", "e", "m")
	p.shows(" filter  em", "│ email", "varchar(190)", "enter apply")
	p.waitFor("cursor", func() bool { return !p.hidden.Load() && p.CursorPosition().X == len(" filter  em") })
	p.press("tab")
	p.shows(" filter  email")
	p.press("ctrl+u")
	p.terminal.input <- []byte("\x1b[200~_event =\n'update'\x1b[201~")
	p.shows(" filter  _event = 'update'")
	p.press("enter")
	p.shows("q quit", " of ")
	p.hides(" insert ")
	p.waitFor("hidden cursor", func() bool { return p.hidden.Load() })
	p.press("/")
	p.shows("enter apply")
	p.press("esc")
	p.shows("q quit")
	p.press("q")
	if err := p.end(); err != nil {
		t.Errorf("q ends with %v", err)
	}
}
