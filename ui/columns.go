package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/window"
)

// A columnsFile keeps between programs how the log shows columns. Its methods run in
// commands: a slow disk does not hold up the screen.
type columnsFile struct {
	path string // "" for none
	mu   sync.Mutex
}

// columnsLimit bounds what somebody else may have made of the file, in bytes.
const columnsLimit = 16 << 20

// columnsMsg is what a command found out about the file.
type columnsMsg struct {
	columns *draw.Columns // read at the start, else nil
	err     error
}

// load reads the file. What the settings hide counts where the file says nothing.
func (f *columnsFile) load(hidden []string) tea.Cmd {
	if f.path == "" && len(hidden) == 0 {
		return nil
	}
	return func() tea.Msg {
		columns, err := f.read()
		for _, name := range hidden {
			hide(columns, name)
		}
		return columnsMsg{columns, err}
	}
}

// hide hides a column by its name, or by keyspace.table.column.
func hide(columns *draw.Columns, name string) {
	change := draw.ColumnChange{Name: name, Everywhere: true, To: draw.Column{Hidden: true}}
	if dot := strings.LastIndex(name, "."); dot >= 0 {
		change.Table, change.Name, change.Everywhere = name[:dot], name[dot+1:], false
	}
	_, own := columns.Tables[change.Table][change.Name]
	_, everywhere := columns.Everywhere[change.Name]
	if !own && !(change.Everywhere && everywhere) {
		columns.Apply(change)
	}
}

// save takes a change into the file, which another program may have written meanwhile.
func (f *columnsFile) save(change draw.ColumnChange) tea.Cmd {
	if f.path == "" {
		return nil
	}
	return func() tea.Msg {
		f.mu.Lock()
		defer f.mu.Unlock()
		columns, err := f.read()
		if err == nil {
			columns.Apply(change)
			err = f.write(columns)
		}
		return columnsMsg{err: err}
	}
}

// read gives what the file says, nothing where there is none.
func (f *columnsFile) read() (*draw.Columns, error) {
	columns := &draw.Columns{}
	if f.path == "" {
		return columns, nil
	}
	content, err := files.Read(f.path, columnsLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return columns, nil
	}
	if err == nil {
		err = json.Unmarshal(content, columns)
	}
	if err != nil {
		return &draw.Columns{}, fmt.Errorf("%s: %w", f.path, err)
	}
	return columns, nil
}

func (f *columnsFile) write(columns *draw.Columns) error {
	content, err := json.MarshalIndent(columns, "", "\t")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	if err := files.Write(f.path, append(content, '\n')); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// columnsWindow lists the log's columns, and those of the table under the cursor.
func columnsWindow(r *stream.Record) *window.Columns {
	if r == nil || r.Table == nil {
		return &window.Columns{}
	}
	return &window.Columns{Table: r.Table}
}
