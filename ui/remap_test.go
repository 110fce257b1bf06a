package ui

import (
	"testing"

	"vtscope/ui/pane"
)

// TestOtherKeys: an action has the keys that it was given, and texts name those.
func TestOtherKeys(t *testing.T) {
	s := liveShop(t).optioned(120, 40, func(o *Options) {
		o.Keys = map[pane.Action][]string{pane.ActPause: {"P", "f5"}, pane.ActFollow: {"ctrl+g"}, actPalette: {}}
		o.Typing = map[pane.Action][]string{"complete": {"ctrl+n"}, "newer": {"down"}}
	})
	s.shows("P pause").press("space").shows("space does nothing; ? lists the keys, :palette finds an action").hides("PAUSED")
	s.press("P").shows("PAUSED", "P resume").press("f5").hides("PAUSED")
	s.press("k").shows("ctrl-g to follow").press("ctrl+g").shows("▶ follow")
	s.press("?").shows("P f5", "ctrl-g").press("esc").press(":").shows(": does nothing")
	s.press("/").types("ema").press("ctrl+n").typed("email").press("esc").fits()
}
