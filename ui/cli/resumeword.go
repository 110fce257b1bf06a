package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"vtscope/internal/files"
	"vtscope/ui/draw"
)

const (
	// maxPositionWord is how long a position may be, in bytes, to be offered for
	// pasting. A longer one is kept in a file.
	maxPositionWord = maxMessage - 512
	// keptPositions is how many such files there are at most.
	keptPositions = 20
)

// resumeWord gives a position as a word of a shell that --from takes: itself, or
// @FILE where it is long and can be kept.
func resumeWord(position string) string {
	if len(position) <= maxPositionWord {
		return draw.ShellQuoted(position)
	}
	path, err := keepPosition(position)
	if err != nil {
		return draw.ShellQuoted(position)
	}
	if plainPath.MatchString(path) {
		return "@" + path
	}
	return draw.ShellQuoted("@" + path)
}

// plainPath is what no shell changes.
var plainPath = regexp.MustCompile(`^[\w./+,:=-]+$`)

// keepPosition writes a position to a new file in the folder for state.
func keepPosition(position string) (string, error) {
	folder := stateFile("positions")
	if folder == "" {
		return "", os.ErrNotExist
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(folder, fmt.Sprintf("%s-%d.json", time.Now().UTC().Format("20060102T150405"), os.Getpid()))
	if err := files.Write(path, []byte(position+"\n")); err != nil {
		return "", err
	}
	dropOldPositions(folder)
	return path, nil
}

// dropOldPositions leaves the newest, whose names come last.
func dropOldPositions(folder string) {
	names, err := filepath.Glob(filepath.Join(folder, "*T*-*.json"))
	if err != nil || len(names) <= keptPositions {
		return
	}
	slices.Sort(names)
	for _, name := range names[:len(names)-keptPositions] {
		_ = os.Remove(name) // the next run tries again
	}
}
