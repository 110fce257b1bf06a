package ui

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

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
func exportWindow(c *pane.Context, marked int) *window.Export {
	n := c.Sieve.Matches.Len()
	w := &window.Export{Base: "vtscope-rows-" + c.Now.UTC().Format("20060102T150405")}
	if marked > 0 {
		w.Choices = append(w.Choices, window.ExportChoice{Rows: window.MarkedRows, What: "the " + draw.Plural(uint64(marked), "marked row")})
	}
	what := draw.Plural(uint64(n), "row")
	switch {
	case c.Sieve.Matches.Looking():
		what = "the " + what + ", those found so far"
	case c.Sieve.Matches.Filter() != nil:
		what = "the " + draw.Plural(uint64(n), "matching row")
	}
	if n > 0 {
		w.Choices = append(w.Choices, window.ExportChoice{Rows: window.ShownRows, What: what})
	}
	if n > 0 && c.Search.Text != "" {
		w.Choices = append(w.Choices, window.ExportChoice{Rows: window.FoundRows, What: "the rows with what is searched for"})
	}
	if len(w.Choices) == 0 {
		return nil
	}
	return w
}

// An exportedMsg says what has come of an export.
type exportedMsg struct {
	text   string
	again  *window.Export        // that asks anew where nothing was written
	exists *window.ExportRequest // the file is there; nobody has said that it may go
}

// export writes rows, beside the event loop.
func export(c *pane.Context, request window.ExportRequest, marked []uint64, found func(*stream.Record) bool) tea.Cmd {
	snapshot, rows := c.Shown, slices.Clone(marked)
	if request.Rows != window.MarkedRows {
		rows = c.Sieve.Matches.Rows(nil, 0, c.Sieve.Matches.Len())
	}
	if request.Rows != window.FoundRows {
		found = func(*stream.Record) bool { return true }
	}
	options := headless.Options{Format: request.Format, Qualified: c.SeveralKeyspaces()}
	return func() tea.Msg {
		if _, err := os.Lstat(request.Path); err == nil && !request.Overwrite {
			return exportedMsg{exists: &request}
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return exportedMsg{text: notWritten(request.Path, err), again: request.By}
		}
		reader, at := snapshot.Reader(), 0
		var done headless.Exported
		err := files.Fill(request.Path, func(w io.Writer) (err error) {
			done, err = headless.Export(w, options, func(r *stream.Record) bool {
				for at < len(rows) {
					if at++; reader.At(rows[at-1], r) && found(r) {
						return true
					}
				}
				return false
			})
			return err
		})
		if err != nil {
			return exportedMsg{text: notWritten(request.Path, err), again: request.By}
		}
		return exportedMsg{text: exportedText(&done, request.Path)}
	}
}

func notWritten(path string, err error) string {
	return "not written: " + draw.Safe([]byte(err.Error())) + "; " + draw.Safe([]byte(path))
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
