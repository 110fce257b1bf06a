package cli

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestMain keeps the settings of whoever runs the tests out of them, and gives what a shell
// asks for all the time that a slow and busy machine takes.
func TestMain(m *testing.M) {
	completionLimit = 2 * time.Minute
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "vtscope-has-no-settings-here"))
	os.Exit(m.Run())
}
