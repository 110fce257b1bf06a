package ui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/prompt"
	"vtscope/ui/rows"
	"vtscope/ui/window"
)

// windowActions open a window.
var windowActions = []pane.Action{pane.ActHelp, pane.ActExport, pane.ActCopy, actPalette, actStream, actColumns, actJump, actRecord}

// opens reports whether an action opens a window.
func opens(act pane.Action) bool { return slices.Contains(windowActions, act) }

// openWindow opens the window of an action, or says why there is none.
func (m *Model) openWindow(act pane.Action) tea.Cmd {
	if act == actRecord && m.options.Recorder != nil && m.options.Recorder.State().Path != "" {
		return stopRecording(m.options.Recorder)
	}
	w, refusal := m.windowOf(act)
	if w == nil {
		m.message = refusal
		return nil
	}
	m.windows = append(m.windows, w)
	return m.askFacts()
}

// windowOf makes the window of an action, nil with the reason why there is none.
func (m *Model) windowOf(act pane.Action) (w window.Window, refusal string) {
	switch act {
	case pane.ActHelp:
		return &window.Help{Bindings: explained(m.Keys, m.prompt.Keys, m.panes.name(), m.panes.uses())}, ""
	case actPalette:
		return &window.Palette{Bindings: doable(m.Keys)}, ""
	case actColumns:
		return columnsWindow(m.changes.Record(&m.Context)), ""
	case actRecord:
		if m.options.Recorder == nil {
			return nil, "nothing can be recorded here"
		}
		if m.Summary.State == stream.Ended && m.Latest.Len() == 0 {
			return nil, "there is nothing to record: the stream has ended, and brought no row"
		}
		return recordWindow(&m.Context, m.options.Recorder), ""
	case actJump:
		return &window.Jump{Span: spanText(&m.Context, m.options.Replay)}, ""
	case pane.ActExport:
		m.logOnScreen() // whose rows they are
		if w := exportWindow(&m.Context, len(m.changes.Marked())); w != nil {
			return w, ""
		}
		return nil, "no row is shown that could be written"
	case pane.ActCopy:
		if list := clippings(&m.Context, &m.panes, &m.options); len(list) > 0 {
			return &window.Clipboard{Clippings: list, Of: copiedOf(&m.Context, &m.panes)}, ""
		}
		return nil, "there is nothing to copy yet"
	case actStream:
		if m.options.Picks != nil {
			return m.picker(false), ""
		}
		return nil, "nothing else can be streamed here"
	}
	return nil, ""
}

// pressWindow gives a key to the uppermost window.
func (m *Model) pressWindow(key tea.KeyPressMsg, act pane.Action) tea.Cmd {
	if cmd := m.always(act); cmd != nil && !pane.Types(key.String()) {
		return cmd
	}
	last := len(m.windows) - 1
	top := m.windows[last]
	effect := top.Press(&m.Context, key.String(), act)
	if effect.Close {
		m.windows = m.windows[:last]
	}
	m.Unasked = m.unanswered()
	if effect.Quit {
		return m.leaveWindow(top)
	}
	switch {
	case effect.Copy != nil:
		return m.copy(effect.Copy, effect.ToFile)
	case effect.Selection != nil:
		if err := m.options.Picks.Check(*effect.Selection); err != nil {
			m.message = draw.Safe([]byte(err.Error()))
			return nil
		}
		m.options.Picks.Choose(*effect.Selection, Kept{m.Sieve.Filter, m.look, m.mouse, true})
		return tea.Quit
	case effect.Columns != nil:
		return m.changeColumn(*effect.Columns)
	case effect.Export != nil:
		m.message = "writing …"
		return export(&m.Context, *effect.Export, m.changes.Marked(), m.textSearch(true, false).Has)
	case effect.Record != nil:
		m.record(*effect.Record)
	case effect.Jump != nil:
		return m.jumpTo(*effect.Jump)
	case effect.Goal != nil:
		return m.jumpToGoal(effect.Goal)
	case effect.Run != "":
		return m.do(effect.Run)
	}
	return m.askFacts()
}

// picker makes the window that asks what to stream, and has VTGate asked anew what it has.
func (m *Model) picker(first bool) *window.Picker {
	m.asking.catalog, m.asking.tables = false, map[string]bool{}
	if m.options.Inquirer != nil {
		m.Facts.Catalog.Known, m.Facts.Catalog.Err = false, ""
	}
	where := ""
	if m.Sieve.Filter != nil {
		where = m.Sieve.Filter.String()
	}
	return picker(m.options.Picks, first, where, m.Shown.Len())
}

