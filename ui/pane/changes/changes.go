package changes

import (
	"math"

	"vtscope/filter"
	"vtscope/stream"
	"vtscope/ui/draw"
	"vtscope/ui/pane"
	"vtscope/ui/rows"
)

// Pane is the log of changes, with a title and the columns' names above it.
type Pane struct {
	Log

	room    pane.Room
	page    int // rows that there is room for
	offset  int // columns that the change column is scrolled
	columns rowColumns
	rows    []uint64 // those on screen, as drawn last
	times   timeColumn
	first   int64 // when the first row of the run arrived, 0 before
	marks   []uint64
	marking []markedRow // the same, in the order in which they were marked

	marksTaken int           // of the run's
	waiting    []stream.Mark // whose rows have not come yet

	held   *subject // the row that was asked for last
	spread bool     // details show the columns that an update left alone
	say    string
}

// titleLines are those above the rows.
const titleLines = 2

// A drawing is the pane with what it is drawn from.
type drawing struct {
	*pane.Context
	*Pane
	shown rowColumns // the columns as they are drawn
	above int64      // when the row above the one that is drawn arrived
}

// Arrange takes all of the room, and finds the rows that are on screen.
func (p *Pane) Arrange(c *pane.Context, room pane.Room) int {
	p.room, p.page = room, max(room.Height-titleLines, 0)
	p.settle(c.Sieve.Matches, p.page)
	p.noteFirst(c.Shown)
	p.dropMarks(c)
	if !room.Detailed {
		p.held = nil
	}
	return room.Height
}

// Draw draws the title, the columns' names and the rows.
func (p *Pane) Draw(c *pane.Context) []string {
	d := &drawing{Context: c, Pane: p}
	d.findRows()
	d.fitColumns()
	d.shown = d.shownColumns()
	return append([]string{d.logTitle(), d.logColumns()}, d.drawRows(p.page)...)
}

// Say tells, once, what has happened to the row that the details show.
func (p *Pane) Say() (text string) {
	text, p.say = p.say, ""
	return text
}

// Refit forgets how wide the columns have become.
func (p *Pane) Refit() { p.columns = rowColumns{} }

// Rows is how many rows there is room for.
func (p *Pane) Rows() int { return p.page }

// Wanted is the row that the reader is at: scans begin there.
func (p *Pane) Wanted(c *pane.Context) uint64 {
	if p.Follow {
		return c.Shown.End()
	}
	return p.Anchor
}

// Jump puts the cursor on a row, which stays on its line where it is on screen.
func (p *Pane) Jump(c *pane.Context, row uint64) {
	m := c.Sieve.Matches
	line, at, top := p.page/2, m.Index(row), m.Index(p.Top)
	if at >= top && at < top+p.page {
		line = at - top
	}
	p.put(m, at, line, p.page)
}

// Press moves the cursor, or changes what the log shows.
func (p *Pane) Press(c *pane.Context, act pane.Action) pane.Effect {
	m := c.Sieve.Matches
	switch act {
	case pane.ActFollow:
		p.newest(m, p.page)
		return pane.Effect{Resume: true}
	case pane.ActUp:
		p.move(m, -1, p.page)
	case pane.ActDown:
		p.move(m, 1, p.page)
	case pane.ActWheelUp:
		p.turn(m, -pane.WheelLines, p.page)
	case pane.ActWheelDown:
		if !p.Follow {
			p.turn(m, pane.WheelLines, p.page)
		}
	case pane.ActHalfUp:
		p.turn(m, -max(p.page/2, 1), p.page)
	case pane.ActHalfDown:
		p.turn(m, max(p.page/2, 1), p.page)
	case pane.ActPageUp:
		p.turn(m, -max(p.page-1, 1), p.page)
	case pane.ActPageDown:
		p.turn(m, max(p.page-1, 1), p.page)
	case pane.ActTop:
		p.oldest(m, p.page)
	case pane.ActLeft:
		p.scroll(-1)
	case pane.ActRight:
		p.scroll(1)
	case pane.ActFarLeft:
		p.scroll(-10)
	case pane.ActFarRight:
		p.scroll(10)
	case actTimes:
		p.times = (p.times + 1) % timeColumns
		p.columns.time = 0
		return pane.Effect{Say: p.times.words(len(p.marks) > 0)}
	case actMark:
		return p.mark(c)
	case actNextMark, actPreviousMark:
		return p.toMark(c, act == actNextMark)
	case actTransaction:
		return p.transaction(c)
	case pane.ActEnter:
		return p.enter(m)
	}
	return pane.Effect{}
}

// Click puts the cursor on a row; the log no longer follows.
func (p *Pane) Click(c *pane.Context, _, y int) (hit, again bool) {
	line := y - titleLines
	if line < 0 || line >= len(p.rows) {
		return false, false
	}
	again = p.rows[line] == p.Cursor && !p.Follow
	p.put(c.Sieve.Matches, c.Sieve.Matches.Index(p.rows[line]), line, p.page)
	return true, again
}

