package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/pane/changes"
	"vtscope/ui/prompt"
	"vtscope/ui/rows"
	"vtscope/ui/window"
)

// A Model is the whole screen: what it shows of the store, and how. Everything
// in it belongs to Bubble Tea's event loop; the stream reaches it only as
// frames (frames.go).
type Model struct {
	pane.Context
	options       Options
	width, height int
	layout        layout
	frames        frames
	hunt          *rows.Search // the search under way, nil where none is

	panes
	changes *changes.Pane   // the log among the views
	windows []window.Window // the uppermost last
	message string
	prompt  *prompt.Prompt

	look    look
	mouse   bool // it is the program's; else the terminal's, which selects text
	columns columnsFile
	asking  questions
	usage   usageSeen

	drawn       lastDrawn
	interrupted bool
	done        <-chan struct{} // closed once the screen has ended
}

// lastDrawn is the screen as it was drawn last.
type lastDrawn struct {
	title   string // of the terminal's window
	content string
	old     bool // content is older than what it shows
	header  headerCut
}

// newModel makes a model of an empty screen.
func newModel(o Options) *Model {
	m := &Model{options: o, panes: newPanes()}
	m.changes = m.views[viewLog].(*changes.Pane)
	m.drawn = lastDrawn{title: "vtscope " + draw.Safe([]byte(o.Target)), old: true}
	if m.look, m.mouse = newLook(&o), !o.NoMouse; o.Kept.known {
		m.look, m.mouse = o.Kept.look, o.Kept.mouse
	}
	m.Theme = m.look.theme()
	m.Columns, m.columns.path = &draw.Columns{}, o.Columns
	m.changes.ShowTimes(o.Times)
	m.About = pane.About{Target: o.Target, Address: o.Address, Table: o.Table, Copied: o.Tables}
	m.message = draw.Safe([]byte(o.Message))
	m.Unasked = o.Picks != nil && o.Picks.First || o.Copy != nil
	m.Facts = pane.NewFacts()
	if m.Facts.Asked = o.Inquirer != nil; !m.Facts.Asked {
		m.Facts.Catalog = pane.Catalog{Known: true, Err: "it is not asked"}
	}
	m.asking = questions{sizes: map[string]bool{}, ranges: map[pane.CopyName]bool{}, tables: map[string]bool{}}
	m.Now = m.clock()
	m.Latest = o.Store.Snapshot()
	m.Shown = m.Latest
	m.Sieve = rows.NewSieve(m.Shown, func() time.Time { return m.options.Now() })
	m.Keys = pane.NewKeys(bindings, o.Keys)
	m.prompt = prompt.New(o.History, pane.NewKeys(prompt.Bindings, o.Typing))
	if o.Filter != nil {
		m.prompt.Add(o.Filter)
		m.refilter(func() { m.Sieve.Set(o.Filter) })
	}
	if o.Copy != nil {
		m.windows = append(m.windows, &window.Question{Copy: o.Copy})
	}
	if o.Picks != nil && o.Picks.First {
		m.windows = append(m.windows, m.picker(true))
	}
	return m
}

// Init starts the frames and asks for VTGate's version, and the terminal for what it can.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.nextFrame(), m.askVersion(), m.prompt.Load(), tick(), m.scan(), m.askForQuestion(), m.askFirst(), m.look.ask(), m.columns.load(m.options.Hidden), askSynchronised(m.environment))
}

// Update dispatches; what a message does stands with what it is about. Whatever
// it was, there may be rows to look at after it.
func (m *Model) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.take(message)
	return m, tea.Batch(cmd, m.scan())
}

// take takes a message, after which the parts of the screen are fitted in anew. The
// screen is drawn again. Keys, frames and rows that were looked at say themselves
// whether there is anything new to be seen.
func (m *Model) take(message tea.Msg) tea.Cmd {
	cmd := m.handle(message)
	switch message.(type) {
	case tea.KeyPressMsg, frameMsg, rows.Looked:
	default:
		m.drawn.old = true
	}
	m.arrange()
	return cmd
}

func (m *Model) handle(message tea.Msg) tea.Cmd {
	switch message := message.(type) {
	case tea.WindowSizeMsg:
		m.resize(message.Width, message.Height)
	case tea.KeyPressMsg:
		return m.keys(message)
	case tea.PasteMsg:
		m.message = ""
		m.paste(message.Content)
	case tea.MouseClickMsg:
		return m.click(message.Mouse())
	case tea.MouseWheelMsg:
		return m.wheel(message.Mouse())
	case tea.MouseMotionMsg:
		m.drag()
	case tea.BackgroundColorMsg:
		m.look.tell(message)
		m.Theme = m.look.theme()
	case backgroundDueMsg:
		if m.message == "" {
			m.message = m.look.untold(m.Keys.Key(actTheme))
		}
	case frameMsg:
		return m.frame(&message)
	case tickMsg:
		return m.tick(time.Time(message))
	case rows.Looked:
		m.looked(&message)
	case rows.Found:
		return m.searched(message)
	case rows.Tallied:
		message.Tally.Take(message)
		return m.tally()
	case versionMsg:
		m.setVersion(message)
	case sizesMsg:
		return m.setSizes(message)
	case catalogMsg:
		return m.setCatalog(message)
	case tablesMsg:
		return m.setTables(message)
	case keyRangeMsg:
		return m.setKeyRange(message)
	case tabletsMsg:
		return m.setTablets(message)
	case exportedMsg:
		m.exported(message)
	case columnsMsg:
		m.takeColumns(message)
	case doneMsg:
		m.message = string(message)
		seeRecording(&m.Context, m.options.Recorder)
	case prompt.HistoryRead:
		if m.prompt.Read(message) {
			m.saying()
		}
	}
	return nil
}

// View draws the screen where something visible has changed since it was drawn.
func (m *Model) View() tea.View {
	if m.drawn.old {
		m.drawn.content = m.draw()
		m.drawn.old = false
	}
	view := tea.NewView(m.drawn.content)
	view.AltScreen = true
	if m.mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	view.WindowTitle = m.drawn.title
	if m.prompt.IsOpen() && m.layout.view > 0 {
		view.Cursor = tea.NewCursor(m.prompt.Caret(), 1+m.layout.shards+m.layout.notice)
	}
	return view
}

func (m *Model) resize(width, height int) {
	m.width, m.height = width, height
	m.changes.Refit()
}

// Run shows the screen until the user leaves or the context ends. It returns
// ErrInterrupted where the user pressed ctrl-c.
func Run(ctx context.Context, o Options) error { return run(ctx, o) }

// run is Run with more options for Bubble Tea: an emulated terminal has to be
// told its size and colours.
func run(ctx context.Context, o Options, more ...tea.ProgramOption) error {
	if o.Now == nil {
		o.Now = time.Now
	}
	m, done := newModel(o), make(chan struct{})
	defer close(done)
	m.done = done
	_, err := tea.NewProgram(m, append(programOptions(ctx, o), more...)...).Run()
	switch {
	case m.interrupted:
		return ErrInterrupted
	case errors.Is(err, tea.ErrProgramPanic):
		return errDefect
	}
	return err
}
