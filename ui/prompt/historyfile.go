package prompt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"vtscope/internal/files"
	"vtscope/ui/draw"
)

// A historyFile keeps the history of filters between programs, an entry a line.
// A filter may hold personal data, so nobody else may read it. Its methods run
// in commands: a slow disk does not hold up the screen.
type historyFile struct {
	path string // "" for none
	mu   sync.Mutex
}

// HistoryRead is what a command found out about the file.
type HistoryRead struct {
	entries []string // read at the start
	err     error
}

func (f *historyFile) load() tea.Cmd {
	return f.locked(func() HistoryRead {
		entries, err := f.read()
		return HistoryRead{entries, err}
	})
}

// save adds an entry to those of the file, which another program may have
// written meanwhile.
func (f *historyFile) save(text string) tea.Cmd {
	return f.locked(func() HistoryRead {
		entries, err := f.read()
		if err == nil {
			err = f.write(bounded(entries, text))
		}
		return HistoryRead{err: err}
	})
}

// locked is the command that does something with the file, one at a time.
func (f *historyFile) locked(work func() HistoryRead) tea.Cmd {
	if f.path == "" {
		return nil
	}
	return func() tea.Msg {
		f.mu.Lock()
		defer f.mu.Unlock()
		return work()
	}
}

// read gives the file's entries, none where there is no file.
func (f *historyFile) read() ([]string, error) {
	content, err := files.Read(f.path, historyFileLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	lines := strings.Split(string(content), "\n")
	for i := range lines {
		lines[i] = fromLine(lines[i])
	}
	return bounded(lines), nil
}

// historyFileLimit is what somebody else may have made of the file.
const historyFileLimit = 16 << 20

// write replaces the file.
func (f *historyFile) write(entries []string) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	var b strings.Builder
	for _, text := range entries {
		b.WriteString(toLine(text) + "\n")
	}
	if err := files.Write(f.path, []byte(b.String())); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// toLine writes an entry as a line: as it is, or quoted as Go does where it
// holds what a line cannot.
func toLine(text string) string {
	if needsQuotes(text) {
		return strconv.Quote(text)
	}
	return text
}

func fromLine(line string) string {
	if text, err := strconv.Unquote(line); err == nil && needsQuotes(text) {
		return text
	}
	return strings.TrimSuffix(line, "\r")
}

func needsQuotes(text string) bool { return !utf8.ValidString(text) || draw.HasControl([]byte(text)) }
