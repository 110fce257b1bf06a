package cli

import (
	"errors"
	"io/fs"
	"os"
)

// A screenFile is the terminal that the screen is drawn on. Where it has gone
// away and nobody has sent SIGHUP, as to a program of another session, only
// writing to it tells.
type screenFile struct {
	*os.File
	lost func()
}

// Write writes to the terminal.
func (f *screenFile) Write(b []byte) (int, error) {
	n, err := f.File.Write(b)
	if path := (*fs.PathError)(nil); errors.As(err, &path) && !path.Timeout() {
		f.lost()
	}
	return n, err
}
