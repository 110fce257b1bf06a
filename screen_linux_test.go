package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// colours are sequences that set a colour of the foreground or background.
var colours = regexp.MustCompile(`\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m`)

// TestNoColor: with NO_COLOR set to something, the screen has no colours; weight
// and reverse stay.
func TestNoColor(t *testing.T) {
	for _, test := range []struct {
		value    string
		coloured bool
	}{{"", true}, {"1", false}, {"0", false}} {
		t.Setenv("NO_COLOR", test.value)
		r := onTerminal(t, "--demo", "--demo-rate", "200")
		r.shows("LIVE")
		r.shows("insert")
		if got := colours.MatchString(r.written()); got != test.coloured {
			t.Errorf("NO_COLOR=%q: coloured %v", test.value, got)
		}
		r.press("qq")
		if code, _ := r.end(); code != 0 {
			t.Errorf("NO_COLOR=%q: ends with %d", test.value, code)
		}
	}
}

// TestTerminalGoesAway closes the terminal under a screen: the program ends.
func TestTerminalGoesAway(t *testing.T) {
	r := onTerminal(t, "--demo")
	r.shows("LIVE")
	r.master.Close()
	if code, _ := r.end(); code != exitSignal+int(syscall.SIGHUP) {
		t.Errorf("ends with %d", code)
	}
}

// commands are sequences that a screen has no use for: those for the clipboard,
// files and programs, by which row data would act on a terminal.
var commands = regexp.MustCompile(`\x1b\](?:[3-9]|1[0-9]|[0-9]{3,}|52|50)[;0-9]*;[^\x07?]|\x1b[PX^_][^>+]|\x1bc`)

// TestHostileStreamsOnScreen: whatever a VTGate sends, the screen shows what is
// good, acts on nothing, and ends as asked.
func TestHostileStreamsOnScreen(t *testing.T) {
	for name, hostile := range hostileStreams {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := onTerminal(t, "--vtgate", serveHostile(t, hostile), "--no-queries", "ks")
			r.shows("ENDED")
			r.press("G")
			r.shows("4711")
			r.press("q")
			code, _ := r.end()
			written := r.written()
			if code != exitEnded || strings.Contains(written, "goroutine ") {
				t.Errorf("ends with %d:\n%q", code, cut(written))
			}
			if found := commands.FindString(written); found != "" {
				t.Errorf("the terminal is given %q", found)
			}
		})
	}
}

// TestRecordingThatFailsOnScreen is told of, and ends the program with 1: the stream goes on
// meanwhile.
func TestRecordingThatFailsOnScreen(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.vts")
	r := onTerminal(t, "--demo", "--demo-rate", "2000", "--record", file)
	r.shows("REC")
	limit := unix.Rlimit{Cur: 64 << 10, Max: 64 << 10}
	if err := unix.Prlimit(r.cmd.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
	r.shows("not recorded")
	r.press("qq")
	if code, _ := r.end(); code != exitEnded || !strings.Contains(r.written(), "file too large") {
		t.Errorf("ends with %d:\n%q", code, cut(r.written()))
	}
	if got := program(t, "--replay", file, "-o", "json"); got.code != exitEnded || strings.Count(got.out, "\n") < 100 {
		t.Errorf("what was recorded before: %d, %d lines, %s", got.code, strings.Count(got.out, "\n"), got.messages)
	}
}

// TestTwoRecordingsIntoOneFile: the second is refused, also with --force.
func TestTwoRecordingsIntoOneFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.vts")
	r := onTerminal(t, "--demo", "--record", file)
	r.shows("KiB") // the file is there
	if got := program(t, "--demo", "-n", "1", "--record", file, "--force"); got.code == 0 || !strings.Contains(got.messages, "another vtscope writes it") {
		t.Errorf("the second ends with %d: %s", got.code, got.messages)
	}
	r.press("qq")
	if code, _ := r.end(); code != 0 {
		t.Errorf("the first ends with %d:\n%q", code, cut(r.written()))
	}
	if got := program(t, "--replay", file, "-o", "json"); got.code != 0 {
		t.Errorf("its capture: %d, %s", got.code, got.messages)
	}
}
