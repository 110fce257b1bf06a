package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"vtscope/stream"
	"vtscope/ui/draw"
)

const (
	// maxMessage is what a line about the run holds at most, in bytes.
	maxMessage = 2 << 10
	// maxUnread is how many lines wait for a reader; more are left out.
	maxUnread = 1000
	// messagePatience is how long the end of a run waits for its reader.
	messagePatience = time.Second
)

// messages are the lines about the run, which are never output. They go to
// standard error on a goroutine of their own: a reader that does not read holds
// nothing up.
type messages struct {
	lines chan string
	ended chan struct{}

	mu      sync.Mutex // guards the rest, and the sending on lines
	leftOut int
}

// about says what say says; it is nil outside of a run.
var about *messages

// startMessages begins to write to standard error, until the returned function
// is called and what was said is written, or nobody has read it for a while.
func startMessages() (end func()) {
	m := &messages{lines: make(chan string, maxUnread), ended: make(chan struct{})}
	to := os.Stderr
	go func() {
		defer close(m.ended)
		defer func() { _ = recover() }() // nothing that is said is worth the terminal
		for line := range m.lines {
			_, _ = to.WriteString(line) // there is nobody left to tell
		}
	}()
	about = m
	return func() {
		about = nil
		m.mu.Lock()
		if m.leftOut > 0 {
			m.send(fmt.Sprintf("vtscope: %d more lines are left out: nobody read them\n", m.leftOut))
		}
		close(m.lines)
		m.mu.Unlock()
		select {
		case <-m.ended:
		case <-time.After(messagePatience):
		}
	}
}

// send hands a line over unless too many wait. The lock is held.
func (m *messages) send(line string) {
	select {
	case m.lines <- line:
	default:
		m.leftOut++
	}
}

// say tells of the run, a line unless a mistake of the user's takes more. What it
// is given may come from a server: nothing in it acts on a terminal.
func say(format string, args ...any) {
	for i, arg := range args {
		switch a := arg.(type) {
		case error:
			args[i] = errorText(a)
		case string:
			args[i] = oneLine([]byte(a))
		}
	}
	text := "vtscope: " + fmt.Sprintf(format, args...)
	var lines strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		lines.WriteString(shortened(line) + "\n")
	}
	m := about
	if m == nil {
		_, _ = os.Stderr.WriteString(lines.String())
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.send(lines.String())
}

// errorText makes an error fit for a terminal. What the user typed comes back
// with a line that marks the place.
func errorText(err error) string {
	var usage *usageError
	var broken *defectError
	if !errors.As(err, &usage) && !errors.As(err, &broken) {
		return oneLine([]byte(err.Error()))
	}
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = oneLine([]byte(line))
	}
	return strings.Join(lines, "\n")
}

// oneLine makes text of the stream fit for a line on a terminal.
func oneLine(text []byte) string { return string(stream.AppendSafe(nil, text)) }

// shortened cuts a line that is too long, and says what it leaves out.
func shortened(line string) string {
	if len(line) <= maxMessage {
		return line
	}
	const note = 48
	kept := line[:maxMessage-note]
	for len(kept) > 0 {
		if r, size := utf8.DecodeLastRuneInString(kept); r != utf8.RuneError || size != 1 {
			break
		}
		kept = kept[:len(kept)-1]
	}
	return kept + "… (" + draw.Count(len(line)-len(kept)) + " more bytes)"
}
