package prompt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/internal/hostile"
)

func TestHistoryKeepsHostileFilters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "filters")
	h := &historyFile{path: path}
	var want []string
	for _, text := range hostile.Texts {
		if text += " x"; !strings.Contains(text, "\x1b]0") {
			want = append(want, text)
			if message := h.save(text)().(HistoryRead); message.err != nil {
				t.Fatal(message.err)
			}
		}
	}
	got := h.load()().(HistoryRead)
	if strings.Join(got.entries, "|") != strings.Join(want, "|") {
		t.Errorf("the file gives back %q, not %q", got.entries, want)
	}
	content, _ := os.ReadFile(path)
	if lines := strings.Count(string(content), "\n"); lines != len(want) {
		t.Errorf("%d entries stand on %d lines", len(want), lines)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "filters")
	long := strings.Repeat(strings.Repeat("x", 1000)+"\n", 4000)
	if err := os.WriteFile(path, []byte(long+"a\na\n\n  \nb\nc"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &historyFile{path: path}
	got := h.load()().(HistoryRead)
	if got.err != nil || len(got.entries) != 4 || got.entries[3] != "c" {
		t.Errorf("%d entries: %.100q; %v", len(got.entries), got.entries, got.err)
	}
	var many history
	for i := range 2000 {
		many.add(strings.Repeat("y", 1+i))
	}
	if n := len(many.entries); n != historyEntries || len(many.entries[n-1]) != 2000 {
		t.Errorf("%d entries are kept", n)
	}
	for i := range 100 {
		many.add(strings.Repeat("z", 60_000+i))
	}
	total := 0
	for _, text := range many.entries {
		total += len(text)
	}
	if total > historyBytes || total < historyBytes*9/10 {
		t.Errorf("%d bytes are kept", total)
	}
}
