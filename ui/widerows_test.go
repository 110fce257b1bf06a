package ui

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
)

// A slides shows the text that it is sent.
type slides struct{ text string }

func (s slides) Init() tea.Cmd { return nil }

func (s slides) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	if text, ok := message.(string); ok {
		s.text = text
	}
	return s, nil
}

func (s slides) View() tea.View {
	view := tea.NewView(s.text)
	view.AltScreen = true
	return view
}

// twoTerminals get the same output, one of them behind wideRows.
type twoTerminals struct {
	mu            sync.Mutex
	whole, behind *vt.Emulator
	rows          *wideRows
	last          []byte // what the one behind got last
	drawn         chan struct{}
}

func newTwoTerminals(width, height int) *twoTerminals {
	two := &twoTerminals{whole: vt.NewEmulator(width, height), behind: vt.NewEmulator(width, height), drawn: make(chan struct{}, 1000)}
	two.rows = withoutRepaints(writerFunc(func(p []byte) (int, error) {
		two.last = bytes.Clone(p)
		return two.behind.Write(p)
	})).(*wideRows)
	return two
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func (two *twoTerminals) Write(p []byte) (int, error) {
	two.mu.Lock()
	defer two.mu.Unlock()
	frame := bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))
	defer func() { two.drawn <- struct{}{} }()
	if _, err := two.whole.Write(frame); err != nil {
		return 0, err
	}
	_, err := two.rows.Write(frame)
	return len(p), err
}

// TestWideRowsShowTheSame draws random screens with wide characters: what a
// terminal behind wideRows shows is what one without shows, and a frame that
// changes no wide row writes none.
func TestWideRowsShowTheSame(t *testing.T) {
	const width, height = 100, 30
	two := newTwoTerminals(width, height)
	program := tea.NewProgram(slides{}, tea.WithContext(t.Context()), tea.WithInput(nil), tea.WithOutput(two), tea.WithFPS(120),
		tea.WithWindowSize(width, height), tea.WithColorProfile(colorprofile.ANSI), tea.WithoutSignalHandler(),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	shown := func(message tea.Msg) {
		t.Helper()
		for len(two.drawn) > 0 {
			<-two.drawn
		}
		program.Send(message) //nolint:forbidigo // there is no stream here
		select {
		case <-two.drawn:
		case <-time.After(patience):
			t.Fatalf("a frame is not drawn:\n%s", message)
		}
		two.mu.Lock()
		defer two.mu.Unlock()
		if whole, behind := two.whole.Render(), two.behind.Render(); whole != behind {
			t.Fatalf("the screens differ:\n%s\n--- behind\n%s", whole, behind)
		}
	}
	f := newFixture(t)
	s := f.deliver(f.hello()).screen(width, height)
	last := ""
	for step := range 300 {
		switch f.roll(6) {
		case 0:
			s.press([]string{"k", "j", "g", "G", "?", "esc", "enter", "tab", "space", "pgup"}[f.roll(10)])
		case 1:
			s.show(s.sale(f.roll(4)))
		case 2:
			f.pass(time.Second)
			s.frame()
		default:
			s.show(s.commit(f.roll(4), insert(customerTable, wideCustomer(step)...)))
		}
		if text := s.view(); text != last {
			last = text
			shown(text)
		}
		if step%10 == 9 {
			shown(tea.ClearScreen()) // as a terminal that another program has written to
		}
	}
	s = newFixture(t).screen(width, height)
	s.deliver(s.hello())
	for i := range 20 {
		s.show(s.commit(0, insert(customerTable, wideCustomer(i)...)))
	}
	shown(s.view())
	f = s.fixture
	f.pass(time.Second)
	s.model.take(tickMsg(f.clock))
	shown(s.view())
	if n := strings.Count(string(two.last), "山田"); n > 0 || len(two.last) == 0 {
		t.Errorf("a tick of the clock paints %d wide rows again: %q", n, two.last)
	}
	program.Quit()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func wideCustomer(id int) []any {
	return []any{id, "user@example.com", []string{"山田太郎", "Zoë 🦊 Fox", "이순신", "👩‍👩‍👧 Family"}[id%4] + " 山田", nil, `{}`, "2026-11-22 12:00:00.000"}
}

// TestColumnsFitWhatIsToCome: the tables of a copy are known, so that the log's columns do
// not move when their rows come.
func TestColumnsFitWhatIsToCome(t *testing.T) {
	f := newFixture(t)
	f.deliver(f.hello(), f.commit(0, insert(noted, 1, "a")))
	s := f.optioned(120, 40, func(o *Options) { o.Tables = map[string][]string{keyspace: {"noted", "customer_address"}} })
	at := func() int {
		for _, line := range s.lines() {
			if i := strings.Index(line, "CHANGE"); i >= 0 {
				return i
			}
		}
		return -1
	}
	before := at()
	s.show(f.commit(1, insert(tableSpec{"customer_address", noted.fields}, 2, "b"))).shows("customer_address")
	if now := at(); now != before || before < 0 {
		t.Errorf("the change column stood at %d, and stands at %d", before, now)
	}
}