// paste takes text that was pasted into what is typed in.
func (m *Model) paste(text string) {
	if n := len(m.windows); n > 0 {
		if w, is := m.windows[n-1].(window.Paster); is {
			w.Paste(&m.Context, text)
		}
		return
	}
	m.prompt.Paste(&m.Context, text)
	m.saying()
	m.narrowShards(&prompt.Effect{})
}

// unanswered reports whether the stream waits for the user to say what it is.
func (m *Model) unanswered() bool {
	w := upperPicker(m.windows)
	return m.asksBefore() || w != nil && w.First
}

// leaveWindow ends the program, as a window wants it. Where the copy that it asks about was
// chosen on the screen, something else can be.
func (m *Model) leaveWindow(w window.Window) tea.Cmd {
	if _, is := w.(*window.Question); !is || !m.options.Kept.known || m.options.Picks == nil {
		return tea.Quit
	}
	m.windows = []window.Window{m.picker(true)}
	m.Unasked = true
	return m.askFacts()
}

// copy sends a clipping to the clipboard, or to a file.
func (m *Model) copy(clipping *pane.Clipping, file bool) tea.Cmd {
	text, err := clipping.Text()
	if err != nil {
		m.message = "not copied: " + draw.Safe([]byte(err.Error()))
		return nil
	}
	if file {
		return toFile(text, clipping, m.Now)
	}
	cmd, message := toClipboard(text, clipping.Name, m.environment)
	m.message = message
	return cmd
}

// record begins a recording, or asks what is to become of the file that is there.
func (m *Model) record(request window.RecordRequest) {
	switch err := m.options.Recorder.Start(request.Path, request.Buffer, request.Replace); {
	case errors.Is(err, ErrExists):
		m.windows = append(m.windows, &window.Replace{RecordRequest: request})
	case err != nil:
		m.message = "not recorded: " + draw.Safe([]byte(request.Path+": "+err.Error()))
	default:
		m.message = "recording into " + draw.Safe([]byte(request.Path)) + "; " + m.Keys.Key(actRecord) + " stops"
	}
	seeRecording(&m.Context, m.options.Recorder)
}

// hideColumn hides the column on the line of the details that is chosen, in every table
// that has it, or shows it again.
func (m *Model) hideColumn() tea.Cmd {
	if m.focus != paneDetails {
		if m.chooseValue(); m.focus != paneDetails {
			m.message = "there is no row whose columns could be hidden"
			return nil
		}
		m.message = "choose a column with " + m.Keys.Key(pane.ActDown) + " " + m.Keys.Key(pane.ActUp) + ", then " + m.Keys.Key(pane.ActHide)
		return nil
	}
	name := m.details.Column()
	if name == "" {
		m.message = "this line is no column"
		return nil
	}
	change := draw.ColumnChange{Name: name, Everywhere: true, To: m.Columns.Everywhere[name]}
	change.To.Hidden = !change.To.Hidden
	if m.message = draw.Safe([]byte(name)) + " is shown in the log again"; change.To.Hidden {
		m.message = draw.Safe([]byte(name)) + " is hidden in the log, in every table; " + m.Keys.Key(actColumns) + " lists the columns"
	}
	return m.changeColumn(change)
}

// changeColumn shows a column otherwise, and remembers it.
func (m *Model) changeColumn(change draw.ColumnChange) tea.Cmd {
	m.Columns.Apply(change)
	m.changes.Refit()
	return tea.Batch(m.columns.save(change), m.tallyAnew())
}

// tallyAnew counts what is searched for in other columns.
func (m *Model) tallyAnew() tea.Cmd {
	if m.stopTally(); m.Search.Text == "" {
		return nil
	}
	m.Search.Tally = rows.NewTally(m.Sieve.Matches, m.textSearch(true, false).Has)
	return m.tally()
}

// takeColumns takes over what was remembered.
func (m *Model) takeColumns(message columnsMsg) {
	if message.columns != nil {
		m.Columns = message.columns
		m.changes.Refit()
		m.stopTally()
	}
	if message.err != nil {
		m.message = "columns are not remembered: " + draw.Safe([]byte(message.err.Error()))
	}
}

// exported takes over what has come of an export.
func (m *Model) exported(message exportedMsg) {
	m.message = message.text
	if message.again != nil {
		m.windows = append(m.windows, message.again) // with the name that was typed
	}
	if message.exists != nil {
		m.windows = append(m.windows, &window.Overwrite{ExportRequest: *message.exists})
	}
}
