package ui

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"vtscope/stream"
	"vtscope/ui/rows"
)

// The least time between two frames. What runs by faster than it can be read is
// drawn less often, a page at a time: it would only take from the stream, and
// from the line to the terminal.
const (
	frameInterval   = time.Second / framesPerSecond
	pausedInterval  = time.Second // also where counts are shown, which change by the second
	slowestInterval = 5 * time.Second / 2
	linesPerSecond  = 12
)

// frames are when the stream was looked at, and when it will be.
type frames struct {
	at       time.Time
	interval time.Duration // between that frame and the next, at least
	spare    spare
}

// spare are the states of the frame before, to be written over.
type spare struct {
	shards []stream.ShardState
	tables []stream.TableState
}

// frameMsg is what the store and the shards were at one moment.
type frameMsg struct {
	at       time.Time
	snapshot *stream.Snapshot
	shards   []stream.ShardState
	tables   []stream.TableState
	ddls     []stream.DDLEvent
	ddlsCut  uint64
	summary  stream.Summary
	looked   *rows.Looked // what of its new rows the filter shows, nil where nobody looked
}

// nextFrame waits until the store changes, but not shorter than the interval,
// and takes what is there then. At most one is in flight: the message that it
// becomes starts the next. It never touches the model.
func (m *Model) nextFrame() tea.Cmd {
	store, progress, now := m.options.Store, m.options.Progress, m.options.Now
	done := m.done
	due, spare, ahead := m.frames.at.Add(m.frames.interval), m.frames.spare, m.Sieve.Ahead(m.Paused)
	return func() tea.Msg {
		select {
		case <-store.Changed():
		case <-done: // nobody looks any more, and the store's memory is wanted
			return nil
		}
		if wait := due.Sub(now()); wait > 0 {
			time.Sleep(wait)
		}
		return makeFrame(now(), store, progress, spare, ahead)
	}
}

// makeFrame takes a frame, and looks at its new rows where somebody wants to know
// which of them match.
func makeFrame(now time.Time, store *stream.Store, progress *stream.Progress, spare spare, ahead *rows.Scan) frameMsg {
	f := frameMsg{
		at: now, snapshot: store.Snapshot(), summary: progress.Summary(),
		shards: progress.Shards(spare.shards), tables: progress.Tables(spare.tables),
	}
	f.ddls, f.ddlsCut = progress.DDLs()
	if ahead != nil {
		looked := ahead.Of(f.snapshot).Run()
		f.looked = &looked
	}
	return f
}

// frame takes a frame over: two fields swapped, unless the log is paused.
func (m *Model) frame(f *frameMsg) tea.Cmd {
	if f.snapshot.End() < m.Latest.End() { // the screen has caught up meanwhile
		return m.nextFrame()
	}
	end, held := m.Shown.End(), m.heldTime(f)
	m.Now, m.frames.at = m.clock(), f.at
	seeRecording(&m.Context, m.options.Recorder)
	m.frames.spare = spare{m.Shards, m.ByTable}
	m.Latest, m.Shards, m.ByTable, m.Summary = f.snapshot, f.shards, f.tables, f.summary
	m.DDLs, m.DDLsCut = f.ddls, f.ddlsCut
	m.see(f.snapshot)
	m.takeLists()
	if !m.Paused {
		m.show(f.snapshot)
		if f.looked != nil {
			m.Sieve.Take(f.looked)
		}
	}
	m.frames.interval = max(min(m.readingTime(m.Sieve.Matches.Since(end)), held), frameInterval)
	if !m.Paused {
		m.drawn.old = true // else only counts have changed, which the next second draws
	}
	return tea.Batch(m.nextFrame(), m.askFacts(), m.arrived())
}

// takeLists takes the transactions and the incidents where they are on screen; in a pause,
// the transactions are frozen as the log is.
func (m *Model) takeLists() {
	m.changes.TakeMarks(m.Latest, m.options.Progress.Marks(m.changes.MarksTaken()))
	if views[m.view].Transactions && (!m.Paused || m.Txns.Total == 0) {
		m.options.Progress.Transactions(&m.Txns)
	}
	if views[m.view].Report && m.options.Report != nil { // so do counts
		m.Report = m.options.Report()
		m.Report.About.Vitess = cmp.Or(m.Report.About.Vitess, m.Facts.Version)
	}
	if views[m.view].Incidents { // what is wrong now is wrong in a pause, too
		m.options.Store.Incidents(&m.Incidents)
	}
}

// takeAllLists takes both, before a pause and after it.
func (m *Model) takeAllLists() {
	m.options.Progress.Transactions(&m.Txns)
	m.options.Store.Incidents(&m.Incidents)
}

// catchUp shows what has come by now, where the next frame is not to be waited for: at the
// end of the stream, and where a replay was to go.
func (m *Model) catchUp() {
	s := m.options.Store.Snapshot()
	if s.End() == m.Latest.End() {
		return
	}
	m.Latest = s
	m.see(s)
	if !m.Paused {
		m.show(s)
	}
	m.refresh()
	m.drawn.old = true
}

// readingTime is how long a frame stays that has brought so many rows: by the
// lines that it has changed.
func (m *Model) readingTime(rows int) time.Duration {
	if m.Paused || m.view != viewLog {
		return pausedInterval
	}
	lines := 1 // the title and the counts
	if m.changes.Follow && rows > 0 {
		lines += min(rows, m.changes.Rows()) + m.layout.details
	}
	return min(time.Duration(lines)*time.Second/linesPerSecond, slowestInterval)
}

// heldTime is how long a snapshot may be held in a flood, by how fast rows have
// come since the last: what the store drops meanwhile stays in memory, and is to
// be no more than an eighth of what it keeps.
func (m *Model) heldTime(f *frameMsg) time.Duration {
	s := f.snapshot
	news, rowSize := s.End()-m.Latest.End(), float64(s.Bytes())/float64(max(s.Len(), 1))
	if news == 0 || s.Limit() == 0 {
		return slowestInterval
	}
	turns := float64(news) * rowSize / float64(s.Limit())
	return time.Duration(min(float64(f.at.Sub(m.frames.at))/(8*turns), float64(slowestInterval)))
}

// show makes the log show a snapshot.
func (m *Model) show(s *stream.Snapshot) {
	m.Shown = s
	m.Sieve.Show(s)
}

// tickMsg comes once a second, for ages and rates that change by themselves.
type tickMsg time.Time

func tick() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return tickMsg(t) })
}

func (m *Model) tick(time.Time) tea.Cmd {
	m.Now = m.clock()
	seeRecording(&m.Context, m.options.Recorder)
	m.usage.look(&m.Context, m.options.Usage)
	if m.options.Now().Sub(m.frames.at) >= time.Second {
		m.refresh()
	}
	if r := m.options.Replay; m.Summary.State == stream.Ended || r != nil && r.arrives() {
		m.catchUp()
	}
	return tea.Batch(tick(), m.askTablets(), m.askFacts(), m.arrived())
}

// clock is the time that the screen shows: in a replay, that of the recording.
func (m *Model) clock() time.Time {
	if m.options.Replay == nil {
		return m.options.Now()
	}
	now := m.options.Replay.now()
	m.Replay = m.options.Replay.see(now)
	return now
}

// refresh takes the shards' states while no frame comes: what they have executed
// is asked beside the stream. The slice that a frame may be writing stays its own.
func (m *Model) refresh() {
	m.Shards, m.Summary = m.options.Progress.Shards(nil), m.options.Progress.Summary()
}
