package ui

import (
	"strings"
	"testing"
)

// TestHeaderStays: what was left out for a few columns does not come back for a few, so
// that a number with one digit more or less moves nothing.
func TestHeaderStays(t *testing.T) {
	s := liveShop(t).screen(120, 40)
	var cut headerCut
	shows := func(target string) bool {
		s.model.Target = target
		return strings.Contains(header(&s.model.Context, 120, &cut), "v24.0.2")
	}
	target := "shop"
	for ; shows(target); target += "x" {
	}
	for range headerSlack - 1 {
		if target = target[1:]; shows(target) {
			t.Fatalf("the version comes back after %d columns", len(target))
		}
	}
	if !shows(target[headerSlack:]) {
		t.Error("the version does not come back")
	}
	cut = headerCut{}
	if narrow := header(&s.model.Context, 40, &cut); strings.Contains(narrow, "v24.0.2") || cut.width != 40 {
		t.Errorf("at 40 columns: %q", narrow)
	}
}
