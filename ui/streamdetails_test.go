package ui

import (
	"testing"

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
