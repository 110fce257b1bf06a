package ui

import (
	"errors"
	"io"
	"io/fs"
	"os"

	tea "charm.land/bubbletea/v2"

	"vtscope/internal/files"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/headless"
	"vtscope/ui/pane"
	"vtscope/ui/window"
)

// exportWindow asks how the rows that the log shows are to be written; nil where there
// is none.
func exportWindow(c *pane.Context) *window.Export {
	n := c.Sieve.Matches.Len()
	if n == 0 {
		return nil
	}
	what := draw.Plural(uint64(n), "row") + " to a file"
	switch {
	case c.Sieve.Matches.Looking():
		what = "the " + what + ", those found so far"
	case c.Sieve.Matches.Filter() != nil:
		what = "the " + what + ", those that match"
	}
	return &window.Export{What: what, Base: "vtscope-rows-" + c.Now.UTC().Format("20060102T150405")}
}

// An exportedMsg says what has come of an export.
type exportedMsg struct {
	text   string
	exists *window.ExportRequest // the file is there; nobody has said that it may go
}

// export writes the rows shown, beside the event loop.
func export(c *pane.Context, request window.ExportRequest) tea.Cmd {
	snapshot, matches := c.Shown, c.Sieve.Matches
	rows := matches.Rows(nil, 0, matches.Len())
	options := headless.Options{Format: request.Format, Qualified: c.SeveralKeyspaces()}
	return func() tea.Msg {
		if _, err := os.Lstat(request.Path); err == nil && !request.Overwrite {
			return exportedMsg{exists: &request}
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return exportedMsg{text: "not written: " + draw.Safe([]byte(err.Error()))}
		}
		reader, at := snapshot.Reader(), 0
		var done headless.Exported
		err := files.Fill(request.Path, func(w io.Writer) (err error) {
			done, err = headless.Export(w, options, func(r *stream.Record) bool {
				for at < len(rows) {
					if at++; reader.At(rows[at-1], r) {
						return true
					}
				}
				return false
			})
			return err
		})
		if err != nil {
			return exportedMsg{text: "not written: " + draw.Safe([]byte(err.Error()))}
		}
		return exportedMsg{text: exportedText(&done, request.Path)}
	}
}

// exportedText says what was written, and what was not.
func exportedText(done *headless.Exported, path string) string {
	text := draw.Plural(done.Events, "event") + " written to " + draw.Safe([]byte(path))
	if done.LeftOut > 0 {
		text += "; " + draw.Plural(done.LeftOut, "row") + " of transactions without a COMMIT left out"
	}
	if done.DDLs > 0 {
		text += "; " + draw.Plural(done.DDLs, "DDL statement") + " left out"
	}
	if done.Unstated > 0 {
		text += "; " + draw.Count(done.Unstated) + " not as statements: " + draw.Safe([]byte(done.Reason.Error()))
	}
	return text
}
