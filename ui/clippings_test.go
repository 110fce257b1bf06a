package ui

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/internal/hostile"

	"vitess.io/vitess/go/vt/proto/query"
)

// copied presses keys and gives what the terminal is sent for the clipboard.
func (s *screen) copied(keys ...string) string {
	s.t.Helper()
	s.raw = nil
	s.press(keys...)
	if len(s.raw) == 0 {
		s.t.Fatalf("nothing was sent:\n%s", s.text())
	}
	encoded, is := strings.CutPrefix(s.raw[0], "\x1b]52;c;")
	text, err := base64.StdEncoding.DecodeString(strings.TrimRight(encoded, "\a\x1b\\"))
	if !is || err != nil {
		s.t.Fatalf("%q is no clipboard's sequence (%v)", s.raw[0], err)
	}
	return string(text)
}

func TestCopy(t *testing.T) {
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer")
	s.model.options.Command = func(where, from string) string { return "vtscope " + where + "|" + from }
	for _, test := range []struct {
		keys []string
		has  []string
	}{
		{[]string{"y", "a"}, []string{`{"event":"update","keyspace":"shop"`, `"changed":["phone","settings"]}`}},
		{[]string{"y", "s"}, []string{"UPDATE `customer` SET `phone` = '+31 20 555 01 77'", "WHERE `customer_id` = "}},
		{[]string{"y", "u"}, []string{"UPDATE `customer` SET `phone` = NULL"}},
		{[]string{"y", "i"}, []string{"customer_id = 14"}},
		{[]string{"y", "x"}, []string{"17156075-5f1a-11f1-8c2d-02fc00000002:"}},
		{[]string{"y", "P"}, []string{`[{"keyspace":"shop","shard":"-40","gtid":"MySQL56/`}},
		{[]string{"y", "c"}, []string{"vtscope |"}},
		{[]string{"y", "r"}, []string{`vtscope |[{"keyspace":"shop"`}},
		{[]string{"y", "down", "enter"}, []string{"UPDATE `customer` SET `phone` = '+31 20 555 01 77'"}},
		{[]string{"tab", "g", "y", "v"}, []string{"+31 20 555 01 77"}},
		{[]string{"y", "b"}, []string{"NULL"}},
		{[]string{"j", "enter", "y", "v"}, []string{`{"lang": "nl", "news": false}`}},
		{[]string{"2", "y", "p"}, []string{"MySQL56/"}},
		{[]string{"y", "e"}, []string{":1-"}},
		{[]string{"3", "y", "n"}, []string{"shop.corder"}},
		{[]string{"y", "f"}, []string{"_table = 'corder'"}},
	} {
		text := s.copied(test.keys...)
		for _, part := range test.has {
			if !strings.Contains(text, part) {
				t.Errorf("%q copies %q, which lacks %q", test.keys, text, part)
			}
		}
		s.shows("sent to the terminal").fits()
	}
	s.press("1").setFilter("total > 1")
	if got := s.copied("y", "c"); got != "vtscope total > 1|" {
		t.Error(got)
	}
	s.press("y").shows("Copy to the clipboard").press("y").hides("Copy to the clipboard").press("y", "esc").hides("Copy to the")
	if s.quit {
		t.Error("esc quits")
	}
}

// TestCopyThroughMultiplexers: the terminal around tmux and screen gets it, too.
func TestCopyThroughMultiplexers(t *testing.T) {
	for variable, begin := range map[string]string{"TMUX=/tmp/x": "\x1bPtmux;\x1b\x1b]52;c;", "STY=1.pts": "\x1bP\x1b]52;c;"} {
		s := liveShop(t).screen(120, 40)
		s.model.options.Environment = []string{"TERM=xterm", variable}
		s.copied("y", "P")
		if len(s.raw) != 2 || !strings.HasPrefix(s.raw[1], begin) {
			t.Errorf("with %s, %q is sent", variable, s.raw)
		}
	}
}

func TestCopyToAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	s := liveShop(t).screen(120, 40).press("enter").upTo("update shop.customer").press("y", "tab").shows("Copy to a file").press("u").shows("written to vtscope-SQL-20261122T120442.250.undo.sql")
	text, err := os.ReadFile("vtscope-SQL-20261122T120442.250.undo.sql")
	if err != nil || !strings.Contains(string(text), "SET `phone` = NULL") {
		t.Errorf("%q, %v", text, err)
	}
	s.press("y", "tab", "u").shows("is there already")
	if names, _ := filepath.Glob("*"); len(names) != 1 {
		t.Errorf("files: %q", names)
	}
}

func TestCopyOfWhatIsLarge(t *testing.T) {
	s := valueOf(t, column("body", query.Type_TEXT, "text"), nil, strings.Repeat("x", 100_000), 120, 40)
	if got := s.copied("y", "v"); len(got) != 100_000 {
		t.Errorf("%d bytes are sent", len(got))
	}
	s.shows("many take no more than 73 KiB").fits()
}

// TestHostileCopies: what is copied reaches the clipboard as it is, and the terminal not
// at all.
func TestHostileCopies(t *testing.T) {
	for _, text := range hostile.Texts {
		s := valueOf(t, column("body", query.Type_TEXT, "text"), nil, text, 80, 24)
		if got := s.copied("y", "v"); got != text {
			t.Errorf("%q is copied as %q", text, got)
		}
		s.harmless().press("y").harmless().press("esc")
	}
}
