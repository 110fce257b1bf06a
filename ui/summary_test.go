package ui

import (
	"fmt"
	"strings"
	"testing"
)

// TestSummary: the report is on screen, goes on while it is looked at, and leads to the log.
func TestSummary(t *testing.T) {
	f := liveShop(t)
	s := f.screen(140, 50).press("7").fits().shows("all that came, whatever", "261 row changes in 3 tables on 4 shards", "LARGEST TRANSACTIONS", "KINDS OF")
	s.press("enter").shows("╭ in all").press("esc").press("right").press("down").shows("Summary")
	row := s.selected()
	if !strings.Contains(row, "shop.customer") {
		t.Fatalf("the cursor is on %q", row)
	}
	s.press("enter").shows("filter  _table = 'customer'  ", "65 of", "esc goes back").press("esc").shows("Summary")
	if got := s.selected(); got != row {
		t.Errorf("back on %q, not on %q", got, row)
	}
	for range 40 {
		s.show(f.sale(0))
	}
	s.frame().hides("261 row changes")
	if got := s.selected(); !strings.HasPrefix(strings.TrimSpace(got), "shop.customer") {
		t.Errorf("the cursor has moved to %q while counts changed", got)
	}
	s.press("end").shows("at the end: [{").press("enter").shows("╭ positions", `{"keyspace":"shop","shard":"80-c0"`).fits()
}

// TestSummaryLeadsToTheLog from each of its parts.
func TestSummaryLeadsToTheLog(t *testing.T) {
	leads := [][]string{
		{"╭ in all"}, {"_table = '", "▶ follow", "only these changes; esc goes back"}, {"_shard = '", "▶ follow"}, {"_gtid = '"},
		{"_gtid = '", "one of these transactions; esc goes back"}, {"Changes", "esc goes back", "retrying"},
	}
	for part, wants := range leads {
		s := liveShop(t).screen(140, 30).press("7")
		for range part {
			s.press("right")
		}
		s.press("enter").shows(wants...).fits().press("esc").shows("Summary").press("esc").shows("Changes").press("esc").shows("Changes").fits()
	}
}

// TestSummaryIsCopied in each of its forms.
func TestSummaryIsCopied(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("7", "y").shows("the summary for a ticket").press("esc")
	for key, want := range map[string]string{
		"m": "### Tables", "t": "LARGEST TRANSACTIONS", "a": `"transactions": 204`, "v": "of            shop",
	} {
		if got := s.copied("y", key); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in %s", key, want, got)
		}
	}
}

// TestSummaryAtEverySize fits, also before anything has come.
func TestSummaryAtEverySize(t *testing.T) {
	for name, f := range map[string]*fixture{"nothing": newFixture(t), "shop": liveShop(t)} {
		for _, size := range [][2]int{{20, 5}, {40, 8}, {41, 9}, {60, 12}, {300, 100}} {
			t.Run(fmt.Sprint(name, size), func(t *testing.T) {
				s := f.screen(size[0], size[1]).press("7").fits()
				s.press("end").fits().press("home").fits().press("right", "right", "left").fits().press("enter").fits().press("z").fits().press("y").fits()
			})
		}
	}
}
