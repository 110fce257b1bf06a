package main

import (
	"regexp"
	"strings"
	"syscall"
	"testing"
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
