package cli

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestHistoryFile(t *testing.T) {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		t.Skip("the folder is the system's")
	}
	home, state := t.TempDir(), t.TempDir()
	for _, c := range []struct{ home, state, want string }{
		{home, state, filepath.Join(state, "vtscope", "filters")},
		{home, "", filepath.Join(home, ".local", "state", "vtscope", "filters")},
		{home, "relative", filepath.Join(home, ".local", "state", "vtscope", "filters")},
		{"", "", ""},
	} {
		t.Setenv("HOME", c.home)
		t.Setenv("XDG_STATE_HOME", c.state)
		if got := historyFile(); got != c.want {
			t.Errorf("with HOME=%q and XDG_STATE_HOME=%q the history is in %q, not %q", c.home, c.state, got, c.want)
		}
	}
}
