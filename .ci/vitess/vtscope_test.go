//go:build cluster

package cluster

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long vtscope may take over anything that needs no recovery. It
// is for a machine that is slow and busy: only a hang takes so long.
const patience = time.Minute

// event is one line of -o json. The rows stay as they were printed, so that
// the order of columns and the digits of numbers can be compared.
type event struct {
	Event     string          `json:"event"`
	Keyspace  string          `json:"keyspace"`
	Shard     string          `json:"shard"`
	Table     string          `json:"table"`
	Time      string          `json:"time"`
	GTID      string          `json:"gtid"`
	Key       json.RawMessage `json:"key"`
	Before    json.RawMessage `json:"before"`
	After     json.RawMessage `json:"after"`
	Changed   []string        `json:"changed"`
	Statement string          `json:"statement"`
	VGTID     json.RawMessage `json:"vgtid"`
	State     string          `json:"state"`
	Error     string          `json:"error"`
	Targets   []shardGTID     `json:"targets"`
}

// shardGTID is where a shard stands.
type shardGTID struct {
	Keyspace string `json:"keyspace"`
	Shard    string `json:"shard"`
	GTID     string `json:"gtid"`
}

// scope is a running vtscope.
type scope struct {
	t      *testing.T
	cmd    *exec.Cmd
	events chan event
	stderr lockedBuffer
	done   chan struct{}
	code   int
}

// lockedBuffer collects what a process writes while a test may look at it.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// start runs vtscope against the cluster, with JSON lines as its output.
func start(t *testing.T, args ...string) *scope {
	t.Helper()
	return startAt(t, address, args...)
}

// startAt runs vtscope with the VTGate at addr. It is killed when the test ends.
func startAt(t *testing.T, addr string, args ...string) *scope {
	t.Helper()
	return startTeed(t, "", addr, args...)
}

// startTeed does so, and also writes all that it prints to a file; "" is none.
func startTeed(t *testing.T, file, addr string, args ...string) *scope {
	t.Helper()
	s := &scope{t: t, events: make(chan event, 1<<17), done: make(chan struct{})}
	s.cmd = exec.Command(binary, append([]string{"--vtgate", addr, "-o", "json"}, args...)...)
	s.cmd.Stderr = &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out := io.Reader(stdout)
	if file != "" {
		tee, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { tee.Close() })
		out = io.TeeReader(stdout, tee)
	}
	go s.read(out)
	t.Cleanup(func() {
		s.signal(os.Kill)
		for range s.events { // what nobody has read holds the reader up
		}
		<-s.done
		if t.Failed() {
			t.Logf("vtscope %s\nended with %d and wrote to stderr:\n%s", strings.Join(args, " "), s.code, s.stderr.String())
		}
	})
	return s
}

// read parses lines until vtscope ends. A line that SIGKILL cut off is not a line.
func (s *scope) read(stdout io.Reader) {
	defer close(s.done)
	defer close(s.events)
	lines := bufio.NewReaderSize(stdout, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			s.t.Errorf("a line is no JSON: %v: %.300s", err, line)
			continue
		}
		s.events <- e
	}
	var exit *exec.ExitError
	if err := s.cmd.Wait(); errors.As(err, &exit) {
		s.code = exit.ExitCode()
	}
}

func (s *scope) signal(signal os.Signal) {
	// It fails only where the process has ended already.
	_ = s.cmd.Process.Signal(signal)
}

// next returns the next event, or fails the test when none comes in time.
func (s *scope) next(limit time.Duration) event {
	s.t.Helper()
	select {
	case e, ok := <-s.events:
		if !ok {
			s.t.Fatalf("vtscope ended where one more event was expected; stderr:\n%s", s.stderr.String())
		}
		return e
	case <-time.After(limit):
		s.t.Fatalf("no event within %s; stderr:\n%s", limit, s.stderr.String())
	}
	return event{}
}

// until collects events up to the first for which last holds, which it includes.
func (s *scope) until(limit time.Duration, last func(event) bool) []event {
	s.t.Helper()
	deadline := time.Now().Add(limit)
	var events []event
	for {
		e := s.next(time.Until(deadline))
		events = append(events, e)
		if last(e) {
			return events
		}
	}
}

// take collects n events.
func (s *scope) take(n int) []event {
	s.t.Helper()
	events := make([]event, 0, n)
	deadline := time.Now().Add(patience)
	for len(events) < n {
		events = append(events, s.next(time.Until(deadline)))
	}
	return events
}

// end waits for vtscope to end by itself and returns the exit code and the
// events that nobody has taken.
func (s *scope) end(limit time.Duration) (int, []event) {
	s.t.Helper()
	select {
	case <-s.done:
	case <-time.After(limit):
		s.t.Fatalf("vtscope has not ended within %s; stderr:\n%s", limit, s.stderr.String())
	}
	var rest []event
	for e := range s.events {
		rest = append(rest, e)
	}
	return s.code, rest
}

// wholeCopyCompleted holds for the event that ends the copy of all shards.
func wholeCopyCompleted(e event) bool {
	return e.Event == "copy_completed" && e.Keyspace == "" && e.Shard == ""
}

// compact removes the spaces between JSON's tokens.
func compact(raw json.RawMessage) string {
	if raw == nil {
		return ""
	}
	var out bytes.Buffer
	if err := json.Compact(&out, raw); err != nil {
		return "no JSON: " + string(raw)
	}
	return out.String()
}

// columns splits a row into its columns.
func columns(t *testing.T, raw json.RawMessage) map[string]json.RawMessage {
	t.Helper()
	values := map[string]json.RawMessage{}
	if raw == nil {
		return values
	}
	if err := json.Unmarshal(raw, &values); err != nil {
		t.Fatalf("row %s: %v", raw, err)
	}
	return values
}
