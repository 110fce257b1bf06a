package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// slowLink is how many bytes a slow line takes in a second.
const slowLink = 10_000

// A slowTerminal is at the other end of a slow line, which queues what it cannot take yet:
// what is written is seen when it has got through. It answers no questions.
type slowTerminal struct {
	mu       sync.Mutex
	emulator *vt.Emulator
	queue    []queued
	free     time.Time // when the line is
}

type queued struct {
	text    []byte
	through time.Time
}

func newSlowTerminal(t *testing.T, width, height int) *slowTerminal {
	e := vt.NewEmulator(width, height)
	if err := e.InputPipe().(io.Closer).Close(); err != nil { // nobody reads answers
		t.Fatal(err)
	}
	return &slowTerminal{emulator: e}
}

func (s *slowTerminal) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); s.free.Before(now) {
		s.free = now
	}
	s.free = s.free.Add(time.Duration(len(p)) * time.Second / slowLink)
	s.queue = append(s.queue, queued{bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")), s.free})
	return len(p), nil
}

// text is what has got through.
func (s *slowTerminal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.queue) > 0 && !s.queue[0].through.After(time.Now()) {
		_, _ = s.emulator.Write(s.queue[0].text)
		s.queue = s.queue[1:]
	}
	return ansi.Strip(s.emulator.Render())
}

// TestSlowLink: over a line of 10 kB a second, on a clock of its own, keys are answered
// within a second while changes come, few or many, and the stream is not held up.
func TestSlowLink(t *testing.T) {
	for name, each := range map[string]int{"20 transactions a second": 1, "2,000 transactions a second": 100} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { overSlowLink(t, each) }) })
	}
}

func overSlowLink(t *testing.T, each int) {
	f := newFixture(t)
	f.clock = time.Now()
	f.deliver(f.hello())
	term, keys := newSlowTerminal(t, 120, 40), make(typist)
	ended := make(chan error, 1)
	go func() {
		ended <- run(context.Background(), Options{
			Store: f.store, Progress: f.progress, Target: keyspace, Colour: true, Theme: "dark", Now: time.Now,
			Input: keys, Output: term, Environment: []string{"TERM=xterm-256color"},
		}, tea.WithWindowSize(120, 40), tea.WithColorProfile(colorprofile.ANSI))
	}()
	delivered := 0
	step := func() {
		f.clock = time.Now()
		for range each {
			f.deliver(f.sale(delivered % 4))
			delivered++
		}
		time.Sleep(time.Second / 20)
	}
	for range 100 {
		step()
	}
	for _, test := range []struct{ key, answer string }{
		{"space", "PAUSED"}, {"space", "▶ follow"}, {"enter", "  arrived "}, {"?", "Here: "}, {"esc", "  arrived "},
		{"3", "CHANGES/S"}, {"1", "EVENT "}, {"G", "▶ follow"}, {"k", "G to follow"},
	} {
		begun := time.Now()
		keys <- keyInput(test.key)
		for !strings.Contains(term.text(), test.answer) {
			if step(); time.Since(begun) > 5*time.Second {
				t.Fatalf("%s: no %q in 5 s:\n%s", test.key, test.answer, term.text())
			}
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s: %q came after %v", test.key, test.answer, took)
		}
		for range 20 {
			step()
		}
	}
	if kept := f.store.Snapshot().Len(); kept < delivered {
		t.Errorf("%d rows are kept of %d transactions", kept, delivered)
	}
	keys <- keyInput("ctrl+c") // one key: another would wait forever for a program that has ended
	close(keys)
	if err := <-ended; !errors.Is(err, ErrInterrupted) {
		t.Error(err)
	}
	time.Sleep(time.Minute) // for what still waits
}
