package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMain keeps the settings of whoever runs the tests out of them.
func TestMain(m *testing.M) {
	os.Setenv("XDG_CONFIG_HOME", filepath.Join(os.TempDir(), "vtscope-has-no-settings-here"))
	os.Exit(m.Run())
}
