package ui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// A historyFile keeps the history of filters between programs, an entry a line.
// A filter may hold personal data, so nobody else may read it. Its methods run
// in commands: a slow disk does not hold up the screen.
type historyFile struct {
	path string // "" for none
	mu   sync.Mutex
}

// historyMsg is what a command found out about the file.
type historyMsg struct {
	entries []string // read at the start
	err     error
}

func (f *historyFile) load() tea.Cmd {
	return f.locked(func() historyMsg {
		entries, err := f.read()
		return historyMsg{entries, err}
	})
}

// save adds an entry to those of the file, which another program may have
// written meanwhile.
func (f *historyFile) save(text string) tea.Cmd {
	return f.locked(func() historyMsg {
		entries, err := f.read()
		if err == nil {
			err = f.write(bounded(entries, text))
		}
		return historyMsg{err: err}
	})
}

// locked is the command that does something with the file, one at a time.
func (f *historyFile) locked(work func() historyMsg) tea.Cmd {
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
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file", f.path)
	}
	if err != nil {
		return nil, err
	}
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read from
	// The newest entries are at the end. What somebody else made longer than it
	// may be begins with a part of a line, which goes.
	part := info.Size() > 2*historyBytes
	if part {
		if _, err := file.Seek(-historyBytes, io.SeekEnd); err != nil {
			return nil, err
		}
	}
	content, err := io.ReadAll(io.LimitReader(file, 2*historyBytes))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(content), "\n")
	if part {
		lines = lines[1:]
	}
	for i := range lines {
		lines[i] = fromLine(lines[i])
	}
	return bounded(lines), nil
}

// write replaces the file in one step, so that it is whole at any moment.
func (f *historyFile) write(entries []string) (err error) {
	folder := filepath.Dir(f.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(folder, filepath.Base(f.path)+".*") // for the owner alone
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // what counts is the first error
		}
	}()
	var b strings.Builder
	for _, text := range entries {
		b.WriteString(toLine(text) + "\n")
	}
	_, err = temp.WriteString(b.String())
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), f.path)
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

func needsQuotes(text string) bool { return !utf8.ValidString(text) || hasControl([]byte(text)) }
