package ui

import (
	"bytes"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// patience is how long a test waits for what has to come, on a machine that is slow
// and busy: only a hang takes so long.
const patience = 2 * time.Minute

// A terminal is an emulator with a keyboard, for whole programs.
type terminal struct {
	*vt.SafeEmulator
	t      *testing.T
	input  chan []byte
	rest   []byte
	hidden atomic.Bool
	blind  atomic.Bool // takes the program's output and shows nothing of it
	title  atomic.Value
}

func newTerminal(t *testing.T, width, height int) *terminal {
	term := &terminal{SafeEmulator: vt.NewSafeEmulator(width, height), t: t, input: make(chan []byte, 1000)}
	term.title.Store("")
	term.SetCallbacks(vt.Callbacks{
		CursorVisibility: func(visible bool) { term.hidden.Store(!visible) },
		Title:            func(title string) { term.title.Store(title) },
	})
	pumped := make(chan struct{})
	go func() {
		defer close(pumped)
		term.pump()
	}()
	t.Cleanup(func() {
		term.InputPipe().(io.Closer).Close()
		<-pumped
	})
	return term
}

// pump takes the emulator's answers to queries, so that it never waits for the
// program to read them.
func (term *terminal) pump() {
	defer close(term.input)
	for {
		b := make([]byte, 256)
		n, err := term.SafeEmulator.Read(b)
		if err != nil {
			return
		}
		term.input <- b[:n]
	}
}

// Read gives the program what the terminal sends.
func (term *terminal) Read(p []byte) (int, error) {
	if len(term.rest) == 0 {
		b, open := <-term.input
		if !open {
			return 0, io.EOF
		}
		term.rest = b
	}
	n := copy(p, term.rest)
	term.rest = term.rest[n:]
	return n, nil
}

// Write takes the program's output. Bubble Tea writes line feeds for a terminal
// that is not in raw mode, where it has no real one to put into it.
func (term *terminal) Write(p []byte) (int, error) {
	if term.blind.Load() {
		return len(p), nil
	}
	_, err := term.SafeEmulator.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// press types keys by their names in the key table.
func (term *terminal) press(names ...string) {
	for _, name := range names {
		term.input <- []byte(keyInput(name))
	}
}

func (term *terminal) text() string { return ansi.Strip(term.Render()) }

// waitFor waits until something holds.
func (term *terminal) waitFor(what string, holds func() bool) {
	term.t.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-poll.C:
		case <-deadline:
			term.t.Fatalf("no %s in %v:\n%s", what, patience, term.text())
		}
	}
}

// shows waits until the screen has all of the texts.
func (term *terminal) shows(texts ...string) {
	term.t.Helper()
	for _, text := range texts {
		term.waitFor(text, func() bool { return strings.Contains(term.text(), text) })
	}
}

// hides waits until the screen lacks a text.
func (term *terminal) hides(text string) {
	term.t.Helper()
	term.waitFor("end of "+text, func() bool { return !strings.Contains(term.text(), text) })
}
