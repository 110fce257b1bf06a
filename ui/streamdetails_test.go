package ui

import (
	"testing"
	"time"

	"vtscope/ui/draw"
)

func TestStreamDetails(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	s.model.Table = "corder"
	s.press("tab", "enter", "enter").shows("╭ shard shop/-40", "target", "VTGate", "received", "kept").hides("at VTGate")
	s.press("esc", "esc", "/").types("total > 100").press("enter", "tab", "enter", "enter").
		shows("at VTGate", "--rule 'corder=select * from corder where total > 100' in place of -t")
	s.press("+").shows("this line has no value").press("esc")
	s.press("/", "ctrl+u").types("changed(total)").press("enter", "enter").shows("no: ").hides("--rule")
	s.press("esc", "esc", "esc", "/", "ctrl+u", "enter", "enter").hides("╭ shard").fits()
}

func TestRuleIsForOneTable(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("/").types("total > 100").press("enter", "tab", "enter", "enter")
	s.shows("at VTGate", "choose one with -t").hides("--rule")
}

func TestShellQuoted(t *testing.T) {
	if got := draw.ShellQuoted("t=select * from `t` where a = 'b'"); got != `'t=select * from `+"`t`"+` where a = '\''b'\'''` {
		t.Errorf("quoted as %s", got)
	}
}

// TestOwnUsage: what the program takes itself, and how long the buffer lasts.
func TestOwnUsage(t *testing.T) {
	f := liveShop(t)
	s := f.screen(120, 40).press("tab", "enter", "enter").hides("at this rate", "of a core")
	for range 30 { // the first page of the buffer has a MiB
		s.sales(300)
	}
	f.pass(time.Second)
	s.frame().shows("at this rate the buffer holds the last").hides("of a core")
	taken := time.Duration(0)
	s.model.options.Usage = func() (time.Duration, uint64) {
		taken += 150 * time.Millisecond
		return taken, 142 << 20
	}
	for range 11 {
		f.pass(time.Second)
		s.send(tickMsg(f.clock))
	}
	s.shows("3% of a core, 142.0 MiB").hides("at this rate").fits()
}
