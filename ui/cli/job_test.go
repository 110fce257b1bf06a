package cli

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// jobOf reads a command line.
func jobOf(out terminal, args ...string) (*job, error) {
	f, err := parseFlags(args)
	if err != nil {
		return nil, err
	}
	return newJob(f, out)
}

func outputName(j *job) string {
	if j.format == nil {
		return outputScreen
	}
	return j.format.Name
}

// TestJob: what is printed where nothing is said, and what is refused, by
// what output goes to.
func TestJob(t *testing.T) {
	t.Setenv("TERM", "dumb")
	for _, test := range []struct {
		args      string
		terminal  terminal
		output    string
		heartbeat time.Duration
		refused   string
	}{
		{"", fullTerminal, "tui", screenHeartbeat, ""},
		{"--heartbeat-interval 7s", fullTerminal, "tui", 7 * time.Second, ""},
		{"", noTerminal, "text", 0, ""},
		{"", dumbTerminal, "text", 0, ""},
		{"-o tui", fullTerminal, "tui", screenHeartbeat, ""},
		{"-o json", fullTerminal, "json", 0, ""},
		{"-o json --heartbeat-interval 3s", noTerminal, "json", 3 * time.Second, ""},
		{"-o tui", noTerminal, "", 0, "-o tui needs a terminal; "},
		{"-o tui", dumbTerminal, "", 0, `-o tui needs a terminal with a screen, and TERM is "dumb"`},
		{"-o yaml", noTerminal, "", 0, "-o yaml: the formats are tui, text, json"},
		{"--for -1ns", noTerminal, "", 0, "--for -1ns: must not be negative"},
		{"--demo-shards 0 --demo", noTerminal, "", 0, "--demo-shards"},
		{"--demo-rate -1 --demo", noTerminal, "", 0, "--demo-rate"},
		{"--demo-rows -1 --demo", noTerminal, "", 0, "--demo-rows"},
		{"--demo-rows 9", noTerminal, "", 0, "--demo-rows needs --demo"},
		{"--demo --vtgate vtgate:1", noTerminal, "", 0, "--demo runs a VTGate of its own: leave out --vtgate"},
		{"--demo --tls", noTerminal, "", 0, "leave out --tls"},
		{"--demo customer", noTerminal, "", 0, "--demo has only the keyspace shop: leave out customer"},
		{"--demo shop:-40", noTerminal, "text", 0, ""},
		{"--from=", noTerminal, "", 0, "--from: the value is empty"},
		{"--where=", noTerminal, "text", 0, ""},
		{"--wher 1", noTerminal, "", 0, "did you mean --where?"},
	} {
		j, err := jobOf(test.terminal, strings.Fields(test.args)...)
		var usage *usageError
		switch {
		case test.refused != "":
			if !errors.As(err, &usage) || !strings.Contains(err.Error(), test.refused) {
				t.Errorf("%q: %v, want %q", test.args, err, test.refused)
			}
		case err != nil:
			t.Errorf("%q: %v", test.args, err)
		case outputName(j) != test.output || j.stream.Heartbeat != test.heartbeat:
			t.Errorf("%q: -o %s with heartbeats every %v, want %s and %v", test.args, outputName(j), j.stream.Heartbeat, test.output, test.heartbeat)
		}
	}
}
