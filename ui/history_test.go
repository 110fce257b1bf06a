package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vtscope/filter"
)

// withHistory gives the screen's model a history in a file, as at its start.
func (s *screen) withHistory(path string) *screen {
	s.t.Helper()
	s.model.historyFile.path = path
	s.perform(s.model.historyFile.load())
	return s
}

func (s *screen) apply(filters ...string) *screen {
	s.t.Helper()
	for _, text := range filters {
		s.press("/", "ctrl+u").types(text).press("enter").filtered(text)
	}
	return s
}

func TestHistoryOutlivesTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "vtscope", "filters")
	f := liveShop(t)
	one := f.screen(100, 30).withHistory(path).apply("total > 1", "total > 2", "status = 'paid'", "total > 1")
	two := f.screen(100, 30).withHistory(path)
	two.press("/").types("draft").press("ctrl+u", "up").typed("total > 1").press("up").typed("status = 'paid'")
	two.press("up").typed("total > 2").press("up").typed("total > 2").press("down", "down", "down").typed("")
	// What was typed is kept below the newest, and chooses what is gone through.
	two.types("tot").alone().press("up").typed("total > 1").press("up", "up").typed("total > 2").press("down", "down").typed("tot")
	two.press("esc")
	// Neither program loses what the other one adds.
	one.apply("name = 'one'")
	two.apply("name = 'two'")
	one.apply("name = 'three'")
	content, err := os.ReadFile(path)
	if want := "total > 2\nstatus = 'paid'\ntotal > 1\nname = 'one'\nname = 'two'\nname = 'three'\n"; err != nil || string(content) != want {
		t.Errorf("the file holds %q, not %q; %v", content, want, err)
	}
	for name, mode := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s is %v, not %v; %v", name, info.Mode().Perm(), mode, err)
		}
	}
	if rest, _ := filepath.Glob(path + "?*"); len(rest) > 0 {
		t.Errorf("%v are left behind", rest)
	}
}

// TestHistoryBeginsAtTheFilter: with a filter in the line that nobody has
// touched, all of the history is gone through.
func TestHistoryBeginsAtTheFilter(t *testing.T) {
	s := liveShop(t).screen(100, 30).apply("total > 1", "name = 'x'", "status = 'paid'")
	s.press("/").typed("status = 'paid'").press("up").typed("name = 'x'").press("up").typed("total > 1")
	s.press("down", "down").typed("status = 'paid'").press("down").typed("status = 'paid'").press("up", "enter").filtered("name = 'x'")
}

func TestHistoryFailsSoftly(t *testing.T) {
	folder := t.TempDir()
	s := liveShop(t).screen(100, 30).withHistory(folder).shows("the history of filters", "no regular file")
	s.apply("total > 1").shows("the history of filters").press("/", "ctrl+u", "up").typed("total > 1")
	blocked := filepath.Join(folder, "file", "filters")
	if err := os.WriteFile(filepath.Dir(blocked), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	liveShop(t).screen(100, 30).withHistory(blocked).apply("total > 1").shows("the history of filters")
}

func TestHistoryKeepsHostileFilters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "filters")
	h := &historyFile{path: path}
	var want []string
	for _, text := range hostile {
		if text += " x"; !strings.Contains(text, "\x1b]0") {
			want = append(want, text)
			if message := h.save(text)().(historyMsg); message.err != nil {
				t.Fatal(message.err)
			}
		}
	}
	got := h.load()().(historyMsg)
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
	got := h.load()().(historyMsg)
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

func TestFilterOfTheStartIsInTheHistory(t *testing.T) {
	f := liveShop(t)
	start, err := filter.Parse("total > 5")
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(Options{Store: f.store, Progress: f.progress, Target: keyspace, Now: f.now, Filter: start})
	s := &screen{t: t, fixture: f, model: m}
	s.resize(100, 30).frame().filtered("total > 5").press("/", "ctrl+u", "enter").filtered("").press("/", "up").typed("total > 5")
}
