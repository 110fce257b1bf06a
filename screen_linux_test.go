package main

import (
	"regexp"
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
