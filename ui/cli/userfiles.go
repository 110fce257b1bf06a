package cli

import (
	"os"
	"path/filepath"
	"runtime"
)

// historyFile is where the filters used are kept between runs, "" where the
// user has no home.
func historyFile() string { return stateFile("filters") }

// configFile is where the settings are, unless --config names another place; "" where the
// user has no home.
func configFile() string { return userFile("XDG_CONFIG_HOME", ".config", "config.toml") }

// stateFile names a file of the program's own.
func stateFile(name string) string {
	return userFile("XDG_STATE_HOME", filepath.Join(".local", "state"), name)
}

// userFile names a file in a folder of the XDG Base Directory Specification, which a
// variable tells, or else in the system's own on macOS and Windows. It is "" where the
// user has no home.
func userFile(variable, below, name string) string {
	folder := os.Getenv(variable)
	if !filepath.IsAbs(folder) {
		var err error
		if folder, err = userFolder(below); err != nil {
			return ""
		}
	}
	return filepath.Join(folder, "vtscope", name)
}

func userFolder(below string) (string, error) {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return os.UserConfigDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, below), err
}
