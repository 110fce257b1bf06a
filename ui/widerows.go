package ui

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// wideRows stands between Bubble Tea and the terminal. A row with wide
// characters is painted again at every frame, changed or not, because Bubble
// Tea does not trust their widths (ultraviolet, TerminalRenderer.paintLine). What
// shows a row as it is already is left out: with Japanese text on the screen it
// would be most of what goes to the terminal.
type wideRows struct {
	to     io.Writer
	shown  map[string]string // by row: what was painted last
	style  string            // that holds after what was left out last
	place  string            // to which that has moved the cursor, "" where nothing was left out
	out    []byte
	parser *ansi.Parser
}

// A terminalFile is what Bubble Tea asks whether it is a terminal.
type terminalFile interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// wideTerminal is a terminal behind wideRows, for Bubble Tea still a terminal.
type wideTerminal struct {
	terminalFile
	rows *wideRows
}

func (t wideTerminal) Write(p []byte) (int, error) { return t.rows.Write(p) }

// withoutRepaints puts wideRows before an output.
func withoutRepaints(to io.Writer) io.Writer {
	rows := &wideRows{to: to, shown: map[string]string{}, parser: ansi.NewParser()}
	if file, ok := to.(terminalFile); ok {
		return wideTerminal{file, rows}
	}
	return rows
}

// Write takes whole frames.
func (w *wideRows) Write(p []byte) (int, error) {
	w.out = w.out[:0]
	for rest := p; len(rest) > 0; {
		before, repaint, after := cutRepaint(rest)
		if !w.keepsRows(before) {
			clear(w.shown)
		}
		w.pass(before)
		w.repaint(repaint)
		rest = after
	}
	w.catchUp()
	if _, err := w.to.Write(w.out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// A repaint switches wrapping off, goes to the start of the row, erases it and
// writes its text, switches wrapping on and goes to a place in the row.
const (
	repaintStart = ansi.ResetModeAutoWrap
	repaintEnd   = ansi.SetModeAutoWrap + "\x1b["
)

// cutRepaint cuts a frame around its first repaint; without one, all is before.
func cutRepaint(b []byte) (before, repaint, after []byte) {
	start := bytes.Index(b, []byte(repaintStart))
	if start < 0 {
		return b, nil, nil
	}
	end := bytes.Index(b[start:], []byte(repaintEnd))
	if end < 0 {
		return b, nil, nil
	}
	end += start + len(repaintEnd)
	end += bytes.IndexByte(b[end:], 'H') + 1
	return b[:start], b[start:end], b[end:]
}

var sgr = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// repaint passes a repaint on where the row shows something else.
func (w *wideRows) repaint(b []byte) {
	painted, place, _ := strings.Cut(string(b), ansi.SetModeAutoWrap)
	_, text, erased := strings.Cut(painted, ansi.EraseLineRight)
	row, _, isPlace := strings.Cut(place, ";")
	known := erased && isPlace
	if shown, found := w.shown[row]; known && found && shown == text {
		w.style, w.place = lastStyle(w.style+painted), place
		return
	}
	w.pass(b)
	if known {
		w.shown[row] = text
	}
}

// pass passes output on.
func (w *wideRows) pass(b []byte) {
	if len(b) > 0 {
		w.catchUp()
		w.out = append(w.out, b...)
	}
}

// catchUp brings the terminal to the style and the place at which it would be
// after what was left out.
func (w *wideRows) catchUp() {
	w.out = append(append(w.out, w.style...), w.place...)
	w.style, w.place = "", ""
}

// lastStyle is the style that holds after some text.
func lastStyle(text string) string {
	if reset := strings.LastIndex(text, ansi.ResetStyle); reset >= 0 {
		text = text[reset:]
	}
	return strings.Join(sgr.FindAllString(text, -1), "")
}

// keepsRows reports whether some output leaves alone what the rows with wide
// characters show. What is written between repaints is in other rows, so only
// what moves or erases several rows, or is not known, does not.
func (w *wideRows) keepsRows(b []byte) bool {
	for {
		escape := bytes.IndexByte(b, ansi.ESC)
		if escape < 0 {
			return true
		}
		sequence, _, n, _ := ansi.DecodeSequence(b[escape:], ansi.NormalState, w.parser)
		b = b[escape+n:]
		command := ansi.Cmd(w.parser.Command())
		switch {
		case ansi.HasOscPrefix(sequence):
		case !ansi.HasCsiPrefix(sequence):
			return false
		case command.Prefix() == 0 && strings.IndexByte("mHGdABCDX@PKb", command.Final()) >= 0:
		case command.Prefix() == '?' && strings.IndexByte("hl", command.Final()) >= 0:
			if mode, _ := w.parser.Param(0, 0); mode != 25 && mode != 2026 { // the cursor, and whole frames
				return false
			}
		default:
			return false
		}
	}
}