// enter shows the row under the cursor in full. It stays: the log no longer follows.
func (p *Pane) enter(m *rows.Matches) pane.Effect {
	if m.Len() == 0 {
		return pane.Effect{}
	}
	p.Follow = false
	return pane.Effect{Details: true}
}

// actTimes shows the next of the times.
const actTimes pane.Action = "times"

// actTransaction shows the rows of a row's transaction alone, or all again.
const actTransaction pane.Action = "transaction"

// transaction looks at the transaction of the row under the cursor, or back.
func (p *Pane) transaction(c *pane.Context) pane.Effect {
	var r stream.Record
	switch {
	case c.Sieve.IsAside():
		return pane.Effect{Return: true}
	case c.Sieve.Matches.Len() == 0 || !c.Shown.At(p.Cursor, &r):
		return pane.Effect{}
	}
	term, known := filter.MetaTerm("_gtid", &r)
	if !known {
		return pane.Effect{Say: "this row is of no transaction that VTGate has named"}
	}
	return pane.Effect{Aside: term, Hold: true}
}

// View is the log among the views.
var View = pane.View{
	Open: pane.Binding{Keys: []string{"1"}, Action: "changes", Show: "1", Help: "the change log", Group: pane.GroupPanes},
	Keys: []pane.Binding{
		{Keys: []string{"T"}, Action: actTransaction, Show: "T", Help: "only the transaction of the row, whole; and back", Group: pane.GroupLog},
		{Keys: []string{"m"}, Action: actMark, Show: "m", Help: "mark the row, or take its mark", Group: pane.GroupLog},
		{Keys: []string{"u"}, Action: actNextMark, Show: "u", Help: "the next mark, downwards", Group: pane.GroupLog},
		{Keys: []string{"U"}, Action: actPreviousMark, Show: "U", Help: "the next mark, upwards", Group: pane.GroupLog},
		{Keys: []string{"t"}, Action: actTimes, Show: "t", Help: "times: commit, arrival, since the first row or a mark, delta", Group: pane.GroupLog},
	},
	Uses: []pane.Use{
		{Action: pane.ActPause, Short: "pause"}, {Action: pane.ActFilter, Short: "filter"}, {Action: pane.ActSearch, Short: "search"},
		{Action: pane.ActEnter, Short: "details", Help: "the row in full: its columns, before and after"},
		{Action: pane.ActCopy, Short: "copy"}, {Action: "tables", Short: "tables"},
		{Action: pane.ActFollow}, {Action: pane.ActToggle}, {Action: pane.ActNext}, {Action: pane.ActPrevious},
		{Action: pane.ActTrouble}, {Action: pane.ActEarlier}, {Action: actTransaction}, {Action: actTimes}, {Action: pane.ActExport},
		{Action: "columns"}, {Action: actMark}, {Action: actNextMark}, {Action: actPreviousMark},
	},
	New: func() pane.Pane { return &Pane{Log: Log{Follow: true}} },
}

// Unscroll shows the change column from its beginning.
func (p *Pane) Unscroll() { p.offset = 0 }

// scroll moves the change column sideways.
func (p *Pane) scroll(n int) { p.offset = max(p.offset+n, 0) }

// Reveal scrolls the change column to what is searched for, where that is out of sight.
func (p *Pane) Reveal(c *pane.Context, row uint64) {
	var r stream.Record
	if len(c.Search.Needle) == 0 || !c.Shown.At(row, &r) {
		return
	}
	m := &drawing{Context: c, Pane: p}
	l := &draw.Line{Limit: math.MaxInt, Plain: true}
	if r.Kind.IsRow() && r.Table != nil {
		m.Change(l, &r)
	} else {
		l.Put("", m.Statement(&r))
	}
	from, to, found := draw.HitColumn(string(l.Buf), c.Search.Needle)
	width := max(p.room.Width-m.changeColumn()-1, 8)
	if found && (from < p.offset || to > p.offset+width) {
		p.offset = max(from-width/3, 0)
	}
	if found && to <= width {
		p.offset = 0
	}
}

// findRows notes which rows are on screen.
func (m *drawing) findRows() {
	m.rows = m.rows[:0]
	if m.Sieve.Matches.Len() > 0 {
		m.rows = m.Sieve.Matches.Rows(m.rows, m.Sieve.Matches.Index(m.Top), m.page)
	}
}

// drawRows draws the rows on screen.
func (m *drawing) drawRows(rows int) []string {
	lines := make([]string, 0, rows)
	if len(m.rows) == 0 {
		lines = append(lines, m.emptyLog(rows)...)
	}
	var record stream.Record
	brackets := m.brackets()
	m.above = 0
	if len(m.rows) > 0 && m.times == deltaTime {
		m.above = m.arrivedAbove(m.rows[0])
	}
	for i, seq := range m.rows {
		if m.Shown.At(seq, &record) {
			lines = append(lines, m.row(&record, brackets[i], seq == m.Cursor))
			m.above = record.Arrived
		}
	}
	for len(lines) < rows {
		lines = append(lines, "")
	}
	return lines
}
