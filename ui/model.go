package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
)

// pane is a part of the screen that keys can go to.
type pane int

const (
	paneLog pane = iota
	paneShards
	paneDetails
)

// A Model is the whole screen: what it shows of the store, and how. Everything
// in it belongs to Bubble Tea's event loop; the stream reaches it only as
// frames (frames.go).
type Model struct {
	options Options
	theme   *theme
	title   string // of the terminal's window
	now     time.Time

	width, height int
	layout        layout

	latest  *stream.Snapshot // what the store holds
	shown   *stream.Snapshot // what the log shows: latest, or what it was at the pause
	shards  []stream.ShardState
	spare   []stream.ShardState // the one before, to be written over
	summary stream.Summary

	paused  bool
	log     logView
	details detailsView
	panel   shardPanel
	help    helpView
	focus   pane
	zoomed  bool
	message string

	facts facts

	content     string // the screen as drawn last
	dirty       bool   // content is older than what it shows
	frameAt     time.Time
	interrupted bool
	scratch     []byte
	values      []stream.Value
	before      []stream.Value
}

// newModel makes a model of an empty screen.
func newModel(o Options) *Model {
	m := &Model{options: o, theme: monoTheme(), dirty: true}
	if o.Colour {
		m.theme = colourTheme()
	}
	m.title = "vtscope " + safe([]byte(o.Target))
	m.now = o.Now()
	m.latest = o.Store.Snapshot()
	m.shown = m.latest
	m.log = newLogView()
	m.facts = newFacts()
	return m
}

// Init starts the frames and asks for VTGate's version.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.nextFrame(), m.askVersion(), tick())
}

// Update dispatches; what a message does stands with what it is about.
func (m *Model) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch message := message.(type) {
	case tea.WindowSizeMsg:
		m.resize(message.Width, message.Height)
	case tea.KeyPressMsg:
		return m, m.press(message)
	case frameMsg:
		return m, m.frame(message)
	case tickMsg:
		return m, m.tick(time.Time(message))
	case versionMsg:
		m.setVersion(message)
	case estimatesMsg:
		return m, m.setEstimates(message)
	}
	return m, nil
}

// View draws the screen where something visible has changed since it was drawn.
func (m *Model) View() tea.View {
	if m.dirty {
		m.content = m.draw()
		m.dirty = false
	}
	view := tea.NewView(m.content)
	view.AltScreen = true
	view.WindowTitle = m.title
	return view
}

func (m *Model) resize(width, height int) {
	m.width, m.height = width, height
	m.dirty = true
	m.log.columns = rowColumns{}
	m.arrange()
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
	m := newModel(o)
	_, err := tea.NewProgram(m, append(programOptions(ctx, o), more...)...).Run()
	if m.interrupted {
		return ErrInterrupted
	}
	return err
}
