package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/pane"
	"vtscope/ui/report"
)

// A screen drives a model as Bubble Tea does, but by hand: every step is done
// when its method returns.
type screen struct {
	t testing.TB
	*fixture
	model  *Model
	quit   bool     // the program would have ended
	asleep bool     // it would have been suspended
	raw    []string // what was sent to the terminal beside the screen
}

// screen makes a model of a size over the fixture.
func (f *fixture) screen(width, height int) *screen { return f.screenOf(width, height, true) }

func (f *fixture) screenOf(width, height int, colour bool) *screen {
	f.t.Helper()
	return f.optioned(width, height, func(o *Options) { o.Colour = colour })
}

// themed makes a screen with a theme.
func (f *fixture) themed(width, height int, theme string) *screen {
	f.t.Helper()
	return f.optioned(width, height, func(o *Options) { o.Colour, o.Theme = true, theme })
}

// optioned makes a screen with other options than the common ones.
func (f *fixture) optioned(width, height int, set func(*Options)) *screen {
	f.t.Helper()
	o := Options{Store: f.store, Progress: f.progress, Target: keyspace, Address: "localhost:15991", Now: f.now}
	o.Report = func() pane.Report {
		return pane.Report{About: &report.About{Source: keyspace}, Stream: f.digest.Summary(stream.Position{}, f.progress.Position())}
	}
	set(&o)
	m := newModel(o)
	s := &screen{t: f.t, fixture: f, model: m}
	s.model.Update(versionMsg("24.0.2"))
	return s.resize(width, height).frame()
}

// send updates and draws: Bubble Tea draws after every message.
func (s *screen) send(message tea.Msg) tea.Cmd {
	_, cmd := s.model.Update(message)
	s.model.View()
	return cmd
}

func (s *screen) resize(width, height int) *screen {
	s.send(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

// frame takes a frame of what has been delivered, and a pause's tick, which draws
// it.
func (s *screen) frame() *screen {
	ahead := s.model.Sieve.Ahead(s.model.Paused)
	f := makeFrame(s.clock, s.store, s.progress, spare{}, ahead)
	s.model.take(f) // its command waits for the next
	if s.model.Paused {
		s.model.take(tickMsg(s.clock))
	}
	s.model.View()
	s.perform(s.model.scan())
	return s
}

// after does what follows a message, for what is done without one.
func (m *Model) after(cmd tea.Cmd) tea.Cmd {
	m.drawn.old = true
	m.arrange()
	return cmd
}

// show delivers and takes a frame.
func (s *screen) show(parts ...any) *screen {
	s.t.Helper()
	s.deliver(parts...)
	return s.frame()
}

// sales shows n made-up transactions.
func (s *screen) sales(n int) *screen {
	for i := range n {
		s.deliver(s.sale(i % len(s.shards)))
	}
	return s.frame()
}

// keyBytes is what a terminal sends for the keys that are no single character.
var keyBytes = map[string]string{
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~", "shift+left": "\x1b[1;2D", "shift+right": "\x1b[1;2C",
	"space": " ", "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "f1": "\x1bOP", "f5": "\x1b[15~",
	"backspace": "\x7f", "delete": "\x1b[3~", "ctrl+left": "\x1b[1;5D", "ctrl+right": "\x1b[1;5C",
	"alt+left": "\x1b[1;3D", "alt+right": "\x1b[1;3C", "alt+delete": "\x1b[3;3~", "ctrl+delete": "\x1b[3;5~",
	"alt+backspace": "\x1b\x7f", "ctrl+backspace": "\x1b[127;5u",
}

// keyInput is what a terminal sends for a key of the key table.
func keyInput(name string) string {
	if bytes, found := keyBytes[name]; found {
		return bytes
	}
	if letter, ctrl := strings.CutPrefix(name, "ctrl+"); ctrl {
		return string(letter[0] & 0x1f)
	}
	if letter, alt := strings.CutPrefix(name, "alt+"); alt {
		return "\x1b" + keyInput(letter)
	}
	return name
}

// keyPress makes the message of a key from the bytes that a terminal sends.
func keyPress(name string) (tea.KeyPressMsg, error) {
	var decoder uv.EventDecoder
	_, event := decoder.Decode([]byte(keyInput(name)))
	key, ok := event.(uv.KeyPressEvent)
	if !ok {
		return tea.KeyPressMsg{}, fmt.Errorf("%q is no key: %v", name, event)
	}
	return tea.KeyPressMsg(key), nil
}

// press presses keys by the names that the key table has for them.
func (s *screen) press(names ...string) *screen {
	s.t.Helper()
	for _, name := range names {
		key, err := keyPress(name)
		if err != nil {
			s.t.Fatal(err)
		}
		s.perform(s.send(key))
	}
	return s
}

// perform runs commands and what comes of them, until none is left.
func (s *screen) perform(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch message := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range message {
			s.perform(cmd)
		}
	case tea.QuitMsg:
		s.quit = true
	case tea.RawMsg:
		s.raw = append(s.raw, fmt.Sprint(message.Msg))
	case tea.SuspendMsg:
		s.asleep = true
	default:
		s.perform(s.send(message))
	}
}

// view is the screen with its styles, text without.
func (s *screen) view() string { return s.model.View().Content }
func (s *screen) text() string { return ansi.Strip(s.view()) }

// lines is the screen's text by lines.
func (s *screen) lines() []string { return strings.Split(s.text(), "\n") }

// shows fails where the screen lacks any of the texts.
func (s *screen) shows(texts ...string) *screen {
	s.t.Helper()
	screen := s.text()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Errorf("the screen does not show %q:\n%s", text, screen)
		}
	}
	return s
}

// hides fails where the screen has any of the texts.
func (s *screen) hides(texts ...string) *screen {
	s.t.Helper()
	screen := s.text()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Errorf("the screen shows %q:\n%s", text, screen)
		}
	}
	return s
}

// selected is the line under the cursor.
func (s *screen) selected() string {
	s.t.Helper()
	line := s.place()
	if line < 0 {
		s.t.Fatalf("no row is selected:\n%s", s.text())
	}
	return strings.TrimSpace(strings.TrimPrefix(s.lines()[line], "▌"))
}

// fits fails where the screen is not exactly as high as the terminal, or wider.
func (s *screen) fits() *screen {
	s.t.Helper()
	if err := misfit(s.view(), s.model.width, s.model.height); err != nil {
		s.t.Errorf("%v:\n%s", err, s.text())
	}
	return s
}

// misfit says how a screen does not fit a terminal, measured both ways that
// terminals measure.
func misfit(view string, width, height int) error {
	lines := strings.Split(view, "\n")
	switch {
	case width < minWidth || height < minHeight:
		if len(lines) > max(height, 1) {
			return fmt.Errorf("%d lines on a screen of %d×%d", len(lines), width, height)
		}
	case len(lines) != height:
		return fmt.Errorf("%d lines on a screen of %d×%d", len(lines), width, height)
	}
	for i, line := range lines {
		if w := max(ansi.StringWidth(line), ansi.StringWidthWc(line)); w > max(width, 0) {
			return fmt.Errorf("line %d is %d wide on a screen of %d×%d", i+1, w, width, height)
		}
	}
	return nil
}

// mustFilter reads an expression.
func mustFilter(t testing.TB, text string) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
