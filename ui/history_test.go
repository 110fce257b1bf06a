package ui

import (
	"os"
	"path/filepath"
	"testing"

	"vtscope/filter"
	"vtscope/ui/pane"
	"vtscope/ui/prompt"
)

// withHistory gives the screen's model a history in a file, as at its start.
func (s *screen) withHistory(path string) *screen {
	s.t.Helper()
	s.model.prompt = prompt.New(path, pane.NewKeys(prompt.Bindings, nil))
	s.perform(s.model.prompt.Load())
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
