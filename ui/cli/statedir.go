package cli

import (
	"os"
	"path/filepath"
	"runtime"
)

// historyFile is where the filters used are kept between runs, "" where the
// user has no home.
func historyFile() string { return stateFile("filters") }

// stateFile names a file of the program's own: in the folder for state of the
// XDG Base Directory Specification, or the system's own on macOS and Windows.
// It is "" where the user has no home.
func stateFile(name string) string {
	folder := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(folder) {
		var err error
		if folder, err = stateFolder(); err != nil {
			return ""
		}
	}
	return filepath.Join(folder, "vtscope", name)
}

func stateFolder() (string, error) {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return os.UserConfigDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state"), err
}
