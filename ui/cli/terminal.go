package cli

import (
	"os"
	"runtime"

	"golang.org/x/term"
)

// A terminal says what can be shown on it.
type terminal int

const (
	noTerminal   terminal = iota // a pipe or a file
	dumbTerminal                 // lines, but no screen
	fullTerminal
)

// terminalOf looks at what output goes to. A screen needs a terminal that says
// what it is.
func terminalOf(out *os.File) terminal {
	switch name := os.Getenv("TERM"); {
	case !term.IsTerminal(int(out.Fd())):
		return noTerminal
	case runtime.GOOS != "windows" && (name == "" || name == "dumb"):
		return dumbTerminal
	}
	return fullTerminal
}
