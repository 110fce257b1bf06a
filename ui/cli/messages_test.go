package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// said gives what say writes to standard error.
func said(t *testing.T, format string, args ...any) string {
	t.Helper()
	return stderrOf(t, func() { say(format, args...) })
}

// stderrOf gives what is written to standard error meanwhile.
func stderrOf(t *testing.T, work func()) string {
	t.Helper()
	stderr := os.Stderr
	defer func() { os.Stderr = stderr }()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	os.Stderr = file
	work()
	return readFile(t, file.Name())
}

// TestSayIsSafe writes what a server could send: nothing of it acts on a terminal.
func TestSayIsSafe(t *testing.T) {
	const hostile = "a\x1b]52;c;aGk=\x07\u009b2J\u202eb\nc\x7f"
	const safe = `a\x1b]52;c;aGk=\x07\u009b2J\u202eb\nc\x7f`
	for _, arg := range []any{hostile, errors.New(hostile), fmt.Errorf("%w", errors.New(hostile))} {
		if got := said(t, "%v", arg); got != "vtscope: "+safe+"\n" {
			t.Errorf("%T: said %q", arg, got)
		}
	}
	if got := said(t, "%v", usagef("a\n  ^\x1b")); got != "vtscope: a\n  ^\\x1b\n" {
		t.Errorf("a mistake of the user's: said %q", got)
	}
}

func TestSayIsShort(t *testing.T) {
	got := said(t, "%s", strings.Repeat("é", 10_000))
	if len(got) > maxMessage+1 || !strings.HasSuffix(got, " more bytes)\n") || strings.Contains(got, "\ufffd") {
		t.Errorf("said %d bytes, at the end %q", len(got), got[max(0, len(got)-60):])
	}
}

// TestMessagesHoldNothingUp says more than a pipe takes that nobody reads.
func TestMessagesHoldNothingUp(t *testing.T) {
	stderr := os.Stderr
	defer func() { os.Stderr = stderr }()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stderr = writer
	end := startMessages()
	line := strings.Repeat("x", 1000)
	for range 3 * maxUnread {
		say("%s", line)
	}
	m := about
	end()
	if m.leftOut < maxUnread {
		t.Errorf("%d lines are left out", m.leftOut)
	}
	reader.Close() // the writer ends
	select {
	case <-m.ended:
	case <-time.After(time.Minute):
		t.Error("it still writes to a pipe that is closed")
	}
	writer.Close()
}

func TestCommandsAreNoKeyspaces(t *testing.T) {
	for word, hint := range map[string]string{"version": "--version", "help": "--help", "tail": "following is the default"} {
		code, _, messages := vtscope(t, "--vtgate", "127.0.0.1:1", "-o", "json", word, "shop")
		if code != exitConnection || !strings.Contains(messages, word+" was taken for a keyspace: ") || !strings.Contains(messages, hint) {
			t.Errorf("%s: exit code %d, %s", word, code, messages)
		}
	}
	if code, _, messages := vtscope(t, "-f", "shop"); code != exitUsage || !strings.Contains(messages, "(following is the default") {
		t.Errorf("-f: exit code %d, %s", code, messages)
	}
	if _, _, messages := vtscope(t, "--vtgate", "127.0.0.1:1", "-o", "json", "shop"); strings.Contains(messages, "was taken for") {
		t.Errorf("a keyspace: %s", messages)
	}
}
